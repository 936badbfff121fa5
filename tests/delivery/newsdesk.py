"""The watch over a real site, a real database and the real way in; only the clock and the desk are played."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.core.article import ArchivedArticle
from bot.core.listed import Listed, Remembered
from bot.delivery.intake import Intake
from bot.delivery.listed import ListedArticles
from bot.delivery.outbox import Outbox
from bot.delivery.watch import Watch
from bot.errors import StoreUnavailable
from bot.sources.fetch import Fetcher
from bot.sources.profiles import load_profiles
from bot.sources.reader import Reader
from bot.sources.register import Source
from bot.store.archive import Archive
from bot.store.article_tables import articles
from bot.store.database import Database
from bot.store.ledger_tables import publications
from bot.store.sources import Sources
from tests.databases import new_file
from tests.fakes.site import Names, Site, serving

HOSTS = ("koran.example", "lain.example", "rm.id", *(f"surat{number}.example" for number in range(30)))
START = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)


@dataclass
class Told:
    """A desk that writes down what it is told."""

    notices: list[tuple[str, ...]] = field(default_factory=list)

    async def source_dead(self, name: str, cause: str) -> None:
        self.notices.append(("dead", name, cause))

    async def source_back(self, name: str) -> None:
        self.notices.append(("back", name))

    async def source_flood(self, name: str, address: str, count: int) -> None:
        self.notices.append(("flood", name, address, str(count)))

    async def unreadable(self, name: str, cause: str) -> None:
        self.notices.append(("unreadable", name, cause))


class Records(Sources):
    """The real records, on a disk that is ``full`` when a test says so."""

    full = False

    async def remember(self, address: str, remembered: Remembered, listed: Sequence[Listed] = ()) -> None:
        if self.full:
            raise StoreUnavailable("the disk is full")
        await super().remember(address, remembered, listed)


@dataclass
class Newsdesk:
    """Everything between the sites and the archive."""

    site: Site
    watch: Watch
    records: Records
    archive: Archive
    database: Database
    outbox: Outbox
    told: Told
    named: list[Source]
    now: datetime = START

    async def look(self, *, after: timedelta = timedelta()) -> int:
        """Let ``after`` go by and look at what is due."""
        self.now += after
        telling = asyncio.create_task(self.outbox.run())
        looked = await self.watch.look_once()
        await asyncio.sleep(0)
        # At its end the outbox tells what still waits.
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)
        return looked

    async def remembered(self, address: str) -> Remembered:
        return (await self.records.remembered())[address]

    async def archived(self) -> list[ArchivedArticle]:
        """Everything in the archive, in the order in which it came."""
        found = [await self.archive.by_id(number) for number in range(1, 200)]
        return [archived for archived in found if archived is not None]

    async def sent(self) -> list[str]:
        """The titles of what is to be sent, in the order in which it was announced."""
        announced = (
            select(articles.c.title)
            .join(publications, publications.c.article_id == articles.c.id)
            .order_by(publications.c.id)
        )
        async with self.database.reading() as connection:
            return list(await connection.scalars(announced))


@asynccontextmanager
async def newsdesk(
    folder: Path, *, seconds: float = 20, profiles: Callable[[Site], Path] | None = None
) -> AsyncIterator[Newsdesk]:
    """A desk at START that has no sources yet; ``profiles`` may write some of its own."""
    async with serving() as site:
        database = await Database.open(new_file(folder))
        desk: Newsdesk

        def now() -> datetime:
            return desk.now

        places = [("127.0.0.1", site.port), *((host, site.port) for host in HOSTS)]
        fetcher = Fetcher(contact="", now=now, allowed=places, delay=0, seconds=seconds, resolver=Names())
        try:
            async with fetcher:
                archive, records, outbox, told = Archive(database), Records(database), Outbox(), Told()
                reader = Reader(fetcher, load_profiles(profiles(site) if profiles else None), now=now)
                named: list[Source] = []
                listed = ListedArticles(
                    items=records,
                    reader=reader,
                    intake=Intake(archive, now=now),
                    unreadable=lambda name, cause: outbox.post(lambda: told.unreadable(name, cause)),
                    wake=lambda: None,
                    now=now,
                )
                watch = Watch(
                    sources=lambda: named,
                    reader=reader,
                    records=records,
                    taking=listed,
                    desk=told,
                    outbox=outbox,
                    now=now,
                    jitter=lambda: 0.0,
                )
                desk = Newsdesk(site, watch, records, archive, database, outbox, told, named)
                yield desk
        finally:
            await database.close()
