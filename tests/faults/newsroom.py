"""The newsroom's side of these tests: readers, an article for them, and the ledger at the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.core.audience import ChatKind, Subscriber
from bot.core.publication import Publication, PublicationKind, PublicationState
from bot.delivery.intake import Intake
from bot.errors import StoreUnavailable
from bot.samples import samples
from bot.sources.page import Page
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.ledger import Entry, Ledger
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers
from tests.faults.accepted import Comparison, compared
from tests.faults.processes import TOKEN, LocalTelegram, Processes, local_telegram_with
from tests.faults.programs import FIRST_READER

LOOK_EVERY = 0.1


def subscriber(chat_id: int, kind: ChatKind) -> Subscriber:
    return Subscriber(
        chat_id, kind, "id", subscribed=True, reachable=True, silent=False,
        sections=frozenset(), joined_at=datetime.now(UTC),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A database with readers, a local Telegram that knows them, and processes for both.

    ``readers`` are the chats, each of which is to get every publication.
    """

    database: Database
    telegram: LocalTelegram
    processes: Processes
    url: str
    readers: frozenset[int]

    async def publish(self, kind: PublicationKind, *, sample: int = 0) -> Publication:
        """Take one of the samples in, and announce it."""
        taken = samples()[sample]
        archive = Archive(self.database)
        intake = Intake(archive, now=lambda: datetime.now(UTC))
        stored = await intake.take(Page(taken.name, taken.text.encode(), taken.url), announce=False)
        assert stored is not None
        published = await archive.publish(stored.archived.id, kind=kind, now=datetime.now(UTC))
        assert published is not None
        publication = await Publications(self.database).one(published)
        assert publication is not None
        return publication

    async def is_done(self, publication: Publication) -> bool:
        try:
            found = await Publications(self.database).one(publication.id)
        except StoreUnavailable:
            return False
        return found is not None and found.state is PublicationState.DONE

    async def done(self, publication: Publication, *, within: float) -> None:
        """Wait until every delivery of ``publication`` is closed."""
        async with asyncio.timeout(within):
            while not await self.is_done(publication):
                await asyncio.sleep(LOOK_EVERY)

    async def entries(self, publication: Publication) -> list[Entry]:
        return [entry async for entry in Ledger(self.database).entries(publication.id)]

    async def comparison(self, publication: Publication) -> Comparison:
        """The ledger of ``publication`` beside Telegram's log; its title tells its messages."""
        title = publication.title
        assert title, "every text holds an empty one"
        accepted = [message for message in self.telegram.accepted.messages() if title in message.text]
        return compared(self.readers, await self.entries(publication), accepted)


@asynccontextmanager
async def newsroom(
    folder: Path,
    url: str,
    readers: int,
    *,
    groups: int = 0,
    **settings: str,
) -> AsyncIterator[Newsroom]:
    """So many readers and groups, all of whom want every article."""
    database = await Database.open(url)
    environment = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": url,
        "ARTICLES_DIR": str(folder / "articles"),
        "LOG_LEVEL": "INFO",
    }
    try:
        async with local_telegram_with(readers, folder / "accepted.jsonl", groups=groups) as telegram:
            chats = dict.fromkeys(range(FIRST_READER, FIRST_READER + readers), ChatKind.PRIVATE)
            chats |= dict.fromkeys(telegram.groups, ChatKind.GROUP)
            await Subscribers(database).import_many(subscriber(*chat) for chat in chats.items())
            processes = Processes(folder, environment | {"TELEGRAM_API_URL": telegram.address} | settings)
            try:
                yield Newsroom(database, telegram, processes, url, frozenset(chats))
            finally:
                await processes.end()
    finally:
        await database.close()
