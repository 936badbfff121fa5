"""The whole ledger over one database, with the steps that its tests take again and again."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select, update

from bot.core.outcome import Outcome
from bot.core.publication import AT_LEAST_ONCE, DueDelivery, PublicationKind, PublicationState
from bot.store.archive import Archive
from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.ledger import Ledger as Book
from bot.store.ledger_tables import deliveries, publications
from bot.store.publications import Filling, Publications
from bot.store.reader_tables import subscribers
from bot.store.subscribers import Subscribers
from bot.store.workers import Workers
from tests.store.samples import NOTHING_FOUND, NOW, article, reader, seconds_later


class Ledger:
    """Archive, subscribers, publications and deliveries of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.archive = Archive(database)
        self.subscribers = Subscribers(database)
        self.publications = Publications(database)
        self.claims = Claims(database)
        self.deliveries = Deliveries(database)
        self.workers = Workers(database)
        self.book = Book(database)
        self._worker_id: int | None = None

    async def worker(self) -> int:
        """The worker who does what follows; one whose lease lasts."""
        if self._worker_id is None:
            self._worker_id = await self.workers.enlist("test", lease=3600, alone=False)
        return self._worker_id

    async def die(self, *, again: frozenset[PublicationKind] = AT_LEAST_ONCE, after: float = 0) -> int:
        """The worker is no more and its lease is over; how many deliveries are taken back."""
        await self.workers.renew(await self.worker(), lease=-1)
        self._worker_id = None
        return await self.workers.rescue(again=again, now=seconds_later(after))

    async def end(
        self, *, again: frozenset[PublicationKind] = frozenset(PublicationKind), after: float = 0
    ) -> None:
        """The worker ends of its own accord, and gives back what it has in hand."""
        await self.workers.dismiss(await self.worker(), again=again, now=seconds_later(after))
        self._worker_id = None

    async def join(self, chat_ids: Iterable[int]) -> None:
        await self.subscribers.import_many(reader(chat_id) for chat_id in chat_ids)

    async def announce(
        self,
        title: str = "Kapal Feri Kembali Berlayar",
        *,
        section: str | None = "nasional",
        kind: PublicationKind = PublicationKind.REGULAR,
    ) -> int:
        stored = await self.archive.store(article(title, section=section), NOTHING_FOUND, now=NOW)
        held = stored.archived
        return await self.publications.announce(held.id, held.revision, kind=kind, now=NOW)

    async def fill(self, publication_id: int, *, chunk: int = 100) -> int:
        """Plans to the end, or until it has to wait; how many deliveries there are then."""
        while await self.publications.fill(publication_id, chunk=chunk, now=NOW) is Filling.MORE:
            pass
        return len(await self.recipients(publication_id))

    async def publish(self, chat_ids: Iterable[int]) -> int:
        """Lets these chats join and plans one article for all who joined; the publication."""
        await self.join(chat_ids)
        publication_id = await self.announce()
        await self.fill(publication_id)
        return publication_id

    async def claim(self, *, limit: int = 100, after: float = 0) -> tuple[DueDelivery, ...]:
        """What is due, most urgent first, now in the worker's hands."""
        claimed: list[DueDelivery] = []
        for publication in await self.claims.open():
            claimed += await self.claims.claim(
                publication,
                worker_id=await self.worker(),
                limit=limit - len(claimed),
                now=seconds_later(after),
            )
            if len(claimed) >= limit:
                break
        return tuple(claimed)

    async def attempt(self, delivery_id: int, *, after: float = 0) -> bool:
        """The worker begins to send."""
        return await self.deliveries.attempt(
            delivery_id, worker_id=await self.worker(), now=seconds_later(after)
        )

    async def close(self, delivery_id: int, outcome: Outcome, *, after: float = 0) -> None:
        """The worker has its answer."""
        await self.deliveries.close(
            delivery_id, outcome, worker_id=await self.worker(), now=seconds_later(after)
        )

    async def take(self, *, limit: int = 100, after: float = 0) -> tuple[DueDelivery, ...]:
        """What is due, taken for sending; no chat has to rest from an earlier one."""
        taken = await self.claim(limit=limit, after=after)
        for delivery in taken:
            # They rest by the database's clock, which does not follow the tests'.
            async with self.database.writing() as connection:
                await connection.execute(update(subscribers).values(rests_until=None))
            assert await self.attempt(delivery.id, after=after)
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
