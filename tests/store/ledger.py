"""The whole ledger over one database, with the steps that its tests take again and again."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from bot.core.publication import DueDelivery, Priority, PublicationKind, PublicationState
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers
from bot.store.tables import deliveries, publications
from tests.store.samples import NOTHING_FOUND, NOW, article, reader, seconds_later


class Ledger:
    """Archive, subscribers, publications and deliveries of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.archive = Archive(database)
        self.subscribers = Subscribers(database)
        self.publications = Publications(database)
        self.deliveries = Deliveries(database)

    async def join(self, chat_ids: Iterable[int]) -> None:
        await self.subscribers.import_many(reader(chat_id) for chat_id in chat_ids)

    async def announce(
        self,
        title: str = "Kapal Feri Kembali Berlayar",
        *,
        section: str | None = "nasional",
        kind: PublicationKind = PublicationKind.REGULAR,
        priority: int = Priority.REGULAR,
    ) -> int:
        stored = await self.archive.store(article(title, section=section), NOTHING_FOUND, now=NOW)
        held = stored.archived
        return await self.publications.announce(held.id, held.revision, kind=kind, priority=priority, now=NOW)

    async def fill(self, publication_id: int, *, chunk: int = 100) -> int:
        written = 0
        while wrote := await self.publications.fill(publication_id, chunk=chunk, now=NOW):
            written += wrote
        return written

    async def publish(self, chat_ids: Iterable[int]) -> int:
        """Lets these chats join and plans one article for all who joined; the publication."""
        await self.join(chat_ids)
        publication_id = await self.announce()
        await self.fill(publication_id)
        return publication_id

    async def due(self, *, limit: int = 100, after: float = 0) -> tuple[DueDelivery, ...]:
        return await self.deliveries.due(now=seconds_later(after), limit=limit)

    async def take(self, *, limit: int = 100, after: float = 0) -> tuple[DueDelivery, ...]:
        """What is due, taken for sending."""
        taken = await self.due(limit=limit, after=after)
        for delivery in taken:
            assert await self.deliveries.attempt(delivery.id, now=seconds_later(after))
        return taken

    async def recipients(self, publication_id: int) -> list[int]:
        """The chats of a publication in the order of its rows."""
        return [row["chat_id"] for row in await self.rows() if row["publication_id"] == publication_id]

    async def rows(self) -> list[Mapping[str, Any]]:
        """Every delivery as it stands in the table."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(deliveries).order_by(deliveries.c.id))
            return [dict(row) for row in found.mappings()]

    async def state(self, publication_id: int) -> PublicationState:
        async with self.database.reading() as connection:
            asked = select(publications.c.state).where(publications.c.id == publication_id)
            state: PublicationState = (await connection.execute(asked)).scalar_one()
            return state
