"""Makes ``table.json`` from a machine-readable description of the Bot API; run by hand when the API grows.

``python -m bot.simulator.api.make_table api.json`` reads an object with ``version``, ``methods`` and
``types``, each with ``fields`` of ``name``, ``types``, ``required`` and ``description``. The table keeps
names, types and what is required; of descriptions only the values that tell the members of a union apart.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "table.json"
"""Where the table is kept."""

_VALUE = re.compile(r"(?:must be|always) [“\"*_]?([a-z0-9_]+)[”\"*_]?\s*$")


def make_table(described: dict[str, Any]) -> dict[str, Any]:
    """Gives ``{"version", "methods": {name: fields}, "types": {name: fields}, "unions": {name: types}}``.

    Fields are texts by name: the types that are taken with ``|`` between them, ``!`` before them when the
    field is required, ``=value`` behind a String that always has the one value.
    """
    methods = {name: _fields(method) for name, method in sorted(described["methods"].items())}
    types, unions = {}, {}
    for name, held in sorted(described["types"].items()):
        if "subtypes" in held:
            unions[name] = held["subtypes"]
        else:
            types[name] = _fields(held)
    version = described["version"].removeprefix("Bot API ")
    return {"version": version, "methods": methods, "types": types, "unions": unions}


def _fields(described: dict[str, Any]) -> dict[str, str]:
    return {field["name"]: _field(field) for field in described.get("fields", [])}


def _field(field: dict[str, Any]) -> str:
    shown = ("!" if field["required"] else "") + "|".join(field["types"])
    value = _VALUE.search(field["description"])
    return f"{shown}={value[1]}" if value and field["types"] == ["String"] else shown


def _written(table: dict[str, Any]) -> str:
    """The table as JSON with one method or type a line, so that a new version can be compared."""
    parts = [f'"version": {json.dumps(table["version"])}']
    for part in ("methods", "types", "unions"):
        lines = [f"{json.dumps(name)}: {json.dumps(held)}" for name, held in table[part].items()]
        parts.append(f'"{part}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    TABLE.write_text(_written(make_table(json.loads(Path(sys.argv[1]).read_bytes()))))
