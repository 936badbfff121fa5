import asyncio
import sys
import traceback
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.errors import SettingsError, StoreUnavailable
from bot.store.database import Database
from bot.store.reader_tables import subscriber_sections, subscribers
from tests.store.samples import NOW
from tests.store.servers import Server, opened


def _row(chat_id: int) -> dict[str, object]:
    return {
        "chat_id": chat_id,
        "kind": "private",
        "language": "id",
        "subscribed": True,
        "reachable": True,
        "silent": False,
        "joined_at": NOW,
    }


async def _count(database: Database) -> int:
    async with database.reading() as connection:
        counted = await connection.execute(select(func.count()).select_from(subscribers))
        return counted.scalar_one()


async def test_a_sqlite_file_is_made_with_its_folder_and_set_up_for_several_processes(tmp_path: Path) -> None:
    file = tmp_path / "data" / "deep" / "kabar.db"
    async with opened(f"sqlite:///{file}") as database, database.reading() as connection:
        found = {
            pragma: (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one()
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 10_000}
    assert file.is_file()


async def test_what_is_written_is_read_afterwards(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(subscribers), [_row(1), _row(2)])
    assert await _count(database) == 2


async def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    async def write_half() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(subscribers), [_row(1)])
            raise LookupError

    with pytest.raises(LookupError):
        await write_half()
    assert await _count(database) == 0


async def test_a_cancelled_writer_leaves_nothing_behind_and_blocks_nobody(database: Database) -> None:
    written = asyncio.Event()

    async def write_and_hang() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(subscribers), [_row(1)])
            written.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(write_and_hang())
    await written.wait()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    async with database.writing() as connection:
        await connection.execute(insert(subscribers), [_row(2)])
    assert await _count(database) == 1


async def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(subscribers), [_row(1)])
        assert await _count(database) == 0
    assert await _count(database) == 1


async def test_many_writers_at_once_all_succeed(database: Database) -> None:
    async def write(chat_id: int) -> None:
        async with database.writing() as connection:
            known = await connection.scalar(select(func.count()).select_from(subscribers))
            await connection.execute(insert(subscribers), [_row(chat_id) | {"language": str(known)}])

    await asyncio.gather(*(write(chat_id) for chat_id in range(40)))
    assert await _count(database) == 40


async def test_a_row_without_its_parent_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as connection:
            await connection.execute(insert(subscriber_sections), [{"chat_id": 1, "section": "nasional"}])


async def test_a_wrong_statement_is_no_outage(database: Database) -> None:
    with pytest.raises(DBAPIError, match="tidak_ada"):
        async with database.reading() as connection:
            await connection.execute(text("SELECT * FROM tidak_ada"))


async def test_closing_twice_is_harmless(database_url: str) -> None:
    database = await Database.open(database_url)
    await database.close()
    await database.close()


async def test_a_file_that_is_no_database_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "kabar.db"
    file.write_text("Bukan basis data. " * 100)
    with pytest.raises(StoreUnavailable, match="not a database") as raised:
        await Database.open(f"sqlite:///{file}")
    assert str(file) in str(raised.value)
    assert raised.value.__cause__ is not None


async def test_a_folder_that_cannot_be_made_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    with pytest.raises(SettingsError, match="berkas"):
        await Database.open(f"sqlite:///{tmp_path}/berkas/kabar.db")


async def test_a_full_disk_is_an_outage_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    rows = [_row(chat_id) for chat_id in range(2000)]
    async with opened(f"sqlite:///{tmp_path}/kabar.db") as database:
        async with database.reading() as connection:
            # A limit of the one connection that the pool holds, as a full disk would limit it.
            pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
            await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StoreUnavailable, match="full"):
            async with database.writing() as connection:
                await connection.execute(insert(subscribers), rows)
        async with database.reading() as connection:
            await connection.execute(text("PRAGMA max_page_count = 1000000"))
        async with database.writing() as connection:
            await connection.execute(insert(subscribers), rows)
        assert await _count(database) == 2000


async def test_a_server_that_is_not_there_is_told_without_the_password(unused_tcp_port: int) -> None:
    password = "rahasia"
    url = f"postgresql://kabar:{password}@127.0.0.1:{unused_tcp_port}/news"
    with pytest.raises(StoreUnavailable) as raised:
        await Database.open(url)
    assert isinstance(raised.value.__cause__, OSError)
    assert "rahasia" not in "".join(traceback.format_exception(raised.value))
    assert f"127.0.0.1:{unused_tcp_port}/news" in str(raised.value)


async def test_a_database_that_does_not_exist_is_an_outage(postgresql: Server) -> None:
    with pytest.raises(StoreUnavailable, match="does not exist"):
        await Database.open(postgresql.url("tidak_ada"))


async def test_a_connection_cut_by_the_server_is_an_outage_and_the_next_one_works(
    postgresql: Server, postgresql_migrated: str
) -> None:
    postgresql.empty(postgresql_migrated)
    async with opened(postgresql.url(postgresql_migrated)) as database:

        async def write_and_be_cut_off() -> None:
            async with database.writing() as connection:
                await connection.execute(insert(subscribers), [_row(1)])
                pid = await connection.scalar(select(func.pg_backend_pid()))
                postgresql.run(f"SELECT pg_terminate_backend({pid}, 5000)")
                await connection.execute(insert(subscribers), [_row(2)])

        with pytest.raises(StoreUnavailable):
            await write_and_be_cut_off()
        assert await _count(database) == 0


async def test_postgresql_without_its_driver_says_what_to_install() -> None:
    script = (
        "import asyncio, sys\n"
        "sys.modules['asyncpg'] = None\n"
        "from bot.errors import SettingsError\n"
        "from bot.store.database import Database\n"
        "try:\n"
        "    asyncio.run(Database.open('postgresql://kabar:rahasia@127.0.0.1/news'))\n"
        "except SettingsError as error:\n"
        "    print(error)\n"
    )
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asked.communicate()
    assert "pip install asyncpg" in out.decode(), err.decode()
    assert "rahasia" not in out.decode()
