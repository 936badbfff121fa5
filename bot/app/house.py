"""The part of the house that needs no Telegram: database, archive, ledger, and the intake over them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.config import Settings
from bot.delivery.intake import Intake
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers

Clock = Callable[[], datetime]
"""Gives the time, aware, in UTC."""


def wall_clock() -> datetime:
    """The time of the machine: the only clock in the house."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """The rooms over one open database."""

    archive: Archive
    subscribers: Subscribers
    publications: Publications
    deliveries: Deliveries
    intake: Intake


@asynccontextmanager
async def open_house(settings: Settings, *, now: Clock = wall_clock) -> AsyncIterator[House]:
    """Open the database of ``settings``, brought up to date, and close it at the end."""
    database = await Database.open(settings.database_url.get_secret_value())
    try:
        archive = Archive(database)
        yield House(
            archive=archive,
            subscribers=Subscribers(database),
            publications=Publications(database),
            deliveries=Deliveries(database),
            intake=Intake(archive, now=now),
        )
    finally:
        await database.close()
