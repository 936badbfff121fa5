"""Being the one process that takes updates, articles and plans: a lock that ends with the process."""

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreUnavailable
from bot.store.database import Database

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks whether the leader is still there."""

ANSWERS_WITHIN = 10.0
"""Seconds that the database has to say that the leader is still there. Less than it takes itself to give up a
machine that is cut off (25 s): a leader must let go before another one leads."""

UNLOCKS_WITHIN = 1.0
"""Seconds that it has at a stop, which others wait for too; a connection that is left ends with its lock."""

_LOCK = 0x6C656164
"""The key of the advisory lock that the leader holds on PostgreSQL: "lead" in ASCII."""


@asynccontextmanager
async def leadership(database: Database, *, stop: asyncio.Event) -> AsyncIterator[asyncio.Event | None]:
    """Waits until no other process leads on this database; inside the block, this one does.

    Gives an event that is set when the lead is lost, or None when ``stop`` came first. The lock is on a file
    beside the database on SQLite, and a connection's own on PostgreSQL: a killed leader leaves none behind.
    """
    lead = _on_server(database, stop) if database.file is None else _on_file(database.file, stop)
    async with lead as lost:
        yield lost


@asynccontextmanager
async def _on_file(file: Path, stop: asyncio.Event) -> AsyncIterator[asyncio.Event | None]:
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        told = False
        while not stop.is_set():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield asyncio.Event()
                return
            told = _tell_once(told)
            await _pause(stop)
        yield None


@asynccontextmanager
async def _on_server(database: Database, stop: asyncio.Event) -> AsyncIterator[asyncio.Event | None]:
    async with AsyncExitStack() as kept:
        connection = await _lock_on_server(database, kept, stop)
        if connection is None:
            yield None
            return
        lost = asyncio.Event()
        watching = asyncio.create_task(_watch(connection, lost), name="leadership")
        try:
            yield lost
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            # The connection goes back to the pool, where it must not lead on, unless it broke or hangs.
            with contextlib.suppress(SQLAlchemyError, OSError):
                async with asyncio.timeout(UNLOCKS_WITHIN):
                    await connection.execute(_UNLOCK, {"key": _LOCK})


async def _lock_on_server(
    database: Database, kept: AsyncExitStack, stop: asyncio.Event
) -> AsyncConnection | None:
    told = False
    while not stop.is_set():
        try:
            async with AsyncExitStack() as tried:
                connection = await tried.enter_async_context(database.reading())
                if await connection.scalar(_TRY_LOCK, {"key": _LOCK}):
                    kept.push_async_exit(tried.pop_all())
                    return connection
            told = _tell_once(told)
        except StoreUnavailable as error:
            log.warning("the database does not answer", cause=str(error))
        await _pause(stop)
    return None


async def _watch(connection: AsyncConnection, lost: asyncio.Event) -> None:
    """Set ``lost`` when the connection, and the lock with it, is no more."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError) as error:
            log.error(
                "the lead is lost: the connection to the database broke",
                cause=str(error).split("\n")[0] or "no answer in time",
            )
            lost.set()
            return


_TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")


def _tell_once(told: bool) -> bool:
    if not told:
        log.info("another process leads; this one waits to take its place")
    return True


async def _pause(stop: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOOK_EVERY):
            await stop.wait()
