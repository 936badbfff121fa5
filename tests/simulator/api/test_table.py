import json
from pathlib import Path

from bot.simulator.api.make_table import make_table
from bot.simulator.api.table import bot_api


def test_the_table_knows_fields_their_types_and_what_is_required() -> None:
    table = bot_api()
    assert table.version == "10.1"
    fields = {field.name: field for field in table.methods["sendphoto"].fields}
    assert fields["photo"].types == ("InputFile", "String")
    assert fields["photo"].required
    assert not fields["caption"].required
    (kind, *_) = table.types["InputMediaPhoto"]
    assert (kind.name, kind.value) == ("type", "photo")
    assert "InputMediaPhoto" in table.unions["InputMedia"]


def test_every_type_that_a_field_takes_is_in_the_table() -> None:
    table = bot_api()
    known = {"Integer", "String", "Boolean", "Float", "InputFile", "True", "CallbackGame"}
    known |= set(table.types) | set(table.unions)
    owners = [*(method.fields for method in table.methods.values()), *table.types.values()]
    named = {kind.replace("Array of ", "") for fields in owners for field in fields for kind in field.types}
    assert named <= known


def test_the_table_is_the_one_that_the_facts_give(shared: Path) -> None:
    facts = json.loads((shared / "facts" / "api.json").read_bytes())
    kept = json.loads((Path(make_table.__code__.co_filename).parent / "table.json").read_bytes())
    assert make_table(facts) == kept
