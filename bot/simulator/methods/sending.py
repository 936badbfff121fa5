"""What all methods that send have in common: where to, in reply to what, with which keyboard."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.simulator.entities import Formatted
from bot.simulator.errors import BadRequest
from bot.simulator.fields import (
    JsonObject,
    as_object,
    optional_flag,
    optional_text,
    required_integer,
)
from bot.simulator.markup import NO_MARKUP, Markup, only_inline, read_markup
from bot.simulator.media import Media
from bot.simulator.methods.access import check_may_post, check_may_send, thread_of
from bot.simulator.methods.query import Query, find_chat, message_number, writable_chat
from bot.simulator.methods.texts import read_quote
from bot.simulator.shapes import external_reply_json, message_json
from bot.simulator.state import Chat, ChatType, Message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes, and how: the chat and topic, what it replies to, its keyboard and options."""

    chat: Chat
    thread: int | None = None
    markup: Markup = NO_MARKUP
    replied: Message | None = None
    quote: JsonObject | None = None
    is_silent: bool = False
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: a text, or media with the text as its caption."""

    text: Formatted
    media: Media | None = None
    preview: JsonObject | None = None
    album: str | None = None
    origin: JsonObject | None = None


def find_place(query: Query, *, with_markup: bool = True) -> Place:
    """The place that a call names; refuses a reply, keyboard or chat that cannot be, in Telegram's order."""
    arguments = query.arguments
    reply = _read_reply(query)
    markup = read_markup(arguments) if with_markup else NO_MARKUP
    chat = writable_chat(query)
    thread = thread_of(query.simulator, query.bot, chat, arguments.integer("message_thread_id"))
    replied, quote = _find_reply(query, chat, reply)
    if chat.type is ChatType.CHANNEL:
        only_inline(markup)
    check_may_post(query.simulator, query.bot, chat)
    if thread is None and replied is not None and replied.chat is chat:
        thread = replied.thread
    return Place(
        chat,
        thread,
        markup,
        replied,
        quote,
        is_silent=arguments.boolean("disable_notification"),
        is_protected=arguments.boolean("protect_content"),
    )


def post(query: Query, place: Place, content: Content) -> Message:
    """Sends a message of the asking bot."""
    chat, replied = place.chat, place.replied
    check_may_send(query.simulator, query.bot, chat, content.media.kind if content.media else None)
    elsewhere = replied is not None and replied.chat is not chat
    message = Message(
        0,
        chat,
        query.simulator.now(),
        content.text.text,
        sender=None if chat.type is ChatType.CHANNEL else query.bot.user,
        entities=content.text.entities,
        markup=place.markup.inline,
        other_keyboard=place.markup.other,
        media=content.media,
        album=content.album,
        preview=content.preview,
        reply_to=None if elsewhere else replied,
        external_reply=external_reply_json(replied) if elsewhere and replied else None,
        quote=place.quote,
        is_protected=place.is_protected,
        is_silent=place.is_silent,
        origin=content.origin,
        thread=place.thread,
    )
    return query.simulator.post(message)


def check_all(query: Query, place: Place, contents: Iterable[Content]) -> None:
    """Refuses several messages before the first of them is sent, if the bot may not send one of them."""
    for content in contents:
        check_may_send(query.simulator, query.bot, place.chat, content.media.kind if content.media else None)


def shown(query: Query, message: Message) -> JsonObject:
    """The message as its sender gets it back."""
    return message_json(message, query.simulator.user_of)


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
