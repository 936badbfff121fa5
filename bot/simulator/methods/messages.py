"""Methods that send, change and delete messages, and answer pressed buttons."""

from bot.simulator.entities import Formatted
from bot.simulator.errors import BadRequest
from bot.simulator.fields import (
    JsonObject,
    as_object,
    leading_integer,
    optional_flag,
    optional_text,
    required_integer,
)
from bot.simulator.markup import Markup, only_inline, read_markup
from bot.simulator.methods.query import (
    Query,
    chat_of,
    find_chat,
    find_message,
    is_own,
    message_number,
    writable_chat,
)
from bot.simulator.methods.texts import accepted, read_preview, read_quote, read_text
from bot.simulator.shapes import message_json
from bot.simulator.state import Chat, ChatType, Message

DELETABLE_FOR = 48 * 60 * 60
"""Seconds for which a bot may delete a message of a private chat."""

CALLBACK_LIFETIME = 60
"""Seconds in which a pressed button may be answered. Telegram publishes no number."""

MAX_CALLBACK_ANSWER = 200
"""Characters of the answer to a pressed button."""

MAX_DELETED = 100
"""Messages deleted in one call."""

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_ACTIONS = frozenset(
    {
        "cancel",
        "choose_sticker",
        "find_location",
        "pick_up_location",
        "record_audio",
        "record_video",
        "record_video_note",
        "record_voice",
        "typing",
        "upload_audio",
        "upload_document",
        "upload_photo",
        "upload_video",
        "upload_video_note",
        "upload_voice",
    }
)


def send_message(query: Query) -> object:
    """SendMessage: a text into a chat."""
    arguments = query.arguments
    preview = read_preview(arguments)
    text = read_text(arguments)
    reply = _read_reply(query)
    markup = read_markup(arguments)
    chat = writable_chat(query)
    replied, quote = _find_reply(query, chat, reply)
    accepted(text)
    if chat.type is ChatType.CHANNEL:
        only_inline(markup)
    message = Message(
        0,
        chat,
        query.simulator.now(),
        text.text,
        sender=None if chat.type is ChatType.CHANNEL else query.bot.user,
        entities=text.entities,
        markup=markup.inline,
        has_other_keyboard=markup.is_other,
        preview=preview,
        reply_to=replied,
        quote=quote,
        is_protected=arguments.boolean("protect_content"),
    )
    query.simulator.post(message)
    return _shown(query, message)


def _read_reply(query: Query) -> JsonObject | None:
    """The argument reply_parameters, or the older reply_to_message_id in the same form."""
    arguments = query.arguments
    if "reply_parameters" not in arguments.values:
        number = message_number(query, "reply_to_message_id")
        lenient = arguments.boolean("allow_sending_without_reply")
        return {"message_id": number, "allow_sending_without_reply": lenient} if number else None
    value = arguments.json("reply_parameters", "Can't parse reply parameters JSON object")
    if value is None:
        return None
    fields = as_object(value, "Object expected as reply parameters")
    if not fields:
        return None
    required_integer(fields, "message_id")
    return fields


def _find_reply(
    query: Query, chat: Chat, reply: JsonObject | None
) -> tuple[Message | None, JsonObject | None]:
    """The message replied to and the quote from it."""
    if reply is None:
        return None, None
    number = required_integer(reply, "message_id")
    lenient = optional_flag(reply, "allow_sending_without_reply")
    other = optional_text(reply, "chat_id")
    if number <= 0:
        return None, None
    where = find_chat(query, other) if other else chat
    message = where.messages.get(number)
    if message is None:
        if lenient:
            return None, None
        raise BadRequest("message to be replied not found")
    return message, read_quote(reply, message.text)


def edit_message_text(query: Query) -> object:
    """EditMessageText: another text, link preview and keyboard for a message of the bot."""
    preview = read_preview(query.arguments)
    text = read_text(query.arguments)
    message, markup = _editable(query)
    accepted(text)
    old = Formatted(message.text, message.entities)
    if (text, markup.inline, preview) == (old, message.markup, message.preview):
        raise BadRequest(_NOT_MODIFIED)
    message.text, message.entities = text.text, text.entities
    message.markup, message.preview = markup.inline, preview
    message.edit_date = query.simulator.now()
    query.simulator.edited(message)
    return _shown(query, message)


