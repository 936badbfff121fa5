"""A PostgreSQL that hangs, that only reads, or on which somebody stands still: each is an outage."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.errors import StoreUnavailable
from bot.store.address import read_address
from bot.store.database import Database
from bot.store.reader_tables import subscribers
from tests.store.ledger import Ledger
from tests.store.servers import Server, opened

_MIGRATING = 0x6B61626172
_LIMITS = {
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}


@pytest.fixture
def url(postgresql: Server, postgresql_migrated: str) -> str:
    postgresql.empty(postgresql_migrated)
    return postgresql.url(postgresql_migrated)


@contextmanager
def _stopped(pid: int) -> Iterator[None]:
    """The server's process ``pid`` stands still, as on a machine whose disk does."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def _beside(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection without any limits, as another program may have one."""
    engine = create_async_engine(read_address(url), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def _silence_all(connection: AsyncConnection) -> None:
    await connection.execute(update(subscribers).values(silent=True))


async def test_every_connection_to_postgresql_has_its_limits(url: str) -> None:
    async with opened(url) as database, database.reading() as connection:
        found = {name: await connection.scalar(text(f"SHOW {name}")) for name in _LIMITS}
    assert found == _LIMITS


async def test_a_statement_that_takes_too_long_is_an_outage_and_the_next_one_works(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.ANSWERS_WITHIN", 1.0)
    async with opened(url) as database:
        for use in (database.reading, database.writing):
            async with asyncio.timeout(20):
                with pytest.raises(StoreUnavailable, match="in time"):
                    async with use() as connection:
                        await connection.execute(text("SELECT pg_sleep(60)"))
            await database.answers()


async def test_a_server_that_stands_still_is_an_outage_and_the_next_connection_works(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.ANSWERS_WITHIN", 1.0)
    async with opened(url) as database, asyncio.timeout(30):
        for use in (database.reading, database.writing):

            async def ask_who_stands_still(asked: AsyncConnection) -> None:
                pid = await asked.scalar(select(func.pg_backend_pid()))
                assert pid is not None
                with _stopped(pid):
                    await asked.execute(text("SELECT 1"))

            with pytest.raises(StoreUnavailable):
                async with use() as connection:
                    await ask_who_stands_still(connection)
            await database.answers()


async def test_a_server_that_only_reads_is_an_outage_until_it_is_left(url: str) -> None:
    async with opened(url) as database:
        # The one connection in the pool leads to what has become a standby.
        async with database.reading() as connection:
            await connection.execute(text("SET default_transaction_read_only = on"))
        with pytest.raises(StoreUnavailable, match="read-only"):
            async with database.writing() as connection:
                await _silence_all(connection)
        async with database.writing() as connection:
            await _silence_all(connection)


async def test_whoever_stands_still_in_a_transaction_is_cut_off_and_blocks_the_others_no_longer(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.IDLE_AT_MOST", 0.2)
    async with opened(url) as database:
        await Ledger(database).join([1])

        async def stand_still() -> None:
            async with database.writing() as connection:
                await _silence_all(connection)
                async with _beside(url) as other:
                    await _silence_all(other)
                await connection.execute(text("SELECT 1"))

        with pytest.raises(StoreUnavailable):
            await stand_still()
        await database.answers()


async def test_a_lock_that_is_not_let_go_is_an_outage_for_who_waits_for_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.LOCKS_WITHIN", 0.2)
    async with opened(url) as database:
        await Ledger(database).join([1])
        async with database.writing() as holding:
            await _silence_all(holding)
            async with asyncio.timeout(20):
                with pytest.raises(StoreUnavailable, match="lock timeout"):
                    async with database.writing() as waiting:
                        await _silence_all(waiting)


async def test_tables_are_brought_up_to_date_however_long_it_takes(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("LOCKS_WITHIN", "ANSWERS_WITHIN", "IDLE_AT_MOST"):
        monkeypatch.setattr(f"bot.store.database.{limit}", 1.0)
    with postgresql.new_database() as url:
        async with _beside(url) as other:
            # Another process migrates, and takes longer than any statement may.
            await other.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATING})
            opening = asyncio.create_task(Database.open(url))
            await other.execute(text("SELECT pg_sleep(1.5)"))
            assert not opening.done()
            await other.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _MIGRATING})
            await (await opening).close()
