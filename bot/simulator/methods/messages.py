"""Methods that send and delete messages, and answer pressed buttons."""

from bot.simulator.errors import BadRequest
from bot.simulator.methods.access import Access, bot_in, check_administers
from bot.simulator.methods.query import (
    Query,
    chat_of,
    find_message,
    is_own,
    message_number,
    message_numbers,
    writable_chat,
)
from bot.simulator.methods.sending import Content, find_place, post, shown
from bot.simulator.methods.texts import accepted, read_preview, read_text
from bot.simulator.state import ChatType, Message

DELETABLE_FOR = 48 * 60 * 60
"""Seconds for which a bot may delete a message; only in basic groups it may for ever."""

CALLBACK_LIFETIME = 60
"""Seconds in which a pressed button may be answered. Telegram publishes no number."""

MAX_CALLBACK_ANSWER = 200
"""Characters of the answer to a pressed button."""

_NOT_DELETABLE = "Message can't be deleted"

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
    preview = read_preview(query.arguments)
    text = read_text(query.arguments)
    place = find_place(query)
    return shown(query, post(query, place, Content(accepted(text), preview=preview)))


def delete_message(query: Query) -> object:
    """DeleteMessage: one message out of a chat."""
    number = message_number(query)
    if not query.arguments.text("chat_id"):
        raise BadRequest("Chat identifier is not specified")
    if not number:
        raise BadRequest("Message identifier is not specified")
    message = find_message(chat_of(query, Access.WRITE), number, "message to delete")
    _check_deletable(query, message)
    query.simulator.delete(message)
    return True


def delete_messages(query: Query) -> object:
    """DeleteMessages: up to MAX_NUMBERS messages; those that are not there are passed over."""
    numbers = message_numbers(query)
    chat = chat_of(query, Access.WRITE)
    messages = [message for number in numbers if (message := chat.messages.get(number))]
    for message in messages:
        _check_deletable(query, message)
    for message in messages:
        query.simulator.delete(message)
    return True


def _check_deletable(query: Query, message: Message) -> None:
    kind = message.chat.type
    is_old = query.simulator.clock() - message.date > DELETABLE_FOR
    if is_old and kind is ChatType.PRIVATE:
        raise BadRequest("Message can't be deleted for everyone")
    if is_old and kind is not ChatType.GROUP:
        raise BadRequest(_NOT_DELETABLE)
    if message.chat.community is None or _is_own_to_delete(query, message):
        return
    check_administers(query.simulator, query.bot, message.chat, "can_delete_messages", _NOT_DELETABLE)


def _is_own_to_delete(query: Query, message: Message) -> bool:
    """Whether the bot wrote the message, or may write in the channel whose post it is."""
    community = message.chat.community
    if community is None or message.chat.type is not ChatType.CHANNEL:
        return is_own(query, message)
    return bot_in(query.simulator, query.bot, community).may("can_post_messages")


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
