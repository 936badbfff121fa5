"""Checks of a call against the table of the Bot API: what is missing or of the wrong type is refused.

The words are those of the Bot API server where it has words of its own for a field, else the form that it
uses for others of the same kind.
"""

from functools import cache

from bot.simulator.api.table import Field, Method, bot_api
from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import (
    NULL,
    Arguments,
    JsonObject,
    as_object,
    leading_integer,
    optional_array,
    optional_flag,
    optional_text,
    required_long,
    required_object,
    required_text,
)
from bot.simulator.markup import only_inline, read_markup

_SCALARS = frozenset({"Integer", "String", "Boolean", "Float", "InputFile"})
_ARRAY = "Array of "
# Words of the Bot API server for a field that is missing or holds nothing that it can use.
_MISSING = {
    "chat_id": "chat_id is empty",
    "sender_chat_id": "sender_chat_id is empty",
    "user_id": "Invalid user_id specified",
    "file_id": "file_id not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "sticker_set_name": "sticker_set_name is empty",
    "message_id": "Message identifier is not specified",
    "message_ids": "Message identifiers are not specified",
    "business_connection_id": "business connection not found",
    "action": "Wrong parameter action in request",
    "result": "Result isn't specified",
}
# Other modules read these for every method that has them, in Telegram's order and words.
_READ_ELSEWHERE = frozenset(
    {
        "allowed_updates",
        "button",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "menu_button",
        "message_ids",
        "permissions",
        "reply_markup",
        "reply_parameters",
        "results",
        "scope",
    }
)
# Telegram passes over faults in these.
_LENIENT = "MessageEntity"


def check_call(method: Method, arguments: Arguments) -> None:
    """Refuses a call that misses a required field of ``method`` or brings one of the wrong type."""
    for field in method.fields:
        if not _is_there(field, arguments):
            if field.required:
                raise BadRequest(_missing(field))
            continue
        _check_argument(field, arguments)


def check_unread(method: Method, arguments: Arguments) -> None:
    """Refuses wrong types in those fields of a simulated ``method`` that nothing else reads."""
    for field in _unread(method):
        if arguments.text(field.name):
            _check_argument(field, arguments)


@cache
def _unread(method: Method) -> tuple[Field, ...]:
    return tuple(
        field for field in method.fields if not _is_scalar(field) and field.name not in _READ_ELSEWHERE
    )


def _is_scalar(field: Field) -> bool:
    return _SCALARS.issuperset(field.types)


def _is_there(field: Field, arguments: Arguments) -> bool:
    if "InputFile" in field.types and field.name in arguments.files:
        return True
    return bool(arguments.text(field.name))


def _missing(field: Field) -> str:
    if "InputFile" in field.types:
        return f"There is no {_words(field.name)} in the request"
    return _MISSING.get(field.name, f'Parameter "{field.name}" is required')


def _words(name: str) -> str:
    return name.replace("_", " ")


def _check_argument(field: Field, arguments: Arguments) -> None:
    name = field.name
    if name == "reply_markup":
        markup = read_markup(arguments)
        if field.types == ("InlineKeyboardMarkup",):
            only_inline(markup)
    elif "InputFile" in field.types:
        _check_file(field, arguments)
    elif _is_scalar(field):
        _check_scalar_argument(field, arguments.text(name))
    else:
        _check_json_argument(field, arguments)


def _check_file(field: Field, arguments: Arguments) -> None:
    if field.name in arguments.files:
        return
    text = arguments.text(field.name)
    if text.startswith("attach://"):
        if text.removeprefix("attach://") not in arguments.files:
            raise BadRequest(_missing(field))
    elif field.types == ("InputFile",):
        raise BadRequest(f"{_words(field.name).capitalize()} must be uploaded as an InputFile")


def _check_scalar_argument(field: Field, text: str) -> None:
    """Numbers that are required must be some; Telegram reads every other scalar leniently."""
    if not field.required or "String" in field.types or "Boolean" in field.types:
        return
    if "Float" in field.types:
        try:
            float(text)
        except ValueError as error:
            raise BadRequest(f'Can\'t parse "{field.name}" as Number') from error
        return
    if field.name.endswith("user_id") and leading_integer(text) <= 0:
        raise BadRequest("Invalid user_id specified")
    if not leading_integer(text) and text != "0":
        raise BadRequest(f'Can\'t parse "{field.name}" as Number')


