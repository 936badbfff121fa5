"""Answers that get lost on the way, and a Telegram that nobody can connect to."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.core.publication import Publication, PublicationKind
from tests.faults.conftest import Report
from tests.faults.newsroom import LOOK_EVERY, Newsroom, newsroom
from tests.faults.processes import local_telegram_with

FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("reset", {"accepted": True, "probability": 0.02, "seed": 1}),
    ("reset", {"probability": 0.02, "seed": 2}),
    ("server_error", {"probability": 0.02, "seed": 3}),
    ("silence", {"probability": 0.01, "seed": 4}),
)
"""A message that was taken and its answer lost, a connection reset before, a 5xx, and no answer at all."""


@pytest.mark.parametrize("kind", [PublicationKind.BREAKING, PublicationKind.REGULAR])
async def test_lost_answers_lose_nobody_at_least_once_and_repeat_nothing_at_most_once(
    tmp_path: Path, full: bool, report: Report, kind: PublicationKind
) -> None:
    readers = 5_000 if full else 150
    url = f"sqlite:///{tmp_path}/kabar.db"
    async with newsroom(tmp_path, url, readers, PAID_BROADCAST="true" if full else "false") as room:
        numbers = [await room.telegram.fault(fault, **options) for fault, options in FAULTS]
        publication = await room.publish(kind)
        running = room.processes.start("run")
        await room.done(publication, within=900 if full else 90)
        ordered = await room.telegram.ask("GET", "faults")
        fired = [one["fired"] for number in numbers for one in ordered["faults"] if one["id"] == number]
        assert await running.terminate() == 0, running.said()
        found = await room.comparison(publication)
    report(f"{fired} calls met the faults; {found}")
    assert min(fired) > 0
    assert found.lost == found.open == found.unwritten == found.invented == 0
    if kind is PublicationKind.BREAKING:
        assert found.unknown == 0
        assert found.copies == fired[0], "a copy for each answer that was lost after its message was taken"
    else:
        assert found.copies == 0
        assert found.unknown == sum(fired), "whoever is in doubt, and nobody else"
        assert found.unknown_lacking == sum(fired[1:])


async def test_a_connection_that_was_refused_leaves_nobody_in_doubt(
    tmp_path: Path, full: bool, report: Report
) -> None:
    readers = 300 if full else 60
    async with newsroom(tmp_path, f"sqlite:///{tmp_path}/kabar.db", readers) as room:
        running = room.processes.start("run")
        await running.says("bot is running")
        await room.telegram.kill()
        publication = await room.publish(PublicationKind.REGULAR)
        await _nobody_was_there(room, publication)
        async with local_telegram_with(readers, tmp_path / "accepted.jsonl", port=room.telegram.port):
            await room.done(publication, within=60)
            assert await running.terminate() == 0, running.said()
        found = await room.comparison(publication)
    report(found)
    assert (found.lost, found.copies, found.unknown, found.open) == (0, 0, 0, 0)


async def _nobody_was_there(room: Newsroom, publication: Publication) -> None:
    """Wait until the ledger says of a send that it found no connection."""
    async with asyncio.timeout(60):
        while not any("no connection" in (row.cause or "") for row in await room.entries(publication)):
            await asyncio.sleep(LOOK_EVERY)
