"""The part of the house that needs no Telegram: database, archive, ledger, and the intake over them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from bot.config import Settings
from bot.delivery.intake import Intake
from bot.store.archive import Archive
from bot.store.backlog import Backlog
from bot.store.channels import Channels
from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.digests import Digests
from bot.store.leadership import leadership
from bot.store.ledger import Ledger
from bot.store.pace import Pace
from bot.store.publications import Publications
from bot.store.read_files import ReadFiles
from bot.store.readership import Readership
from bot.store.rights import Rights
from bot.store.seen_updates import SeenUpdates
from bot.store.sources import Sources
from bot.store.subscribers import Subscribers
from bot.store.workers import Workers

Clock = Callable[[], datetime]
"""Gives the time, aware, in UTC."""


def wall_clock() -> datetime:
    """The time of the machine: the only clock in the house."""
    return datetime.now(UTC)


class HouseReports(Protocol):
    """Hears what happens in the house; commands that end at once need nobody who counts."""

    def outage(self) -> None:
        """The database could not serve a call."""
        ...

    def article(self, change: str) -> None:
        """An article was taken in."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """The rooms over one open database."""

    archive: Archive
    subscribers: Subscribers
    digests: Digests
    channels: Channels
    rights: Rights
    readership: Readership
    publications: Publications
    claims: Claims
    deliveries: Deliveries
    ledger: Ledger
    workers: Workers
    pace: Pace
    backlog: Backlog
    seen_updates: SeenUpdates
    intake: Intake
    sources: Sources
    files: ReadFiles
    database: Database

    @property
    def alone(self) -> bool:
        """Whether the leader is the only process that sends: on SQLite, where there are no other workers."""
        return not self.database.is_postgresql

    def leadership(self, *, stop: asyncio.Event) -> AbstractAsyncContextManager[asyncio.Event | None]:
        """Waits until this process leads; see ``bot.store.leadership``."""
        return leadership(self.database, stop=stop)


@asynccontextmanager
async def open_house(
    settings: Settings, *, now: Clock = wall_clock, reports: HouseReports | None = None
) -> AsyncIterator[House]:
    """Open the database of ``settings``, brought up to date, and close it at the end."""
    database = await Database.open(
        settings.database_url.get_secret_value(), on_outage=reports.outage if reports is not None else None
    )
    try:
        archive = Archive(database)
        yield House(
            archive=archive,
            subscribers=Subscribers(database, forget_key=settings.key_to_forget),
            digests=Digests(database),
            channels=Channels(database),
            rights=Rights(database),
            readership=Readership(database),
            publications=Publications(database),
            claims=Claims(database),
            deliveries=Deliveries(database),
            ledger=Ledger(database),
            workers=Workers(database),
            pace=Pace(database),
            backlog=Backlog(database),
            seen_updates=SeenUpdates(database),
            intake=Intake(archive, now=now, on_taken=reports.article if reports is not None else None),
            sources=Sources(database),
            files=ReadFiles(database),
            database=database,
        )
    finally:
        await database.close()
