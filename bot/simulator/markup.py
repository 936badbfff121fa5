"""Checks of ``reply_markup``: inline keyboards, reply keyboards, their removal and forced replies."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import (
    Arguments,
    JsonObject,
    argument_json,
    as_object,
    optional_array,
    optional_flag,
    optional_text,
    required_object,
    required_text,
)
from bot.simulator.links import NotALink, checked_link

MAX_BUTTONS = 100
"""Buttons under one message."""

MAX_IN_ROW = 8
"""Buttons in a row; Telegram leaves out the others."""

MAX_CALLBACK_DATA = 64
"""Bytes that come back when a button is pressed."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked reply_markup: an inline keyboard, or an ``other`` one, which is not part of the message.

    ``other`` is a ReplyKeyboardMarkup (each button an object), ReplyKeyboardRemove or ForceReply.
    """

    inline: JsonObject | None = None
    other: JsonObject | None = None


NO_MARKUP = Markup()


def read_markup(arguments: Arguments) -> Markup:
    """The call's reply_markup; NO_MARKUP when there is none. The keyboard is shared: never change it."""
    text = arguments.text("reply_markup")
    return _checked(text) if text else NO_MARKUP


def markup_in(value: object) -> Markup:
    """The keyboard that a field of a JSON object holds; it is shared: never change it."""
    return _checked(json.dumps(value))


def only_inline(markup: Markup) -> Markup:
    """``markup`` where Telegram takes inline keyboards alone: in channels and in edits."""
    if markup.other is not None:
        raise BadRequest("Inline keyboard expected")
    return markup


def pressed_button(markup: JsonObject | None, data: str) -> bool:
    """Whether a keyboard has a button that sends ``data``."""
    rows = markup.get("inline_keyboard") if markup else None
    if not isinstance(rows, list):
        return False
    return any(button.get("callback_data") == data for row in rows for button in row)


@lru_cache(maxsize=2048)
def _checked(text: str) -> Markup:
    value = argument_json(text, "Can't parse reply keyboard markup JSON object")
    fields = as_object(value, "Object expected as reply markup")
    keyboard = _reply_keyboard(fields)
    inline = _inline_keyboard(fields)
    flags = [optional_flag(fields, name) for name in ("remove_keyboard", "force_reply", "selective")]
    optional_text(fields, "input_field_placeholder")
    options = {name: fields[name] for name in _OPTIONS if fields.get(name)}
    if keyboard:
        return Markup(other=options | {"keyboard": keyboard})
    if inline:
        return Markup(inline={"inline_keyboard": inline})
    return Markup(other=options if any(flags[:2]) else None)


_OPTIONS = (
    "one_time_keyboard",
    "resize_keyboard",
    "is_persistent",
    "remove_keyboard",
    "force_reply",
    "input_field_placeholder",
    "selective",
)


def _reply_keyboard(fields: JsonObject) -> list[list[JsonObject]]:
    """The rows of a reply keyboard, each button an object."""
    rows: list[list[JsonObject]] = []
    for row in optional_array(fields, "keyboard") or []:
        if not isinstance(row, list):
            raise BadRequest('Field "keyboard" must be an Array of Arrays')
        rows.append([_reply_button(button) for button in row])
    return rows


def _reply_button(button: object) -> JsonObject:
    if isinstance(button, str):
        return {"text": button}
    with within("Can't parse keyboard button"):
        fields = as_object(button, "KeyboardButton must be a String or an Object")
        required_text(fields, "text")
    return fields


def _inline_keyboard(fields: JsonObject) -> list[list[JsonObject]]:
    keyboard: list[list[JsonObject]] = []
    for row in optional_array(fields, "inline_keyboard") or []:
        if not isinstance(row, list):
            raise BadRequest('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        with within("Can't parse inline keyboard button"):
            buttons = [_read_button(button) for button in row]
        if buttons := [_checked_button(button) for button in buttons if button["text"]][:MAX_IN_ROW]:
            keyboard.append(buttons)
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise BadRequest("reply markup is too long")
    return keyboard


def _read_button(button: object) -> JsonObject:
    """A button with its text and the first of its actions, in the order in which Telegram looks for them."""
    fields = as_object(button, "InlineKeyboardButton must be an Object")
    shown: JsonObject = {"text": required_text(fields, "text")}
    for name in ("style", "icon_custom_emoji_id"):
        if value := optional_text(fields, name):
            shown[name] = value
    for name, read in _ACTIONS:
        if fields.get(name) is None:
            continue
        action = read(fields, name)
        if action or name not in _NEVER_EMPTY:
            return shown | {name: action}
    raise BadRequest("Text buttons are unallowed in the inline keyboard")


def _object_with(inner: str) -> Callable[[JsonObject, str], object]:
    def read(fields: JsonObject, name: str) -> object:
        held = required_object(fields, name)
        required_text(held, inner)
        return held

    return read


_NEVER_EMPTY = frozenset({"url", "callback_data"})
_ACTIONS: tuple[tuple[str, Callable[[JsonObject, str], object]], ...] = (
    ("url", optional_text),
    ("callback_data", optional_text),
    ("callback_game", required_object),
    ("pay", optional_flag),
    ("switch_inline_query", required_text),
    ("switch_inline_query_chosen_chat", required_object),
    ("switch_inline_query_current_chat", required_text),
    ("login_url", _object_with("url")),
    ("web_app", _object_with("url")),
    ("copy_text", _object_with("text")),
)


def _checked_button(button: JsonObject) -> JsonObject:
    url = button.get("url")
    if isinstance(url, str):
        try:
            return button | {"url": checked_link(url)}
        except NotALink as error:
            raise BadRequest(f"Inline keyboard button URL '{url}' is invalid: {error}") from error
    data = button.get("callback_data")
    if isinstance(data, str) and len(data.encode()) > MAX_CALLBACK_DATA:
        raise BadRequest("BUTTON_DATA_INVALID")
    return button
