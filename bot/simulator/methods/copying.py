"""Methods that send a message again: forwarded, with its origin, or copied, without it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from bot.simulator.entities import Formatted
from bot.simulator.errors import BadRequest
from bot.simulator.media import Media
from bot.simulator.methods.query import (
    Query,
    find_chat,
    find_message,
    message_number,
    message_numbers,
)
from bot.simulator.methods.sending import Content, Place, check_all, find_place, post, shown
from bot.simulator.methods.texts import accepted_caption, read_caption
from bot.simulator.shapes import origin_json
from bot.simulator.state import Chat, Message


def forward_message(query: Query) -> object:
    """ForwardMessage: a message into another chat, with where it comes from."""
    message = find_message(_from_chat(query), message_number(query), "message to forward")
    place = find_place(query, with_markup=False)
    if _is_closed(message):
        raise BadRequest("the message can't be forwarded")
    return shown(query, post(query, replace(place, replied=None, quote=None), _forwarded(message)))


def copy_message(query: Query) -> object:
    """CopyMessage: a message into another chat as the bot's own, its caption changed if the call has one."""
    arguments = query.arguments
    caption = read_caption(arguments) if "caption" in arguments.values else None
    message = find_message(_from_chat(query), message_number(query), "message to copy")
    place = find_place(query)
    if _is_closed(message):
        raise BadRequest("the message can't be copied")
    content = _copied(message)
    if caption is not None and content.media is not None:
        is_above = arguments.boolean("show_caption_above_media")
        media = _placed(content.media, is_caption_above=is_above)
        content = replace(content, text=accepted_caption(caption), media=media)
    return {"message_id": post(query, place, content).message_id}


def forward_messages(query: Query) -> object:
    """ForwardMessages: several messages at once; those that cannot be forwarded are passed over."""
    return _repeat(query, _forwarded)


def copy_messages(query: Query) -> object:
    """CopyMessages: several messages at once; those that cannot be copied are passed over."""
    if query.arguments.boolean("remove_caption"):
        return _repeat(query, _copied_bare)
    return _repeat(query, _copied)


def _repeat(query: Query, content_of: Callable[[Message], Content]) -> object:
    _required_from(query)
    numbers = message_numbers(query)
    place = find_place(query, with_markup=False)
    source = _from_chat(query)
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise BadRequest("Message identifiers must be in a strictly increasing order")
    found = [message for number in numbers if (message := source.messages.get(number))]
    if not found:
        raise BadRequest("There are no messages to forward")
    open_ones = [message for message in found if not _is_closed(message)]
    if not open_ones:
        raise BadRequest("Messages can't be forwarded")
    return _send_again(query, place, open_ones, content_of)


def _send_again(
    query: Query, place: Place, messages: list[Message], content_of: Callable[[Message], Content]
) -> list[dict[str, int]]:
    """Sends messages again; those of an album become an album again if more than one of it is there."""
    place = replace(place, replied=None, quote=None)
    albums = [message.album for message in messages]
    renamed = {
        album: query.simulator.next_album_id() for album in dict.fromkeys(albums) if albums.count(album) > 1
    }
    check_all(query, place, map(content_of, messages))
    sent = []
    for message in messages:
        album = renamed.get(message.album) if message.album else None
        sent.append(post(query, place, replace(content_of(message), album=album)))
    return [{"message_id": message.message_id} for message in sent]


def _required_from(query: Query) -> str:
    name = query.arguments.text("from_chat_id")
    if not name:
        raise BadRequest('Parameter "from_chat_id" is required')
    return name


def _from_chat(query: Query) -> Chat:
    return find_chat(query, _required_from(query))


def _is_closed(message: Message) -> bool:
    """Whether a message is protected, or one that only tells of something."""
    return message.is_protected or message.service is not None


def _forwarded(message: Message) -> Content:
    return replace(_copied(message), origin=origin_json(message))


def _copied(message: Message) -> Content:
    return Content(Formatted(message.text, message.entities), message.media, message.preview)


def _copied_bare(message: Message) -> Content:
    content = _copied(message)
    return replace(content, text=Formatted("")) if content.media is not None else content


def _placed(media: Media, *, is_caption_above: bool) -> Media:
    return replace(media, is_caption_above=is_caption_above)
