"""Processes that are asked to end, and processes that stand still and wake up again."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from bot.core.publication import DeliveryState, PublicationKind
from bot.delivery.lease import LEASE
from tests.faults.conftest import Report
from tests.faults.newsroom import newsroom
from tests.store.servers import Server

EXIT_WITHIN = 10.0
OPEN = {DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING}


async def test_a_bot_on_sqlite_that_is_stopped_again_and_again_neither_loses_nor_repeats(
    tmp_path: Path, full: bool, report: Report
) -> None:
    readers, stops = (2_000, 50) if full else (100, 4)
    slowest = 0.0
    async with newsroom(tmp_path, f"sqlite:///{tmp_path}/kabar.db", readers) as room:
        await room.telegram.slow(0.1)
        publication = await room.publish(PublicationKind.REGULAR)
        for _ in range(stops):
            accepted = len(room.telegram.accepted.messages())
            running = room.processes.start("run")
            await room.telegram.accepted.more_than(accepted + 10)
            began = time.monotonic()
            assert await running.terminate() == 0, running.said()
            slowest = max(slowest, time.monotonic() - began)
        last = room.processes.start("run")
        await room.done(publication, within=180 if full else 60)
        assert await last.terminate() == 0, last.said()
        found = await room.comparison(publication)
    report(f"{stops} stops; {found}; slowest exit {slowest:.1f} s")
    assert (found.lost, found.copies, found.unknown, found.open) == (0, 0, 0, 0)
    assert slowest <= EXIT_WITHIN


async def test_workers_on_postgresql_that_are_replaced_one_by_one_neither_lose_nor_repeat(
    tmp_path: Path, full: bool, report: Report, postgresql: Server
) -> None:
    readers, stops, workers = (2_500, 50, 4) if full else (120, 4, 3)
    slowest = 0.0
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, readers) as room:
            await room.telegram.slow(0.1)
            publication = await room.publish(PublicationKind.REGULAR)
            running = [
                room.processes.start("run"),
                *(room.processes.start("worker") for _ in range(workers - 1)),
            ]
            for number in range(stops):
                accepted = len(room.telegram.accepted.messages())
                await room.telegram.accepted.more_than(accepted + 10)
                old = running.pop(0)
                running.append(room.processes.start("worker" if number % workers else "run"))
                began = time.monotonic()
                assert await old.terminate() == 0, old.said()
                slowest = max(slowest, time.monotonic() - began)
            await room.done(publication, within=180 if full else 60)
            codes = [await one.terminate() for one in running]
            found = await room.comparison(publication)
    report(f"{stops} stops; {found}; slowest exit {slowest:.1f} s")
    assert codes == [0] * workers
    assert (found.lost, found.copies, found.unknown, found.open) == (0, 0, 0, 0)
    assert slowest <= EXIT_WITHIN


@pytest.mark.parametrize("kind", [PublicationKind.BREAKING, PublicationKind.REGULAR])
async def test_a_worker_that_wakes_up_after_its_lease_writes_nothing_down(
    tmp_path: Path, full: bool, report: Report, postgresql: Server, kind: PublicationKind
) -> None:
    readers, workers, rounds, leases = (20_000, 5, 5, 3.0) if full else (600, 2, 1, 1.3)
    rewritten = taken_over = 0
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, readers) as room:
            # Several sends of each worker are under way whenever it is stopped.
            await room.telegram.slow(0.5)
            publication = await room.publish(kind)
            leader = room.processes.start("run")
            sleepers = [room.processes.start("worker") for _ in range(workers)]
            for number in range(1, rounds + 1):
                accepted = len(room.telegram.accepted.messages())
                await room.telegram.accepted.more_than(accepted + 60)
                for sleeper in sleepers:
                    sleeper.signal(signal.SIGSTOP)
                await asyncio.sleep(leases * LEASE + LEASE / 4)
                closed = {
                    row.chat_id: row for row in await room.entries(publication) if row.state not in OPEN
                }
                for sleeper in sleepers:
                    sleeper.signal(signal.SIGCONT)
                async with asyncio.timeout(60):
                    while room.processes.said().count("lease was lost") < number * workers:
                        await asyncio.sleep(0.1)
                # Whatever they still want to write down of before, they write now.
                await asyncio.sleep(LEASE / 4)
                after = {row.chat_id: row for row in await room.entries(publication)}
                rewritten += sum(after[chat_id] != row for chat_id, row in closed.items())
            for sleeper in sleepers:
                assert await sleeper.terminate() == 0, sleeper.said()
            assert await leader.terminate() == 0, leader.said()
            last = room.processes.start("run", PAID_BROADCAST="true")
            await room.done(publication, within=600 if full else 60)
            assert await last.terminate() == 0, last.said()
            found = await room.comparison(publication)
            taken_over = room.processes.said().count("taken over from a worker")
    report(f"{rounds * workers} stops of {leases:g} leases; {found}; rewritten {rewritten}")
    assert taken_over
    assert rewritten == 0, "nothing is recorded under a lost lease"
    assert found.lost == found.open == found.unwritten == found.invented == 0
    if kind is PublicationKind.REGULAR:
        assert found.copies == 0
    else:
        assert found.unknown == 0
