import asyncio
import sys
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import SettingsError
from bot.store import article_tables, ledger_tables, reader_tables, source_tables
from bot.store.columns import metadata
from bot.store.database import Database
from bot.store.schema import HEAD, MIGRATIONS, stored_version
from tests.store.servers import opened

_ROOMS = (article_tables, reader_tables, ledger_tables, source_tables)


def _belongs_to_the_tables(_object: object, name: str | None, _kind: str, *_rest: object) -> bool:
    return not str(name).startswith("article_search")


def _differences(connection: Connection) -> list[Any]:
    assert all(room.metadata is metadata for room in _ROOMS)
    options = {"compare_type": True, "include_object": _belongs_to_the_tables}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _partial_indexes(connection: Connection) -> dict[str, str]:
    """The conditions of the indexes in the migrated database, which alembic does not compare."""
    dialect = connection.dialect.name
    return {
        str(index["name"]): str(index["dialect_options"][f"{dialect}_where"])
        for table in metadata.tables
        for index in inspect(connection).get_indexes(table)
        if f"{dialect}_where" in index.get("dialect_options", {})
    }


async def test_the_migrated_tables_are_those_that_the_code_describes(new_url: str) -> None:
    async with opened(new_url) as database, database.reading() as connection:
        assert await connection.run_sync(_differences) == []
        migrated = await connection.run_sync(_partial_indexes)
        await connection.execute(text("DROP TABLE article_search"))
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        described = await connection.run_sync(_partial_indexes)
    assert len(migrated) == 6
    assert {name: _plain(where) for name, where in migrated.items()} == {
        name: _plain(where) for name, where in described.items()
    }


def _plain(where: str) -> str:
    for mark in ("deliveries.", "publications.", "subscribers.", "(", ")"):
        where = where.replace(mark, "")
    return " ".join(where.split())


async def test_a_comparison_would_notice_a_missing_index(new_url: str) -> None:
    async with opened(new_url) as database, database.reading() as connection:
        await connection.execute(text("DROP INDEX articles_newest"))
        assert len(await connection.run_sync(_differences)) == 1


def test_the_stated_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_opening_again_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        async with opened(database_url) as database, database.reading() as connection:
            assert await connection.run_sync(stored_version) == HEAD


async def test_a_start_with_nothing_to_do_never_loads_alembic(database_url: str) -> None:
    script = (
        "import asyncio, sys\n"
        "from bot.store.database import Database\n"
        "async def start():\n"
        "    await (await Database.open(sys.argv[1])).close()\n"
        "asyncio.run(start())\n"
        "print('alembic' in sys.modules)\n"
    )
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, database_url, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await started.communicate()
    assert out.decode().strip() == "False"


async def test_processes_that_start_at_once_on_a_new_database_all_succeed(new_url: str) -> None:
    script = (
        "import asyncio, sys\n"
        "from bot.store.database import Database\n"
        "async def start():\n"
        "    await (await Database.open(sys.argv[1])).close()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "asyncio.run(start())\n"
    )
    pipe = asyncio.subprocess.PIPE
    starting = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, new_url, stdin=pipe, stdout=pipe, stderr=pipe
        )
        for _ in range(3)
    ]
    for process in starting:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    answers = await asyncio.gather(*(process.communicate(b"go\n") for process in starting))
    assert [err.decode() for _, err in answers] == [""] * 3
    async with opened(new_url) as database, database.reading() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_database_of_a_newer_version_is_refused_in_plain_words(new_url: str) -> None:
    async with opened(new_url) as database, database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match=r"newer version \(9999\) than this program"):
        await Database.open(new_url)


async def test_a_migration_that_fails_leaves_the_database_as_it_was(new_url: str) -> None:
    async with opened(new_url) as database:
        async with database.reading() as connection:
            for table in ("alembic_version", "article_search", *reversed(metadata.sorted_tables)):
                await connection.execute(text(f"DROP TABLE {table}"))
            await connection.execute(text("CREATE TABLE deliveries (id INTEGER)"))
        # The last table that the first migration makes is there already.
        with pytest.raises(DBAPIError, match="deliveries"):
            await Database.open(new_url)
        async with database.reading() as connection:
            tables = await connection.run_sync(lambda inside: inspect(inside).get_table_names())
    assert tables == ["deliveries"]
