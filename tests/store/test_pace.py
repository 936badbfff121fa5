import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.core.pacing import OVERALL, PAID
from bot.store.database import Database
from bot.store.pace import Pace
from tests.store.servers import Server, opened


@pytest.fixture
async def pace(postgresql: Server, postgresql_migrated: str) -> AsyncIterator[Database]:
    postgresql.empty(postgresql_migrated)
    async with opened(postgresql.url(postgresql_migrated)) as database:
        yield database


async def test_turns_come_one_interval_apart_however_many_ask_at_once(pace: Database) -> None:
    shared = Pace(pace)
    reserved = await asyncio.gather(*(shared.reserve(2, PAID) for _ in range(20)))
    assert {one.held for one in reserved} == {0.0}
    waits = sorted(one.wait for one in reserved)
    assert waits[0] == pytest.approx(0.0, abs=0.05)
    # Each wait counts from its own moment of asking; together they cannot be earlier than their turns.
    assert waits[-1] <= 40 * PAID.interval
    assert (await shared.reserve(1, OVERALL)).wait <= 40 * PAID.interval + OVERALL.interval


async def test_a_hold_lasts_as_long_as_the_longest(pace: Database) -> None:
    shared = Pace(pace)
    await shared.hold(30)
    await shared.hold(5)
    first, second = [await shared.reserve(1, OVERALL) for _ in range(2)]
    assert 29 < first.wait <= 30
    assert 29 < second.wait <= 30 + OVERALL.interval
    assert first.held == pytest.approx(first.wait, abs=0.01)
    assert 29 < second.held <= first.held


async def test_it_goes_on_after_a_crash_emptied_the_row(pace: Database) -> None:
    shared = Pace(pace)
    await shared.hold(30)
    async with pace.writing() as connection:
        await connection.exec_driver_sql("TRUNCATE pace")
    assert (await shared.reserve(1, OVERALL)).wait == pytest.approx(0.0, abs=0.05)