def _check_json_argument(field: Field, arguments: Arguments) -> None:
    words = _words(field.name)
    if any(_LENIENT in kind for kind in field.types):
        value = arguments.json_or_none(field.name)
        if not isinstance(value, list):
            return
    else:
        value = arguments.json(field.name, f"Can't parse {words} JSON object")
    if field.types[0].startswith(_ARRAY):
        kinds = tuple(kind.removeprefix(_ARRAY) for kind in field.types)
        what = kinds[0] if len(kinds) == 1 else "InputMedia"
        if not isinstance(value, list):
            raise BadRequest(f"Expected an Array of {what}")
        with within(f"Can't parse {what}"):
            for one in value:
                _check_value(kinds, one)
        return
    if value is NULL or not isinstance(value, dict):
        raise BadRequest(f"Object expected as {words}")
    with within(f"Can't parse {field.types[0]}"):
        _check_value(field.types, value)


def _check_value(kinds: tuple[str, ...], value: object) -> None:
    """Checks a value that stands in a list or is an argument by itself."""
    if len(kinds) == 1 and kinds[0] in _SCALARS:
        _check_field({"element": value}, Field("element", kinds, required=True))
        return
    if "String" in kinds and isinstance(value, str):
        return
    fields = as_object(value, "expected an Object")
    kind = _kind(kinds, fields)
    if kind is None:
        return
    for field in bot_api().types[kind]:
        _check_field(fields, field)


def _kind(kinds: tuple[str, ...], fields: JsonObject) -> str | None:
    """Which of ``kinds`` an object is: by the value of its ``type`` or ``source``, then by what it has."""
    table = bot_api()
    members = [
        member for kind in kinds for member in table.unions.get(kind, (kind,)) if member in table.types
    ]
    if len(members) <= 1:
        return members[0] if members else None
    marked = [member for member in members if any(field.value for field in table.types[member])]
    if marked:
        name = next(field.name for field in table.types[marked[0]] if field.value)
        given = required_text(fields, name)
        members = [member for member in marked if _value_of(member, name) == given]
        if not members:
            raise BadRequest(f'{name} "{given}" is unsupported')
    complete = [member for member in members if _has_required(member, fields)]
    return (complete or members)[0]


def _value_of(kind: str, name: str) -> str | None:
    return next((field.value for field in bot_api().types[kind] if field.name == name), None)


def _has_required(kind: str, fields: JsonObject) -> bool:
    return all(field.name in fields for field in bot_api().types[kind] if field.required)


def _check_field(fields: JsonObject, field: Field) -> None:
    name = field.name
    if fields.get(name) is None:
        if field.required:
            raise BadRequest(f'Can\'t find field "{name}"')
        return
    first = field.types[0]
    if first.startswith(_ARRAY):
        _check_array(fields, field)
    elif "String" in field.types or "InputFile" in field.types:
        if not (isinstance(fields[name], dict) and not _is_scalar(field)):
            optional_text(fields, name)
    elif first == "Boolean":
        optional_flag(fields, name)
    elif first == "Integer":
        required_long(fields, name)
    elif first == "Float":
        _check_float(fields, name)
    else:
        _check_value(field.types, required_object(fields, name))


def _check_float(fields: JsonObject, name: str) -> None:
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadRequest(f'Field "{name}" must be of type Number')
    try:
        float(value)
    except ValueError as error:
        raise BadRequest(f'Field "{name}" must be a valid Number') from error


def _check_array(fields: JsonObject, field: Field) -> None:
    values = optional_array(fields, field.name) or []
    kinds = tuple(kind.removeprefix(_ARRAY) for kind in field.types)
    if kinds[0].startswith(_ARRAY):
        inner = (kinds[0].removeprefix(_ARRAY),)
        for row in values:
            if not isinstance(row, list):
                raise BadRequest(f'Field "{field.name}" must be an Array of Arrays')
            for value in row:
                _check_value(inner, value)
        return
    for value in values:
        _check_value(kinds, value)
