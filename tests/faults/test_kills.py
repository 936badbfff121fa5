"""Processes killed without warning, again and again, in the middle of a push."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.core.pacing import OVERALL
from bot.core.publication import Publication, PublicationKind
from bot.store.database import Database
from bot.store.publications import Publications
from tests.faults.accepted import LOOK_EVERY, Comparison
from tests.faults.conftest import Report
from tests.faults.newsroom import Newsroom, newsroom
from tests.faults.processes import Running
from tests.store.servers import Server

KILL_AFTER = 0.5
"""Seconds between two kills; of one process alone, from its first message on."""

ROUND_TRIP = 0.1
"""Seconds that the local Telegram takes over a send."""

WORKERS = 4

# One row in five hundred takes about a tenth of a second, so that a kill comes among the rows of a chunk.
# SQLite has no sleep: it is given something to count.
_SLOW_ROWS = {
    "sqlite": (
        """
        CREATE TRIGGER slow_rows AFTER INSERT ON deliveries WHEN NEW.chat_id % 500 = 0 BEGIN
            SELECT max(one.chat_id + other.chat_id)
            FROM (SELECT chat_id FROM subscribers LIMIT 1500) AS one,
                (SELECT chat_id FROM subscribers LIMIT 1500) AS other;
        END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION slow_row() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(0.1); RETURN NULL; END'
        """,
        """
        CREATE TRIGGER slow_rows AFTER INSERT ON deliveries
        FOR EACH ROW WHEN (NEW.chat_id % 500 = 0) EXECUTE FUNCTION slow_row()
        """,
    ),
}
_QUICK_ROWS = {
    "sqlite": ("DROP TRIGGER slow_rows",),
    "postgresql": ("DROP TRIGGER slow_rows ON deliveries",),
}


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
        await _sent_to_the_end(room, publication, paid=full)
        found = await room.comparison(publication)
    report(f"{kills} kills; {found}; {found.seconds_in_flight:.2f} s in flight")
    _holds(kind, found, kills)


async def test_a_bot_that_is_killed_again_and_again_while_it_plans_leaves_nobody_out(
    tmp_path: Path, full: bool, report: Report, url: str
) -> None:
    # What each process has written is its first chunk, of 5,000; it is killed while it writes the second.
    readers, kills = (40_000, 6) if full else (9_000, 1)
    chance = random.Random(6)  # noqa: S311 - when a process is killed is no secret
    kept = list[int]()
    async with newsroom(tmp_path, url, readers) as room:
        await _run_statements(room.database, _SLOW_ROWS)
        publication = await room.publish(PublicationKind.REGULAR)
        for _ in range(kills):
            before = await _rows(room, publication)
            running = room.processes.start("run")
            async with asyncio.timeout(60):
                while await _rows(room, publication) == before:
                    await asyncio.sleep(LOOK_EVERY)
            await asyncio.sleep(chance.uniform(0, 0.25))
            await running.kill()
            kept.append(await _rows(room, publication))
            found = await Publications(room.database).one(publication.id)
            assert found is not None
            assert found.planned_at is None, "the kill came too late"
        await _run_statements(room.database, _QUICK_ROWS)
        await _sent_to_the_end(room, publication, paid=True)
        compared = await room.comparison(publication)
    report(f"{kills} kills with {', '.join(f'{rows:,}' for rows in kept)} rows written; {compared}")
    _holds(PublicationKind.REGULAR, compared, kills)


async def _run_statements(database: Database, statements: Mapping[str, Sequence[str]]) -> None:
    async with database.writing() as connection:
        for statement in statements[connection.dialect.name]:
            await connection.execute(text(statement))


async def _rows(room: Newsroom, publication: Publication) -> int:
    """How many deliveries are written down."""
    return sum((await Publications(room.database).progress(publication.id)).values())


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
            await _sent_to_the_end(room, publication, paid=full)
            found = await room.comparison(publication)
    report(f"{kills} kills; {found}; {found.seconds_in_flight:.2f} s in flight")
    _holds(PublicationKind.BREAKING, found, kills)


async def _ended(workers: list[Running]) -> None:
    for worker in workers:
        await worker.kill()


async def _sent_to_the_end(room: Newsroom, publication: Publication, *, paid: bool) -> None:
    """What is left, where it is much at the rate that makes it short."""
    last = room.processes.start("run", PAID_BROADCAST="true" if paid else "false")
    await room.done(publication, within=600 if paid else 60)
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
