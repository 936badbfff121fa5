"""The Bot API's methods, types and fields as values, read from ``table.json`` (see ``make_table.py``)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "table.json"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a method or type: the types that it takes, and the one ``value`` that it has, if fixed."""

    name: str
    types: tuple[str, ...]
    required: bool
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API with its fields in the order of its documentation."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A version of the Bot API: methods by their names in small letters, types, and unions of types."""

    version: str
    methods: dict[str, Method]
    types: dict[str, tuple[Field, ...]]
    unions: dict[str, tuple[str, ...]]


@cache
def bot_api() -> Table:
    """The table of the Bot API that this simulator follows."""
    read = json.loads(_TABLE.read_bytes())
    return Table(
        read["version"],
        {name.lower(): Method(name, _fields(fields)) for name, fields in read["methods"].items()},
        {name: _fields(fields) for name, fields in read["types"].items()},
        {name: tuple(types) for name, types in read["unions"].items()},
    )


def _fields(fields: dict[str, str]) -> tuple[Field, ...]:
    return tuple(_field(name, shown) for name, shown in fields.items())


def _field(name: str, shown: str) -> Field:
    types, _, value = shown.removeprefix("!").partition("=")
    return Field(name, tuple(types.split("|")), shown.startswith("!"), value or None)
