"""The fixture ``telegram`` for pytest: a local Telegram over HTTP, with actors. Loaded by pytest alone."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.simulator.actors import Telegram


@pytest.fixture
def telegram() -> "Iterator[Telegram]":
    """An empty local Telegram at ``telegram.address``, for one test.

    ``reader = telegram.user("Sekar")``, ``await reader.send("/start")``, ``answer = await
    reader.expect("Welcome")``, ``await answer.click("Next")``.
    """
    # Every run of pytest imports this module; only tests that want a Telegram pay for the import of one.
    from bot.simulator.actors import Telegram  # noqa: PLC0415

    with Telegram() as served:
        yield served
