"""Leases of two workers on one database that goes away and comes back, for one of them sooner."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.core.publication import PublicationKind
from bot.delivery.lease import Lease
from bot.errors import StoreUnavailable
from bot.store.database import Database
from bot.store.workers import Workers

SECONDS = 0.4


class Line:
    """One worker's line to the table of workers, which can be cut."""

    def __init__(self, database: Database) -> None:
        self._workers = Workers(database)
        self.cut = False
        self.renewals: asyncio.Queue[bool] = asyncio.Queue()
        self.numbers: asyncio.Queue[int] = asyncio.Queue()
        self.looks = 0

    async def enlist(self, name: str, *, lease: float, alone: bool) -> int:
        number = await self._workers.enlist(name, lease=lease, alone=alone)
        self.numbers.put_nowait(number)
        return number

    async def renew(self, worker_id: int, *, lease: float) -> bool:
        if self.cut:
            raise StoreUnavailable("the line is cut")
        renewed = await self._workers.renew(worker_id, lease=lease)
        self.renewals.put_nowait(renewed)
        return renewed

    async def dismiss(self, worker_id: int) -> None:
        await self._workers.dismiss(worker_id)

    async def rescue(self, *, again: frozenset[PublicationKind], now: datetime) -> int:
        self.looks += 1
        return await self._workers.rescue(again=again, now=now)

    async def renewed(self) -> bool:
        """What the next renewal from now on says."""
        while not self.renewals.empty():
            self.renewals.get_nowait()
        return await self.renewals.get()


@asynccontextmanager
async def _kept(line: Line) -> AsyncIterator[Lease]:
    lease = Lease(
        line,
        name="test",
        alone=False,
        again=frozenset(),
        now=lambda: datetime.now(UTC),
        seconds=SECONDS,
    )
    await lease.begin()
    keeping = asyncio.create_task(lease.keep())
    try:
        yield lease
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


async def test_the_first_to_reach_the_database_after_an_outage_leaves_the_others_their_leases(
    database: Database,
) -> None:
    first, second = Line(database), Line(database)
    async with _kept(first) as one, _kept(second) as other:
        numbers = (one.worker_id, other.worker_id)
        first.cut = second.cut = True
        await asyncio.sleep(2 * SECONDS)
        assert not one.holds(one.worker_id)
        assert not other.holds(other.worker_id)
        first.cut = False
        assert await first.renewed()
        second.cut = False
        assert await second.renewed()
        assert (one.worker_id, other.worker_id) == numbers
        assert one.holds(numbers[0])
        assert other.holds(numbers[1])


async def test_a_worker_that_stays_away_after_an_outage_is_taken_over_from_all_the_same(
    database: Database,
) -> None:
    first, second = Line(database), Line(database)
    async with _kept(first), _kept(second) as dead:
        number = await second.numbers.get()
        assert dead.holds(number)
        first.cut = second.cut = True
        await asyncio.sleep(2 * SECONDS)
        first.cut = False
        before = first.looks
        while first.looks == before:
            assert await first.renewed()
        second.cut = False
        assert not await second.renewed()
        assert await second.numbers.get() != number
