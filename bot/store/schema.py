"""Bringing a database's tables to this program's version, once, however many processes start together."""

import asyncio
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import SettingsError

HEAD = "0014"
"""The newest migration. Stated here, so that a start with nothing to do never loads alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"

_VERSION = table("alembic_version", column("version_num"))
_PATIENCE = 10
"""Seconds to wait for other processes that start on the same new file."""

_LOCK = 0x6B61626172
"""The key of the advisory lock that migrations hold on PostgreSQL: "kabar" in ASCII."""


async def bring_up_to_date(engine: AsyncEngine, plain: AsyncEngine) -> None:
    """Runs the migrations that the database lacks, in one transaction of ``engine``.

    ``plain`` reaches the same database without beginning transactions. Raises SettingsError when the database
    is of a newer version than this program.
    """
    if engine.dialect.name == "sqlite":
        await _set_wal(plain)
    async with plain.connect() as connection:
        if await connection.run_sync(stored_version) == HEAD:
            return
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        # Asked again under the lock: another process may have been first.
        stored = await connection.run_sync(stored_version)
        if stored != HEAD:
            await connection.run_sync(_upgrade, stored)


def stored_version(connection: Connection) -> str | None:
    """The migration that the database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(_VERSION.c.version_num))


def _upgrade(connection: Connection, stored: str | None) -> None:
    # Loading alembic takes longer than everything else here, and most starts have nothing to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if stored is not None and stored not in known:
        raise SettingsError(
            f"the database is of a newer version ({stored}) than this program ({HEAD}): install a newer kabar"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _set_wal(plain: AsyncEngine) -> None:
    # The switch to WAL does not wait for other connections as statements do, so it is asked again.
    async with asyncio.timeout(_PATIENCE), plain.connect() as connection:
        while not await _is_wal(connection):  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.02)


async def _is_wal(connection: AsyncConnection) -> bool:
    try:
        await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