def edit_message_reply_markup(query: Query) -> object:
    """EditMessageReplyMarkup: another keyboard, or none, under a message of the bot."""
    message, markup = _editable(query)
    if markup.inline == message.markup:
        raise BadRequest(_NOT_MODIFIED)
    message.markup = markup.inline
    query.simulator.edited(message)
    return _shown(query, message)


def _editable(query: Query) -> tuple[Message, Markup]:
    """The message that a call wants to change, and the call's new keyboard."""
    arguments = query.arguments
    number = message_number(query)
    markup = read_markup(arguments)
    if not arguments.text("chat_id") and not number:
        if not arguments.text("inline_message_id"):
            raise BadRequest("Message identifier is not specified")
        raise BadRequest("MESSAGE_ID_INVALID")  # No message here was sent in inline mode.
    message = find_message(writable_chat(query), number, "message to edit")
    if not is_own(query, message) or message.has_other_keyboard:
        raise BadRequest("Message can't be edited")
    return message, only_inline(markup)


def delete_message(query: Query) -> object:
    """DeleteMessage: one message out of a chat."""
    number = message_number(query)
    if not query.arguments.text("chat_id"):
        raise BadRequest("Chat identifier is not specified")
    if not number:
        raise BadRequest("Message identifier is not specified")
    message = find_message(chat_of(query), number, "message to delete")
    _check_deletable(query, message)
    query.simulator.delete(message)
    return True


def delete_messages(query: Query) -> object:
    """DeleteMessages: up to MAX_DELETED messages; those that are not there are passed over."""
    numbers = _message_numbers(query)
    chat = chat_of(query)
    messages = [message for number in numbers if (message := chat.messages.get(number))]
    for message in messages:
        _check_deletable(query, message)
    for message in messages:
        query.simulator.delete(message)
    return True


def _message_numbers(query: Query) -> list[int]:
    value = query.arguments.json("message_ids", "Can't parse message_ids JSON object")
    if value is None or value == []:
        raise BadRequest("Message identifiers are not specified")
    if not isinstance(value, list):
        raise BadRequest("Expected an Array of message identifiers")
    if len(value) > MAX_DELETED:
        raise BadRequest("Too many message identifiers specified")
    return [_message_number(number) for number in value]


def _message_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadRequest("Message identifier must be a Number")
    if isinstance(value, str) and str(leading_integer(value)) != value:
        raise BadRequest("Can't parse message identifier as Number")
    number = int(value)
    if number <= 0:
        raise BadRequest("Invalid message identifier specified")
    return number


def _check_deletable(query: Query, message: Message) -> None:
    kind = message.chat.type
    if kind is ChatType.PRIVATE and query.simulator.clock() - message.date > DELETABLE_FOR:
        raise BadRequest("Message can't be deleted for everyone")
    if kind in {ChatType.GROUP, ChatType.SUPERGROUP} and not is_own(query, message):
        raise BadRequest("Message can't be deleted")


def send_chat_action(query: Query) -> object:
    """SendChatAction: what the bot is doing; nothing of it stays."""
    if query.arguments.text("action").lower() not in _ACTIONS:
        raise BadRequest("Wrong parameter action in request")
    writable_chat(query)
    return True


def answer_callback_query(query: Query) -> object:
    """AnswerCallbackQuery: ends the waiting of a pressed button, once and in time."""
    arguments = query.arguments
    text = arguments.text("text")
    if len(text) > MAX_CALLBACK_ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    simulator = query.simulator
    queries = query.bot.callback_queries
    _forget_old(query)
    pressed = queries.pop(arguments.text("callback_query_id"), None)
    if pressed is None:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    simulator.events.publish(
        "callback_answer",
        lambda: {
            "chat_id": pressed.chat_id,
            "callback_query_id": pressed.id,
            "text": text,
            "show_alert": arguments.boolean("show_alert"),
            "url": arguments.text("url") or None,
        },
    )
    return True


def _forget_old(query: Query) -> None:
    queries = query.bot.callback_queries
    oldest = query.simulator.clock() - CALLBACK_LIFETIME
    for pressed in list(queries.values()):
        if pressed.at >= oldest:
            break  # They are kept in the order in which they were pressed.
        del queries[pressed.id]


def _shown(query: Query, message: Message) -> JsonObject:
    return message_json(message, query.simulator.user_of)
