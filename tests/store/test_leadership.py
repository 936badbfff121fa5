"""Who leads on PostgreSQL: a lock that a connection holds, whose server may stand still."""

import asyncio
import os
import signal

import pytest
from sqlalchemy import text

from bot.store.database import Database
from bot.store.leadership import leadership
from tests.store.servers import Server, opened

_LEADER = text(
    "SELECT pid, xact_start FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = 'advisory'"
)


@pytest.fixture
def url(postgresql: Server, postgresql_migrated: str) -> str:
    postgresql.empty(postgresql_migrated)
    return postgresql.url(postgresql_migrated)


async def _leader(database: Database) -> tuple[int, object]:
    """The server's process for the connection that holds the lead, and since when it is in a transaction."""
    async with database.reading() as connection:
        pid, since = (await connection.execute(_LEADER)).one()
        return pid, since


async def test_the_leader_is_in_no_transaction_that_could_be_cut_off(url: str) -> None:
    async with opened(url) as database, leadership(database, stop=asyncio.Event()) as lost:
        assert lost is not None
        _, since = await _leader(database)
        assert since is None


async def test_a_leader_whose_server_stands_still_lets_go_of_the_lead(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.leadership.ANSWERS_WITHIN", 0.5)
    async with opened(url) as database, asyncio.timeout(30):
        async with leadership(database, stop=asyncio.Event()) as lost:
            assert lost is not None
            pid, _ = await _leader(database)
            os.kill(pid, signal.SIGSTOP)
            try:
                await lost.wait()
            finally:
                os.kill(pid, signal.SIGCONT)
        async with leadership(database, stop=asyncio.Event()) as lost:
            assert lost is not None
            assert not lost.is_set()


async def test_a_leader_ends_though_its_server_stands_still(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.leadership.ANSWERS_WITHIN", 0.5)
    async with opened(url) as database:
        pid: int | None = None
        try:
            async with asyncio.timeout(15), leadership(database, stop=asyncio.Event()):
                pid, _ = await _leader(database)
                os.kill(pid, signal.SIGSTOP)
        finally:
            if pid is not None:
                os.kill(pid, signal.SIGCONT)
