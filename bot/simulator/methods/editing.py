"""Methods that change a message: its text, caption, media or keyboard."""

from bot.simulator.entities import Formatted
from bot.simulator.errors import BadRequest
from bot.simulator.markup import Markup, only_inline, read_markup
from bot.simulator.media import Media, MediaKind
from bot.simulator.methods.access import Access
from bot.simulator.methods.media import read_input
from bot.simulator.methods.query import Query, find_message, is_own, message_number, writable_chat
from bot.simulator.methods.sending import shown
from bot.simulator.methods.texts import accepted, accepted_caption, read_caption, read_preview, read_text
from bot.simulator.state import Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
"""Why a change that changes nothing is refused."""

_PICTURES = frozenset({MediaKind.PHOTO, MediaKind.VIDEO})


def edit_message_text(query: Query) -> object:
    """EditMessageText: another text, link preview and keyboard for a message of the bot."""
    preview = read_preview(query.arguments)
    text = read_text(query.arguments)
    message, markup = _editable(query)
    if message.media is not None:
        raise BadRequest("There is no text in the message to edit")
    accepted(text, "MESSAGE_TOO_LONG")
    old = Formatted(message.text, message.entities)
    if (text, markup.inline, preview) == (old, message.markup, message.preview):
        raise BadRequest(NOT_MODIFIED)
    message.preview = preview
    return _changed(query, message, text, markup)


def edit_message_caption(query: Query) -> object:
    """EditMessageCaption: another caption, or none, and keyboard for a message with media."""
    caption = read_caption(query.arguments)
    message, markup = _editable(query)
    media = message.media
    if media is None:
        raise BadRequest("There is no caption in the message to edit")
    accepted_caption(caption, "MEDIA_CAPTION_TOO_LONG")
    is_above = query.arguments.boolean("show_caption_above_media") and media.kind in {
        *_PICTURES,
        MediaKind.ANIMATION,
    }
    old = Formatted(message.text, message.entities), message.markup, media.is_caption_above
    if (caption, markup.inline, is_above) == old:
        raise BadRequest(NOT_MODIFIED)
    message.media = Media(media.file, media.details, is_caption_above=is_above, has_spoiler=media.has_spoiler)
    return _changed(query, message, caption, markup)


def edit_message_media(query: Query) -> object:
    """EditMessageMedia: other media, caption and keyboard; a text becomes a message with media."""
    markup = read_markup(query.arguments)
    new = read_input(query)
    message, markup = _editable(query, markup)
    content = new.content(query)
    old = message.media
    if old is not None:
        _check_replaceable(message, old.kind, new.kind)
    before = old, Formatted(message.text, message.entities), message.markup
    if (content.media, content.text, markup.inline) == before:
        raise BadRequest(NOT_MODIFIED)
    message.media, message.preview = content.media, None
    return _changed(query, message, content.text, markup)


def edit_message_reply_markup(query: Query) -> object:
    """EditMessageReplyMarkup: another keyboard, or none, under a message of the bot."""
    message, markup = _editable(query)
    if markup.inline == message.markup:
        raise BadRequest(NOT_MODIFIED)
    message.markup = markup.inline
    query.simulator.edited(message)
    return _told(query, message)


def _check_replaceable(message: Message, old: MediaKind, new: MediaKind) -> None:
    if old is MediaKind.VOICE:
        raise BadRequest("Message media can't be edited")
    if message.album is not None and old is not new and not {old, new} <= _PICTURES:
        raise BadRequest("Can't change media type in the album")


def _changed(query: Query, message: Message, text: Formatted, markup: Markup) -> object:
    message.text, message.entities = text.text, text.entities
    message.markup = markup.inline
    message.edit_date = query.simulator.now()
    query.simulator.edited(message)
    return _told(query, message)


def _editable(query: Query, markup: Markup | None = None) -> tuple[Message, Markup]:
    """The message that a call wants to change, and the call's new keyboard."""
    arguments = query.arguments
    number = message_number(query)
    markup = markup or read_markup(arguments)
    if not arguments.text("chat_id") and not number:
        if not arguments.text("inline_message_id"):
            raise BadRequest("Message identifier is not specified")
        return _inline_message(query), only_inline(markup)
    message = find_message(writable_chat(query, Access.EDIT), number, "message to edit")
    if not is_own(query, message) or message.other_keyboard is not None or message.service is not None:
        raise BadRequest("Message can't be edited")
    return message, only_inline(markup)


def _inline_message(query: Query) -> Message:
    """The message that was sent through the bot, by the name that the bot knows it by."""
    message = query.simulator.inline.messages.get(query.arguments.text("inline_message_id"))
    if message is None or message.via_bot is not query.bot.user:
        raise BadRequest("MESSAGE_ID_INVALID")
    if message.chat.messages.get(message.message_id) is not message:
        raise BadRequest("MESSAGE_ID_INVALID")
    return message


def _told(query: Query, message: Message) -> object:
    """What an edit returns: the message, or only true for one that is named as sent through the bot."""
    return shown(query, message) if query.arguments.text("chat_id") else True
