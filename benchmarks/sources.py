"""How fast a thousand sources are looked at, nine in ten of which answer 304, and whether memory stays flat.

The sources are a thousand host names that all lead to one local server, which runs in a process of its own;
the bot's side is held to one core. In each round a tenth of the feeds have changed and name one new article,
which is fetched, read and archived. Every host has its robots.txt, one request at a time and a pause of 1 s.
"""

import asyncio
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from bot.delivery.intake import Intake
from bot.delivery.listed import ListedArticles
from bot.delivery.outbox import Outbox
from bot.delivery.watch import Watch
from bot.sources.fetch import Fetcher
from bot.sources.profiles import load_profiles
from bot.sources.reader import Reader
from bot.sources.register import Source
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.sources import Sources
from tests.fakes.press import Printed, feed, page
from tests.fakes.site import Answer, Asked, Names, serving

SOURCES = 1000
CHANGED_EVERY = 10
ROUNDS = 6
START = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
PAUSE = timedelta(hours=6)
MOST_SECONDS = 20.0
MOST_GROWTH = 8.0
"""Megabytes that the rounds after the second may add: what allocators and caches still do, and no leak."""

HOSTS = [f"surat{number}.example" for number in range(SOURCES)]


def main() -> int:
    structlog.configure(processors=[_silent])
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        port = ours.recv()
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        with tempfile.TemporaryDirectory() as folder:
            return asyncio.run(_measure(port, Path(folder)))
    finally:
        server.terminate()
        server.join()


def _silent(*_: object) -> str:
    raise structlog.DropEvent


def _serve(pipe: Connection) -> None:
    asyncio.run(_answer(pipe))


async def _answer(pipe: Connection) -> None:
    async with serving() as site:
        visits = dict.fromkeys(HOSTS, 0)

        def rss(asked: Asked) -> Answer:
            number, visit = int(asked.host[5:-8]), visits[asked.host]
            visits[asked.host] += 1
            if visit and (number + visit) % CHANGED_EVERY:
                return Answer(status=304)
            printed = [
                _printed(number, earlier) for earlier in range(visit, 0, -1) if _changed(number, earlier)
            ]
            return Answer(feed(site, asked.host, *printed), headers={"ETag": f'"{visit}"'})

        for number, host in enumerate(HOSTS):
            site.pages[f"{host}/rss"] = rss
            site.pages[f"{host}/robots.txt"] = Answer("User-agent: *\nDisallow: /dalam\n")
            for visit in range(1, ROUNDS + 1):
                if _changed(number, visit):
                    one = _printed(number, visit)
                    site.pages[host + one.path] = Answer(page(one), headers={"Content-Type": "text/html"})
        pipe.send(site.port)
        await asyncio.Event().wait()


def _changed(number: int, visit: int) -> bool:
    return (number + visit) % CHANGED_EVERY == 0


def _printed(number: int, visit: int) -> Printed:
    return Printed(number * 100 + visit, START + visit * PAUSE - timedelta(minutes=5))


async def _measure(port: int, folder: Path) -> int:
    clock = [START]
    database = await Database.open(f"sqlite:///{folder}/kabar.db")
    named = [Source(f"http://{host}:{port}/rss") for host in HOSTS]
    allowed = [("127.0.0.1", port), *((host, port) for host in HOSTS)]
    held, slowest = list[float](), 0.0
    async with Fetcher(contact="", now=lambda: clock[0], allowed=allowed, resolver=Names()) as fetcher:
        watch = _watch(fetcher, database, named, clock)
        print("round  looked at  archived  seconds  CPU seconds  memory (MB)")
        for number in range(ROUNDS + 1):
            began, cpu = time.perf_counter(), time.process_time()
            looked = await watch.look_once()
            seconds, spent = time.perf_counter() - began, time.process_time() - cpu
            tallies = await Sources(database).tally(since=clock[0] - timedelta(seconds=1))
            archived = sum(tally.taken for tally in tallies.values())
            held.append(_megabytes())
            label = "first" if number == 0 else str(number)
            print(f"{label:>5}  {looked:9}  {archived:8}  {seconds:7.1f}  {spent:11.1f}  {held[-1]:11.1f}")
            assert looked == SOURCES
            if number:
                slowest = max(slowest, seconds)
                assert archived == SOURCES // CHANGED_EVERY
            clock[0] += PAUSE
    await database.close()
    growth = held[-1] - held[2]
    print(f"slowest round {slowest:.1f} s (under {MOST_SECONDS:.0f}); growth after round 2 {growth:.1f} MB")
    return 0 if slowest < MOST_SECONDS and growth < MOST_GROWTH else 1


def _watch(fetcher: Fetcher, database: Database, named: list[Source], clock: list[datetime]) -> Watch:
    records = Sources(database)
    reader = Reader(fetcher, load_profiles(None), now=lambda: clock[0])
    listed = ListedArticles(
        items=records,
        reader=reader,
        intake=Intake(Archive(database), now=lambda: clock[0]),
        unreadable=lambda name, cause: print(f"unreadable: {name}: {cause}"),
        wake=lambda: None,
        now=lambda: clock[0],
    )
    return Watch(
        sources=lambda: named,
        reader=reader,
        records=records,
        taking=listed,
        desk=_Desk(),
        outbox=Outbox(),
        now=lambda: clock[0],
        jitter=lambda: 0.5,
    )


class _Desk:
    async def source_dead(self, name: str, cause: str) -> None:
        print(f"dead: {name}: {cause}")

    async def source_back(self, name: str) -> None:
        print(f"back: {name}")

    async def source_flood(self, name: str, address: str, count: int) -> None:
        print(f"flood: {name}: {count} at {address}")


def _megabytes() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        # The most that was ever held, where the system does not say what is held now.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    sys.exit(main())
