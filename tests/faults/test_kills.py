"""Processes killed without warning, again and again, in the middle of a push."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.core.pacing import OVERALL
from bot.core.publication import Publication, PublicationKind
from tests.faults.accepted import Comparison
from tests.faults.conftest import Report
from tests.faults.newsroom import Newsroom, newsroom
from tests.faults.processes import Running
from tests.store.servers import Server

KILL_AFTER = 0.5
"""Seconds between two kills; of one process alone, from its first message on."""

ROUND_TRIP = 0.1
"""Seconds that the local Telegram takes over a send."""

WORKERS = 4


@pytest.mark.parametrize("kind", [PublicationKind.BREAKING, PublicationKind.REGULAR])
async def test_a_bot_on_sqlite_that_is_killed_again_and_again_loses_nobody(
    tmp_path: Path, full: bool, report: Report, kind: PublicationKind
) -> None:
    readers, kills = (20_000, 200) if full else (120, 4)
    async with newsroom(tmp_path, f"sqlite:///{tmp_path}/kabar.db", readers) as room:
        await room.telegram.slow(ROUND_TRIP)
        publication = await room.publish(kind)
        for _ in range(kills):
            running = room.processes.start("run")
            # By then Telegram has taken what the one before left under way.
            await running.says("bot is running")
            await room.telegram.accepted.more_than(len(room.telegram.accepted.messages()))
            await asyncio.sleep(KILL_AFTER)
            assert running.is_alive(), running.said()
            await running.kill()
        await _sent_to_the_end(room, publication, full=full)
        found = await room.comparison(publication)
    report(f"{kills} kills; {found}; {found.seconds_in_flight:.2f} s in flight")
    _holds(kind, found, kills)


async def test_workers_on_postgresql_that_are_killed_at_random_lose_nobody(
    tmp_path: Path, full: bool, report: Report, postgresql: Server
) -> None:
    readers, kills = (20_000, 150) if full else (150, 6)
    chance = random.Random(5)  # noqa: S311 - which worker is killed is no secret
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, readers) as room:
            await room.telegram.slow(ROUND_TRIP)
            publication = await room.publish(PublicationKind.BREAKING)
            workers = [room.processes.start("run" if number == 0 else "worker") for number in range(WORKERS)]
            await room.telegram.accepted.more_than(0)
            for _ in range(kills):
                await asyncio.sleep(KILL_AFTER)
                killed = chance.randrange(WORKERS)
                assert workers[killed].is_alive(), workers[killed].said()
                await workers[killed].kill()
                # The one that leads is the first of those that ask to.
                workers[killed] = room.processes.start("run" if killed == 0 else "worker")
            await _ended(workers)
            await _sent_to_the_end(room, publication, full=full)
            found = await room.comparison(publication)
    report(f"{kills} kills; {found}; {found.seconds_in_flight:.2f} s in flight")
    _holds(PublicationKind.BREAKING, found, kills)


async def _ended(workers: list[Running]) -> None:
    for worker in workers:
        await worker.kill()


async def _sent_to_the_end(room: Newsroom, publication: Publication, *, full: bool) -> None:
    """What is left, at the rate that makes it short."""
    last = room.processes.start("run", PAID_BROADCAST="true" if full else "false")
    await room.done(publication, within=600 if full else 60)
    assert await last.terminate() == 0, last.said()


def _holds(kind: PublicationKind, found: Comparison, kills: int) -> None:
    assert found.lost == 0, "whoever lacks it stands in the ledger as unknown"
    assert found.open == found.unwritten == found.invented == 0, "the ledger equals the log"
    if kind is PublicationKind.REGULAR:
        assert found.copies == 0, "at most once"
        doubtful = found.unknown
    else:
        assert found.most <= 2, "whose sends met two kills running is left alone"
        assert found.unknown_lacking == 0, "at least once"
        assert found.unknown <= kills / 10, "that is rare"
        doubtful = found.copies
    # What was marked and not closed: as many sends as begin in the time that one takes.
    in_flight = OVERALL.count * max(found.seconds_in_flight, ROUND_TRIP)
    assert doubtful <= 1.5 * in_flight * kills
