"""The text of a message as a call brings it: parse_mode or entities, limits, link preview."""

import re
from functools import lru_cache

from bot.simulator.entities import Entity, EntityType, Formatted, utf16_length
from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import (
    Arguments,
    JsonObject,
    as_object,
    optional_flag,
    optional_integer,
    optional_text,
    required_integer,
    required_long,
    required_object,
    required_text,
)
from bot.simulator.finding import find_entities
from bot.simulator.html import ParseError, parse_html
from bot.simulator.links import NotALink, checked_link
from bot.simulator.markdown import parse_markdown, parse_markdown_v2
from bot.simulator.settling import at_most, settle

MAX_TEXT = 4096
"""Characters of a message, counted after its entities are parsed."""

MAX_CAPTION = 1024
"""Characters of a caption, counted after its entities are parsed."""

MAX_ENTITIES = 100
"""Entities that a message keeps; those found in the text do not count."""

_MAX_BYTES = 2**15
_FOUND = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
# Other entities of a quote are left out.
_QUOTABLE = frozenset(
    {
        EntityType.BOLD,
        EntityType.ITALIC,
        EntityType.UNDERLINE,
        EntityType.STRIKETHROUGH,
        EntityType.SPOILER,
        EntityType.CUSTOM_EMOJI,
    }
)
_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def read_text(arguments: Arguments) -> Formatted:
    """The arguments text, parse_mode and entities, parsed but not yet checked for length."""
    text = arguments.text("text")
    if not text:
        raise BadRequest("Message text is empty")
    return formatted(text, arguments.text("parse_mode"), arguments.json_or_none("entities"))


def formatted(text: str, mode: str, entities: object) -> Formatted:
    """``text`` as Telegram would keep it, by its parse mode or else its entities (JSON)."""
    if len(text) > _MAX_BYTES // 4 and len(text.encode()) > _MAX_BYTES:
        raise BadRequest("Text is too long")
    mode = mode.lower()
    if mode and mode != "none":
        return _parsed(text, mode)
    if isinstance(entities, list) and entities:
        given = [entity for entity in map(_read_entity, entities) if entity is not None]
        return settle(text, at_most(MAX_ENTITIES, given), find_entities)
    return _plain(text)


def accepted(text: Formatted, too_long: str = "Message is too long") -> Formatted:
    """``text`` if a message may have it: not empty, not too long, which is refused as ``too_long``."""
    if not text.text:
        raise BadRequest("Text must be non-empty")
    if len(text.text) > MAX_TEXT:
        raise BadRequest(too_long)
    return text


def read_caption(arguments: Arguments) -> Formatted:
    """The arguments caption, parse_mode and caption_entities, parsed but not yet checked for length."""
    entities = arguments.json_or_none("caption_entities")
    return formatted(arguments.text("caption"), arguments.text("parse_mode"), entities)


def caption_of(fields: JsonObject) -> Formatted:
    """The caption of an InputMedia, parsed but not yet checked for length."""
    mode = optional_text(fields, "parse_mode")
    return formatted(optional_text(fields, "caption"), mode, fields.get("caption_entities"))


def accepted_caption(caption: Formatted, too_long: str = "Message caption is too long") -> Formatted:
    """``caption`` if media may have it: not too long, which is refused as ``too_long``."""
    if len(caption.text) > MAX_CAPTION:
        raise BadRequest(too_long)
    return caption


@lru_cache(maxsize=512)
def _plain(text: str) -> Formatted:
    return settle(text, (), find_entities)


@lru_cache(maxsize=512)
def _parsed(text: str, mode: str) -> Formatted:
    parse = _PARSERS.get(mode)
    if parse is None:
        raise BadRequest("Unsupported parse_mode")
    try:
        parsed = parse(text)
    except ParseError as error:
        raise BadRequest(f"Can't parse entities: {error}") from error
    return settle(parsed.text, at_most(MAX_ENTITIES, parsed.entities), find_entities)


def _read_entity(value: object) -> Entity | None:
    """An entity as a bot gives it; None for the kinds that Telegram finds by itself, and for broken links."""
    with within("Can't parse MessageEntity"):
        fields = as_object(value, "expected an Object")
        offset = required_integer(fields, "offset")
        length = required_integer(fields, "length")
        kind = required_text(fields, "type")
        if not kind:
            raise BadRequest("Type is not specified")
        if kind in _FOUND:
            return None
        if kind not in set(EntityType):
            raise BadRequest("Unsupported type specified")
        return _with_options(EntityType(kind), offset, length, fields)


def _with_options(kind: EntityType, offset: int, length: int, fields: JsonObject) -> Entity | None:
    match kind:
        case EntityType.TEXT_LINK:
            try:
                return Entity(kind, offset, length, url=checked_link(required_text(fields, "url")))
            except NotALink:
                return None
        case EntityType.TEXT_MENTION:
            user_id = required_long(required_object(fields, "user"), "id")
            return Entity(kind, offset, length, user_id=user_id)
        case EntityType.PRE:
            return Entity(kind, offset, length, language=optional_text(fields, "language") or None)
        case EntityType.CUSTOM_EMOJI:
            emoji_id = str(required_long(fields, "custom_emoji_id"))
            return Entity(kind, offset, length, custom_emoji_id=emoji_id)
        case EntityType.DATE_TIME:
            shape = optional_text(fields, "date_time_format") or None
            unix_time = required_integer(fields, "unix_time")
            return Entity(kind, offset, length, unix_time=unix_time, date_time_format=shape)
        case _:
            return Entity(kind, offset, length)


def read_preview(arguments: Arguments) -> JsonObject | None:
    """The argument link_preview_options or disable_web_page_preview; None when nothing is asked."""
    value = arguments.json("link_preview_options", "Can't parse link preview options JSON object")
    if value is None:
        return {"is_disabled": True} if arguments.boolean("disable_web_page_preview") else None
    fields = as_object(value, "Object expected as link preview options")
    shown: JsonObject = {name: True for name in _PREVIEW_FLAGS if optional_flag(fields, name)}
    if url := optional_text(fields, "url"):
        shown["url"] = url
    return shown or None


def read_quote(fields: JsonObject, text: str) -> JsonObject | None:
    """The quote of reply_parameters as a TextQuote object; it must be a part of ``text``."""
    quoted = optional_text(fields, "quote")
    if not quoted:
        return None
    entities = fields.get("quote_entities")
    quote = formatted(quoted, optional_text(fields, "quote_parse_mode"), entities)
    if not quote.text or quote.text not in text or len(quote.text) > MAX_CAPTION:
        raise BadRequest("QUOTE_TEXT_INVALID")
    shown: JsonObject = {"text": quote.text}
    if kept := [_quoted(one) for one in quote.entities if one.type in _QUOTABLE]:
        shown["entities"] = kept
    position = _nearest(text, quote.text, optional_integer(fields, "quote_position"))
    return shown | {"position": position, "is_manual": True}


def _nearest(text: str, part: str, wanted: int) -> int:
    """Where ``part`` stands in ``text`` nearest to the place ``wanted``, in UTF-16 units."""
    positions = [utf16_length(text[: found.start()]) for found in re.finditer(f"(?={re.escape(part)})", text)]
    return min(positions, key=lambda position: abs(position - wanted))


def _quoted(entity: Entity) -> JsonObject:
    shown: JsonObject = {"type": entity.type.value, "offset": entity.offset, "length": entity.length}
    if entity.custom_emoji_id is not None:
        shown["custom_emoji_id"] = entity.custom_emoji_id
    return shown
