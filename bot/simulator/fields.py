"""Reading what a call brings: the flat arguments of a call and the fields of JSON objects inside them.

Telegram is lenient where a type can be guessed (numbers as text, ``yes`` for true) and refuses the rest
in words of its own; both are kept here.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NoReturn, cast

from bot.simulator.errors import BadRequest
from bot.simulator.uploads import NO_UPLOADS, Upload

JsonObject = dict[str, object]

MAX_DEPTH = 100
"""How deep JSON may be nested, as in Telegram."""

NULL = object()
"""A null in place of an argument's value, to tell it from a missing argument."""

_LEADING_INTEGER = re.compile(r"-?[0-9]+")
_WHOLE_INTEGER = re.compile(r"-?[0-9]{1,19}")
_INT32 = range(-(2**31), 2**31)


def leading_integer(text: str) -> int:
    """The number at the start of ``text``, 0 if there is none: how Telegram reads every numeric argument."""
    found = _LEADING_INTEGER.match(text[:20])
    return int(found[0]) if found else 0


class _NoConstant(ValueError):
    """NaN and the infinities, which Python would take."""


def _no_constant(name: str) -> NoReturn:
    raise _NoConstant(f"{name} is not JSON")


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    """A JSON object of which, as in Telegram, the first field of a name counts."""
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else dict(reversed(pairs))


def parse_json(text: str | bytes) -> object:
    """``text`` as JSON; ValueError for anything else, nesting deeper than MAX_DEPTH included."""
    try:
        value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_object)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except (json.JSONDecodeError, UnicodeDecodeError, _NoConstant):
        raise
    except ValueError as error:
        raise ValueError("a number is too long") from error
    if _openings(text) > MAX_DEPTH:
        _check_depth(value)
    return value


class NotUnicode(ValueError):
    """JSON with half a surrogate pair in it, which no text can hold."""


def _openings(text: str | bytes) -> int:
    """Brackets that open something: no nesting is deeper, and counting them costs less than looking."""
    if isinstance(text, bytes):
        return text.count(b"[") + text.count(b"{")
    return text.count("[") + text.count("{")


def _check_depth(value: object) -> None:
    """ValueError if lists and objects lie more than MAX_DEPTH deep in each other."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inner(outer) if isinstance(inner, list | dict)]
        if not level:
            return
    raise ValueError("nested too deep")


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


@lru_cache(maxsize=2048)
def _parsed(text: str) -> object:
    value = parse_json(text)
    if "\\u" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise NotUnicode("half a surrogate pair") from error
    return value


def argument_json(text: str, refusal: str) -> object:
    """An argument as JSON; ``refusal`` is the text for broken JSON.

    The value is shared between calls that bring the same text: never change it.
    """
    try:
        return _parsed(text)
    except NotUnicode as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    except ValueError as error:
        raise BadRequest(refusal) from error


class Arguments:
    """The arguments of one call as the text that came over the wire; a missing one reads as empty.

    ``files`` are the uploads by the names of their parts.
    """

    __slots__ = ("files", "values")

    def __init__(self, values: dict[str, str], files: Mapping[str, Upload] = NO_UPLOADS) -> None:
        self.values = values
        self.files = files

    def text(self, name: str) -> str:
        """The argument's text, empty when missing."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0, *, low: int = -(2**31), high: int = 2**31 - 1) -> int:
        """The argument as a number between ``low`` and ``high``; text that is no number reads as 0."""
        text = self.values.get(name, "")
        number = leading_integer(text) if text else default
        return min(max(number, low), high)

    def boolean(self, name: str) -> bool:
        """True for ``true``, ``yes`` and ``1``; everything else is false, as in Telegram."""
        return self.values.get(name, "").strip().lower() in {"true", "yes", "1"}

    def json(self, name: str, refusal: str) -> object | None:
        """The argument as JSON, None when missing or empty; ``refusal`` is the text for broken JSON.

        A null that was sent is NULL, as Telegram takes it for a value of the wrong type. The value is
        shared between calls that bring the same text: never change it.
        """
        text = self.values.get(name, "")
        if not text:
            return None
        value = argument_json(text, refusal)
        return NULL if value is None else value

    def json_or_none(self, name: str) -> object | None:
        """The argument as JSON, None when missing or broken: for arguments whose faults Telegram ignores."""
        text = self.values.get(name, "")
        if not text:
            return None
        try:
            return _parsed(text)
        except ValueError:
            return None


def as_object(value: object, refusal: str) -> JsonObject:
    """``value`` if it is a JSON object; refuses with ``refusal`` otherwise."""
    if not isinstance(value, dict):
        raise BadRequest(refusal)
    return cast("JsonObject", value)


def _missing(name: str) -> BadRequest:
    return BadRequest(f'Can\'t find field "{name}"')


def _mistyped(name: str, expected: str) -> BadRequest:
    return BadRequest(f'Field "{name}" must be of type {expected}')


def optional_text(fields: JsonObject, name: str) -> str:
    """A text field, empty when missing; numbers are taken as text."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _mistyped(name, "String")


def required_text(fields: JsonObject, name: str) -> str:
    """A text field that must be there (it may be empty)."""
    if fields.get(name) is None:
        raise _missing(name)
    return optional_text(fields, name)


def optional_flag(fields: JsonObject, name: str) -> bool:
    """A true/false field, false when missing."""
    value = fields.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise _mistyped(name, "Boolean")
    return value


def optional_integer(fields: JsonObject, name: str, default: int = 0) -> int:
    """A 32-bit number field; text that holds a number is taken."""
    value = fields.get(name)
    if value is None:
        return default
    number = _integer(name, value)
    if number not in _INT32:
        raise BadRequest(f'Field "{name}" must be a valid Number')
    return number


def required_integer(fields: JsonObject, name: str) -> int:
    """A 32-bit number field that must be there."""
    if fields.get(name) is None:
        raise _missing(name)
    return optional_integer(fields, name)


def required_long(fields: JsonObject, name: str) -> int:
    """A 64-bit number field that must be there."""
    value = fields.get(name)
    if value is None:
        raise _missing(name)
    return _integer(name, value)


def _integer(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str | float):
        if _WHOLE_INTEGER.fullmatch(str(value)):
            return int(value)
        raise BadRequest(f'Field "{name}" must be a valid Number')
    raise _mistyped(name, "Number")


def required_object(fields: JsonObject, name: str) -> JsonObject:
    """A field that must hold an object."""
    value = fields.get(name)
    if value is None:
        raise _missing(name)
    if not isinstance(value, dict):
        raise _mistyped(name, "Object")
    return cast("JsonObject", value)


def optional_array(fields: JsonObject, name: str) -> list[object] | None:
    """A field that holds an array, None when missing."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise _mistyped(name, "Array")
    return value
