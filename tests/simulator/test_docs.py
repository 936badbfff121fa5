"""docs/simulator.md names what there is."""

import re

from bot.simulator import Simulator
from bot.simulator.faults import FORBIDDEN, OPTIONS
from bot.simulator.methods import METHODS
from bot.simulator.server import create_app
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")


def test_the_parity_table_names_exactly_the_methods_that_are_simulated() -> None:
    table = TEXT.partition("| method | state |")[2].partition("\n\n")[0]
    named = [name for row in table.splitlines()[2:] for name in row.split("|")[1].split(",")]
    assert sorted(name.strip().lower() for name in named) == sorted(METHODS)


def test_the_control_api_is_described_in_full() -> None:
    described = set(re.findall(r"`(GET|POST|PUT|DELETE) (/sim/[^`?]*)`", TEXT))
    served = {
        (route.method, resource.canonical)
        for resource in create_app(Simulator()).router.resources()
        for route in resource
        if resource.canonical.startswith("/sim/") and route.method not in {"*", "HEAD"}
    }
    assert described == served


def test_every_kind_of_fault_is_described_with_its_options() -> None:
    for kind, options in OPTIONS.items():
        (row,) = re.findall(rf"^\| `{kind}` \|.*$", TEXT, re.MULTILINE)
        assert all(f"`{option}`" in row for option in options), row
    assert all(f"`{reason}`" in TEXT for reason in FORBIDDEN)


def test_every_event_is_described() -> None:
    table = TEXT.partition("### Events")[2].partition("## Parity")[0]
    described = {
        name
        for row in re.findall(r"^\|([^|]*)\|", table, re.MULTILINE)
        for name in re.findall("`(\\w+)`", row)
    }
    sources = (ROOT / "bot" / "simulator").rglob("*.py")
    told = {
        name
        for file in sources
        for name in re.findall(r'events\.publish\(\s*"(\w+)"', file.read_text("utf-8"))
    }
    assert described == told
