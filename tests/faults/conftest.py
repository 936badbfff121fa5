"""How large the faults are: short by `make faults-short`, full with FAULTS=full (`make faults`)."""

import os
import platform
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.servers import Server

FIGURES = "figures"

Report = Callable[[object], None]


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether every case is to be run in its full size."""
    return os.environ.get("FAULTS") == "full"


@pytest.fixture
def report(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Report:
    """Notes a figure, which stands at the end of the run beside the name of its test."""

    def note(figure: object) -> None:
        record_property(FIGURES, f"{request.node.name}: {figure}")

    return note


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kabar.db"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.new_database() as address:
        yield address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured, and on what."""
    figures = [
        value
        for kind in ("passed", "failed")
        for told in terminalreporter.getreports(kind)
        for name, value in told.user_properties
        if name == FIGURES
    ]
    if not figures:
        return
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = f"{os.cpu_count()} cores, {platform.machine()}, load {load}"
    terminalreporter.section(f"faults, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}")
    for figure in figures:
        terminalreporter.write_line(str(figure))
