"""The method that answers an inline query, and the results that it brings."""

import json
import re
from dataclasses import replace

from bot.simulator.entities import Formatted
from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import (
    Arguments,
    JsonObject,
    as_object,
    optional_flag,
    optional_text,
    required_object,
    required_text,
)
from bot.simulator.inline import InlineAnswer, InlineResult
from bot.simulator.links import NotALink, checked_link
from bot.simulator.markup import markup_in
from bot.simulator.media import Media, MediaKind
from bot.simulator.methods.query import Query
from bot.simulator.methods.texts import accepted, accepted_caption, caption_of, formatted, read_preview

MAX_RESULTS = 50
"""Results of one answer."""

MAX_ID = 64
"""Bytes of a result's id, and of an offset."""

LIFETIME = 30
"""Seconds in which an inline query may be answered. Telegram publishes no number."""

_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
# By the type of a result: the kind of its file, and how the fields with its address and file_id begin.
_FILES = {
    "photo": (MediaKind.PHOTO, "photo"),
    "document": (MediaKind.DOCUMENT, "document"),
    "video": (MediaKind.VIDEO, "video"),
    "gif": (MediaKind.ANIMATION, "gif"),
    "mpeg4_gif": (MediaKind.ANIMATION, "mpeg4"),
    "audio": (MediaKind.AUDIO, "audio"),
    "voice": (MediaKind.VOICE, "voice"),
}
_NOT_SIMULATED = frozenset({"contact", "game", "location", "sticker", "venue"})


def answer_inline_query(query: Query) -> object:
    """AnswerInlineQuery: the results that the reader may choose from, once and in time."""
    arguments, simulator = query.arguments, query.simulator
    button = _read_button(arguments)
    results = _read_results(query)
    next_offset = arguments.text("next_offset")
    asked = simulator.inline.queries.get(arguments.text("inline_query_id"))
    now = simulator.clock()
    if asked is None or asked.bot is not query.bot or asked.answer is not None or now > asked.at + LIFETIME:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    if len(next_offset.encode()) > MAX_ID:
        raise BadRequest("NEXT_OFFSET_INVALID")
    asked.answer = InlineAnswer(
        tuple(results),
        next_offset,
        arguments.integer("cache_time", 300, low=0),
        arguments.boolean("is_personal"),
        button,
    )
    simulator.inline.keep(asked, asked.answer, now)
    simulator.events.publish("inline_answer", lambda: asked.answer_json() or {})
    return True


def _read_button(arguments: Arguments) -> JsonObject | None:
    value = arguments.json("button", "Can't parse inline query results button JSON object")
    if value is None:
        return None
    with within("Can't parse inline query results button"):
        fields = as_object(value, "InlineQueryResultsButton must be an Object")
        text = required_text(fields, "text")
        if "start_parameter" in fields:
            shown: JsonObject = {"text": text, "start_parameter": required_text(fields, "start_parameter")}
        elif "web_app" in fields:
            url = required_text(required_object(fields, "web_app"), "url")
            shown = {"text": text, "web_app": {"url": url}}
        else:
            raise BadRequest("InlineQueryResultsButton must have exactly one optional field")
    if not text:
        raise BadRequest("SWITCH_PM_TEXT_EMPTY")
    parameter = shown.get("start_parameter")
    if parameter is not None and not _PARAMETER.fullmatch(str(parameter)):
        raise BadRequest("START_PARAM_INVALID" if parameter else "START_PARAM_EMPTY")
    return shown


def _read_results(query: Query) -> list[InlineResult]:
    value = query.arguments.json("results", "Can't parse JSON encoded inline query results")
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRequest("Expected an Array of inline query results")
    if len(value) > MAX_RESULTS:
        raise BadRequest("Too many inline query results specified")
    with within("Can't parse inline query result"):
        results = [_read_result(one) for one in value]
    results = [_accepted(query, result) for result in results]
    if len({result.id for result in results}) < len(results):
        raise BadRequest("RESULT_ID_DUPLICATE")
    return results


def _read_result(value: object) -> InlineResult:
    """A result whose file has not been looked at yet."""
    fields = as_object(value, "Inline query result must be an object")
    kind = required_text(fields, "type").lower()
    number = required_text(fields, "id")
    content = _read_content(fields, is_required=kind == "article")
    caption = caption_of(fields)
    markup = markup_in(fields["reply_markup"]).inline if fields.get("reply_markup") is not None else None
    if kind == "article":
        required_text(fields, "title")
    elif kind in _FILES:
        name = _FILES[kind][1]
        if not optional_text(fields, f"{name}_url"):
            required_text(fields, f"{name}_file_id")
    elif kind in _NOT_SIMULATED:
        raise BadRequest(f'type "{kind}" is not simulated for the inline query result')
    else:
        raise BadRequest(f'type "{kind}" is unsupported for the inline query result')
    text, preview = content or (caption, None)
    return InlineResult(number, fields, text, preview=preview, markup=markup, has_content=content is not None)


def _read_content(fields: JsonObject, *, is_required: bool) -> tuple[Formatted, JsonObject | None] | None:
    """The text that a result becomes, and its link preview; None when it becomes its file."""
    if fields.get("input_message_content") is None:
        if not is_required and not optional_text(fields, "message_text"):
            return None
        content = fields
        required_text(fields, "message_text")
    else:
        content = required_object(fields, "input_message_content")
    text = optional_text(content, "message_text")
    if not text:
        if is_required:
            raise BadRequest("Input message content is not specified")
        return None
    found = formatted(text, optional_text(content, "parse_mode"), content.get("entities"))
    return found, read_preview(_preview_arguments(content))


def _preview_arguments(content: JsonObject) -> Arguments:
    values: dict[str, str] = {}
    if content.get("link_preview_options") is not None:
        values["link_preview_options"] = json.dumps(required_object(content, "link_preview_options"))
    elif optional_flag(content, "disable_web_page_preview"):
        values["disable_web_page_preview"] = "true"
    return Arguments(values)


def _accepted(query: Query, result: InlineResult) -> InlineResult:
    """``result`` as it can be chosen, with its file."""
    if not result.id:
        raise BadRequest("RESULT_ID_EMPTY")
    if len(result.id.encode()) > MAX_ID:
        raise BadRequest("RESULT_ID_INVALID")
    kind = str(result.shown["type"]).lower()
    if kind == "article" and not str(result.shown["title"]).strip():
        raise BadRequest("ARTICLE_TITLE_EMPTY")
    media = _find_media(query, kind, result.shown) if kind in _FILES else None
    if result.has_content:
        accepted(result.text)
        return result
    accepted_caption(result.text)
    return replace(result, media=media)


def _find_media(query: Query, kind: str, fields: JsonObject) -> Media:
    media_kind, name = _FILES[kind]
    files = query.simulator.files
    address = optional_text(fields, f"{name}_url")
    is_above = optional_flag(fields, "show_caption_above_media")
    if not address:
        file = files.find(required_text(fields, f"{name}_file_id"), media_kind)
        return Media(file, is_caption_above=is_above)
    try:
        checked_link(address)
    except NotALink as error:
        raise BadRequest("WEBDOCUMENT_URL_INVALID") from error
    has_thumbnail = optional_text(fields, "thumbnail_url") or optional_text(fields, "thumb_url")
    if kind == "photo" and not has_thumbnail:
        raise BadRequest("PHOTO_THUMB_URL_EMPTY")
    return Media(files.add_address(media_kind, address), is_caption_above=is_above)
