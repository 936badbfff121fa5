"""The connection to the database: opening it, reading, writing, what an outage looks like. No tables here."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, ExceptionContext, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingsError, StoreUnavailable
from bot.store.address import file_of, read_address
from bot.store.schema import bring_up_to_date

_PATIENCE = 10
"""Seconds to wait for another process's write, and for a server to take a connection."""

ANSWERS_WITHIN = 30.0
"""Seconds that PostgreSQL has for one statement: one that hangs refuses nothing, so it is left."""

LOCKS_WITHIN = 2.0
"""Seconds to wait on PostgreSQL for a row that another process has locked. It may stand still, and whoever
waited for it for longer would lose a lease over it."""

IDLE_AT_MOST = 10.0
"""Seconds, as long as a lease, after which PostgreSQL cuts off who stands still in a transaction."""

_ALIVE = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
"""After 25 seconds of silence PostgreSQL ends the session of a machine that lost its power or network, and so
its locks and lead; by itself it would do that after two hours."""

_BEGIN = "kabar_begin"
"""The execution option that says how a transaction begins on SQLite; None for none at all."""

_SQLITE_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)

_READ_ONLY = "25006"

_POSTGRESQL_OUTAGES = ("08", _READ_ONLY, "25P03", "25P04", "28", "3D", "40", "53", "55", "57", "58")
"""How SQLSTATEs of outages begin: connection, a standby that only reads, a transaction that stood still or
took too long, authorization, no such database, serialization and deadlock, resources, not available (such as
a lock), operator, system (PostgreSQL documentation, appendix A)."""


class Database:
    """An open database whose tables are of this program's version.

    ``on_outage`` is called for each StoreUnavailable that is raised.
    """

    def __init__(self, engine: AsyncEngine, *, on_outage: Callable[[], None] | None = None) -> None:
        self._engine = engine
        self._on_outage = on_outage
        self._plain = engine.execution_options(**_no_transaction(engine.url))
        self._name = name_of(engine.url)
        # One writer at a time inside the process: SQLite's own waiting sleeps up to 100 ms between looks.
        self._turn: AbstractAsyncContextManager[None] = (
            nullcontext() if self.is_postgresql else asyncio.Lock()
        )

    @classmethod
    async def open(cls, url: str, *, on_outage: Callable[[], None] | None = None) -> Self:
        """Connects to ``url`` and brings its tables up to date; makes a new SQLite file and its folder.

        Raises SettingsError for an address that cannot work and for a database of a newer version of this
        program, StoreUnavailable when the database does not answer.
        """
        address = read_address(url)
        if address.get_backend_name() == "sqlite":
            _make_folder(address)
        database = cls(_engine(address), on_outage=on_outage)
        # An index over a million rows takes its time, and so does another process that makes it.
        patient = _engine(address, hurried=False)
        try:
            with database._outages():
                await bring_up_to_date(patient, database._plain)
        except BaseException:
            await database.close()
            raise
        finally:
            await patient.dispose()
        return database

    async def close(self) -> None:
        """Closes every connection; safe to call twice."""
        await self._engine.dispose()

    async def answers(self) -> None:
        """Comes back if the database can be read now. Raises StoreUnavailable."""
        async with self.reading() as connection:
            await connection.execute(text("SELECT version_num FROM alembic_version"))

    @property
    def is_postgresql(self) -> bool:
        """Whether statements reach PostgreSQL; otherwise SQLite."""
        return self._engine.dialect.name == "postgresql"

    @property
    def file(self) -> Path | None:
        """The file of SQLite; None on PostgreSQL."""
        return None if self.is_postgresql else file_of(self._engine.url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection where each statement sees what was committed before it. Raises StoreUnavailable."""
        with self._outages():
            async with self._plain.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end of the block and rolled back by an exception; not to be nested.

        On SQLite it holds the write lock from its first moment. Raises StoreUnavailable: nothing was written.
        """
        with self._outages():
            async with self._turn, self._engine.begin() as connection:
                yield connection

    @contextmanager
    def _outages(self) -> Iterator[None]:
        try:
            yield
        except (OSError, NoFreeConnection) as error:
            raise self._unavailable(error) from error
        except DBAPIError as error:
            if not _is_outage(error):
                raise
            raise self._unavailable(error.orig or error) from error

    def _unavailable(self, error: BaseException) -> StoreUnavailable:
        if self._on_outage is not None:
            self._on_outage()
        return StoreUnavailable(self._told(error))

    def _told(self, error: BaseException) -> str:
        nameless = "no answer in time" if isinstance(error, TimeoutError) else type(error).__name__
        reason = (str(error) or nameless).splitlines()[0]
        password = self._engine.url.password
        if password:
            reason = reason.replace(str(password), "***")
        return f"the database {self._name} cannot be used now: {reason}"


def name_of(url: URL) -> str:
    """How errors and logs speak of ``url``: without user, password and options, which may be secret."""
    return URL.create(
        url.get_backend_name(), host=url.host, port=url.port, database=url.database
    ).render_as_string()


def _make_folder(url: URL) -> None:
    folder = file_of(url).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"DATABASE_URL: the folder {folder} cannot be made: {error.strerror}") from error


def _engine(url: URL, *, hurried: bool = True) -> AsyncEngine:
    # Parameters are readers' chats and texts: they stay out of every error and log.
    if url.get_backend_name() == "sqlite":
        # The driver's own implicit BEGIN is switched off: transactions begin in _begin alone.
        engine = create_async_engine(
            url, hide_parameters=True, connect_args={"isolation_level": None, "timeout": _PATIENCE}
        )
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    limits = _limits() if hurried else {"server_settings": _ALIVE}
    try:
        engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": _PATIENCE, **limits})
    except ModuleNotFoundError as error:
        raise SettingsError("DATABASE_URL names PostgreSQL, which needs: pip install asyncpg") from error
    event.listen(engine.sync_engine, "handle_error", _leave)
    return engine


def _limits() -> dict[str, Any]:
    settings = {
        **_ALIVE,
        "lock_timeout": f"{LOCKS_WITHIN * 1000:.0f}",
        "idle_in_transaction_session_timeout": f"{IDLE_AT_MOST * 1000:.0f}",
    }
    return {"command_timeout": ANSWERS_WITHIN, "server_settings": settings}


def _leave(context: ExceptionContext) -> None:
    """A connection that hangs, or leads to a standby, is not used again, though it is not broken."""
    error = context.original_exception
    if isinstance(error, TimeoutError):
        # What it was asked may still be under way, and to take it back would hang as well.
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False
    elif getattr(error, "sqlstate", None) == _READ_ONLY:
        # All lead to what is a standby now; new ones find the one that took its place.
        context.is_disconnect = True


def _no_transaction(url: URL) -> dict[str, Any]:
    return {_BEGIN: None} if url.get_backend_name() == "sqlite" else {"isolation_level": "AUTOCOMMIT"}


def _set_up(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    # IMMEDIATE: two processes that both read and then write would else refuse each other without waiting.
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN IMMEDIATE")
    if statement:
        connection.exec_driver_sql(statement)


def _is_outage(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        # The low byte is the primary code (sqlite.org/rescode.html).
        return code & 0xFF in _SQLITE_OUTAGES
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(_POSTGRESQL_OUTAGES)
