"""Taking over from a worker that stands still in a transaction on PostgreSQL: nobody waits for it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from bot.core.outcome import KILLED_PAUSE
from bot.core.publication import AT_LEAST_ONCE, DeliveryState, PublicationKind
from bot.store.database import Database
from bot.store.ledger_tables import deliveries, workers
from tests.store.ledger import Ledger
from tests.store.samples import NOW
from tests.store.servers import Server, opened


@pytest.fixture
async def database(postgresql: Server, postgresql_migrated: str) -> AsyncIterator[Database]:
    """PostgreSQL alone: SQLite has one writer, who ends or is killed."""
    postgresql.empty(postgresql_migrated)
    async with opened(postgresql.url(postgresql_migrated)) as database:
        yield database


async def _rescue(ledger: Ledger) -> int:
    async with asyncio.timeout(1):
        return await ledger.workers.rescue(again=AT_LEAST_ONCE, now=NOW)


async def test_a_row_that_is_locked_is_passed_over_and_taken_when_the_lock_is_gone(ledger: Ledger) -> None:
    await ledger.join(range(5))
    urgent = await ledger.announce(kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    sending = [due.id for due in await ledger.take(limit=2)]
    claimed = [due.id for due in await ledger.claim(limit=2)]
    frozen = await ledger.worker()
    await ledger.workers.renew(frozen, lease=-1)
    locked = {sending[0], claimed[0]}
    async with ledger.database.writing() as connection:
        touched = update(deliveries).where(deliveries.c.id.in_(locked))
        await connection.execute(touched.values(attempts=deliveries.c.attempts))
        assert await _rescue(ledger) == 2
        assert await _rescue(ledger) == 0
        held = {row["id"] for row in await ledger.rows() if row["worker_id"] == frozen}
        assert held == locked
    assert await _rescue(ledger) == 2
    rows = {row["id"]: row for row in await ledger.rows()}
    assert {row["state"] for row in rows.values()} == {DeliveryState.PENDING}
    assert {number for number, row in rows.items() if row["killed_at"] is not None} == set(sending)


async def test_a_worker_whose_own_row_is_locked_is_passed_over_until_the_lock_is_gone(
    ledger: Ledger,
) -> None:
    await ledger.publish(range(2))
    await ledger.claim()
    frozen = await ledger.worker()
    await ledger.workers.renew(frozen, lease=-1)
    async with ledger.database.writing() as connection:
        await connection.execute(update(workers).where(workers.c.id == frozen).values(name="frozen"))
        assert await _rescue(ledger) == 0
    assert await _rescue(ledger) == 2


async def test_an_ending_worker_leaves_what_is_locked_to_those_who_stay(ledger: Ledger) -> None:
    await ledger.publish(range(2))
    first, _ = await ledger.take()
    async with ledger.database.writing() as connection:
        touched = update(deliveries).where(deliveries.c.id == first.id)
        await connection.execute(touched.values(attempts=deliveries.c.attempts))
        async with asyncio.timeout(1):
            await ledger.end()
    assert await _rescue(ledger) == 1


async def test_what_its_worker_closed_while_it_was_looked_for_stays_closed(ledger: Ledger) -> None:
    publication_id = await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.workers.renew(await ledger.worker(), lease=-1)
    rescues = [ledger.workers.rescue(again=AT_LEAST_ONCE, now=NOW) for _ in range(3)]
    closed = update(deliveries).where(deliveries.c.id == due.id)
    async with ledger.database.writing() as connection:
        await connection.execute(closed.values(state=DeliveryState.SENT, worker_id=None))
        assert await asyncio.gather(*rescues) == [0, 0, 0]
    assert await _rescue(ledger) == 0
    assert (await ledger.publications.progress(publication_id))[DeliveryState.SENT] == 1
    assert await ledger.claim(after=KILLED_PAUSE) == ()
