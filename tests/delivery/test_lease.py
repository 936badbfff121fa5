"""Leases of workers on one table that cannot be reached at times, in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.publication import PublicationKind
from bot.delivery.lease import LEASE, Lease
from bot.errors import StoreUnavailable
from tests.fakes.virtual_time import run_in_virtual_time


@dataclass
class Table:
    """When each worker's lease is over, by number; who was taken over from."""

    leases: dict[int, float] = field(default_factory=dict)
    taken_over: list[int] = field(default_factory=list)
    numbers: int = 0


@dataclass
class Line:
    """One worker's line to the table, which may be cut, or slow."""

    table: Table
    cut: bool = False
    takes: float = 0.0

    async def enlist(self, name: str, *, lease: float, alone: bool) -> int:  # noqa: ARG002
        await self._reach()
        if alone:
            self.table.leases.clear()
        self.table.numbers += 1
        self.table.leases[self.table.numbers] = _now() + lease
        return self.table.numbers

    async def renew(self, worker_id: int, *, lease: float) -> bool:
        await self._reach()
        if worker_id in self.table.leases:
            self.table.leases[worker_id] = _now() + lease
        return worker_id in self.table.leases

    async def dismiss(self, worker_id: int, *, again: frozenset[PublicationKind], now: datetime) -> int:  # noqa: ARG002
        await self._reach()
        return self.table.leases.pop(worker_id, None) is not None

    async def rescue(self, *, again: frozenset[PublicationKind], now: datetime) -> int:  # noqa: ARG002
        await self._reach()
        over = [number for number, until in self.table.leases.items() if until < _now()]
        for number in over:
            del self.table.leases[number]
        self.table.taken_over += over
        return len(over)

    async def _reach(self) -> None:
        await asyncio.sleep(self.takes)
        if self.cut:
            raise StoreUnavailable("the line is cut")


def _now() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def _kept(line: Line, *, alone: bool = False) -> AsyncIterator[Lease]:
    lease = Lease(line, name="test", alone=alone, again=frozenset(), now=lambda: datetime.now(UTC))
    await lease.begin()
    keeping = asyncio.create_task(lease.keep())
    try:
        yield lease
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


def _scene(play: Coroutine[Any, Any, None]) -> None:
    run_in_virtual_time(play)


def test_after_an_outage_the_first_to_come_back_leaves_the_others_their_leases() -> None:
    async def scene() -> None:
        table = Table()
        first, second = Line(table), Line(table)
        async with _kept(first) as one, _kept(second) as other:
            await asyncio.sleep(3 * LEASE)
            first.cut = second.cut = True
            await asyncio.sleep(2 * LEASE)
            assert not one.holds(1)
            assert not other.holds(2)
            first.cut = False
            await asyncio.sleep(LEASE / 2)
            second.cut = False
            await asyncio.sleep(LEASE / 2)
            assert one.holds(1)
            assert other.holds(2)
            assert table.taken_over == []

    _scene(scene())


def test_neither_one_that_starts_after_the_outage_nor_one_that_ends_takes_over_from_the_others() -> None:
    async def scene() -> None:
        table = Table()
        first, second = Line(table), Line(table)
        async with _kept(first) as one, _kept(second) as other:
            await asyncio.sleep(3 * LEASE)
            first.cut = second.cut = True
            await asyncio.sleep(2 * LEASE)
            first.cut = False
            async with _kept(Line(table)):
                await one.end()
                second.cut = False
                await asyncio.sleep(LEASE / 2)
                assert other.holds(2)
                assert 2 not in table.taken_over

    _scene(scene())


def test_one_that_stays_away_after_an_outage_is_taken_over_from_all_the_same() -> None:
    async def scene() -> None:
        table = Table()
        first, second = Line(table), Line(table)
        async with _kept(first), _kept(second):
            first.cut = second.cut = True
            await asyncio.sleep(2 * LEASE)
            first.cut = False
            await asyncio.sleep(2 * LEASE)
            assert table.taken_over == [2]

    _scene(scene())


def test_a_dead_worker_is_taken_over_from_after_a_lease() -> None:
    async def scene() -> None:
        table = Table()
        async with _kept(Line(table)):
            await asyncio.sleep(3 * LEASE)
            table.leases[99] = _now() + LEASE
            await asyncio.sleep(1.5 * LEASE)
            assert table.taken_over == [99]

    _scene(scene())


def test_a_slow_or_faltering_database_does_not_keep_the_dead_from_being_taken_over_from() -> None:
    async def scene(line: Line) -> None:
        async with _kept(line):
            for dead in range(100, 120):
                line.table.leases[dead] = _now()
                for _ in range(4):
                    line.cut = not line.cut and line.takes == 0
                    await asyncio.sleep(LEASE)
            assert line.table.taken_over[:15] == list(range(100, 115))

    for takes in (1.3, 2.0, 3.0):
        _scene(scene(Line(Table(), takes=takes)))
    _scene(scene(Line(Table())))


def test_who_is_alone_waits_for_nobody() -> None:
    async def scene() -> None:
        table = Table({7: 0.0})
        async with _kept(Line(table), alone=True):
            assert table.leases.keys() == {1}

    _scene(scene())
