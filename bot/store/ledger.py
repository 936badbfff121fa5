"""The ledger for people: who got an article, who did not and why; trying those again; clearing old rows."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, or_, select, update

from bot.core.publication import CHANGES, DeliveryState, Publication, PublicationKind, PublicationState
from bot.store.article_tables import articles
from bot.store.database import Database
from bot.store.ledger_tables import OPEN, deliveries, publications
from bot.store.publications import WHOLE
from bot.store.reader_tables import subscribers

_CHUNK = 2000
"""Rows read or deleted at once, so that nobody waits long for the lock and memory stays small."""

NOT_SENT = (DeliveryState.UNKNOWN, DeliveryState.GONE, DeliveryState.REFUSED)
"""How a delivery ends without Telegram's word that it was taken."""

_OVER = (PublicationState.DONE, PublicationState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger: what became of one publication at one recipient; times are aware, in UTC."""

    publication_id: int
    chat_id: int
    state: DeliveryState
    attempts: int
    attempted_at: datetime | None
    finished_at: datetime | None
    due_at: datetime | None
    message_id: int | None
    cause: str | None


class Ledger:
    """What was sent, by article. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def publications(self, article_id: int) -> tuple[Publication, ...]:
        """Every publication of the article, oldest first."""
        mine = WHOLE.where(publications.c.article_id == article_id).order_by(publications.c.id)
        async with self._database.reading() as connection:
            return tuple(Publication(*row) for row in await connection.execute(mine))

    async def entries(
        self, publication_id: int, *, states: Sequence[DeliveryState] = tuple(DeliveryState)
    ) -> AsyncIterator[Entry]:
        """The rows of a publication in one of ``states``, by recipient, read in chunks."""
        last = None
        while True:
            page = _ENTRIES.where(
                deliveries.c.publication_id == publication_id,
                deliveries.c.state.in_(states),
                *(() if last is None else (deliveries.c.chat_id > last,)),
            )
            async with self._database.reading() as connection:
                rows = (await connection.execute(page.limit(_CHUNK))).all()
            for row in rows:
                yield Entry(*row)
            if len(rows) < _CHUNK:
                return
            last = rows[-1].chat_id

    async def retry(self, publication_id: int) -> int:
        """Makes every delivery that ended without being sent due again, if its chat still wants it; how many.

        What was done runs again. Nothing is tried of what was cancelled, or what became of the article since
        has made needless: a newer revision, its retraction, its return. Nobody is sent to who has the article
        by another publication of it.
        """
        async with self._database.writing() as connection:
            # Held first: whoever closes the publication meanwhile waits, and then finds these open.
            one = (await connection.execute(_HELD, {"publication": publication_id})).one_or_none()
            if one is None or not _is_of_use(one):
                return 0
            wants = [subscribers.c.chat_id == deliveries.c.chat_id, subscribers.c.reachable]
            if one.kind not in CHANGES:
                wants.append(subscribers.c.subscribed)
            again = await connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.publication_id == publication_id,
                    deliveries.c.state.in_(NOT_SENT),
                    select(subscribers.c.chat_id).where(*wants).exists(),
                    *(() if one.kind in CHANGES else (~_HAS_IT_OTHERWISE,)),
                )
                .values(
                    state=DeliveryState.PENDING,
                    unknowns=0,
                    due_at=None,
                    finished_at=None,
                    killed_at=None,
                    cause=None,
                ),
                {} if one.kind in CHANGES else {"article": one.article_id, "publication": publication_id},
            )
            if again.rowcount and one.state is PublicationState.DONE:
                await connection.execute(
                    update(publications)
                    .where(publications.c.id == publication_id)
                    .values(state=PublicationState.RUNNING, finished_at=None)
                )
            return again.rowcount

    async def clear(self, *, before: datetime) -> int:
        """Deletes some rows of publications that ended ``before``, at most a chunk; 0 when none are left.

        A publication goes with its last row. What is cleared can no longer be corrected in place.
        """
        old = select(publications.c.id).where(
            publications.c.finished_at < before, publications.c.state.in_(_OVER)
        )
        async with self._database.reading() as connection:
            publication_id = await connection.scalar(old.order_by(publications.c.id).limit(1))
        if publication_id is None:
            return 0
        rows = select(deliveries.c.id).where(deliveries.c.publication_id == publication_id).limit(_CHUNK)
        async with self._database.writing() as connection:
            cleared = await connection.execute(delete(deliveries).where(deliveries.c.id.in_(rows)))
            if cleared.rowcount < _CHUNK:
                await connection.execute(
                    delete(publications).where(publications.c.id == publication_id, ~OPEN)
                )
            return max(cleared.rowcount, 1)


_HELD = (
    select(
        publications.c.kind,
        publications.c.state,
        publications.c.article_id,
        publications.c.revision,
        articles.c.revision.label("newest"),
        articles.c.retracted_at,
    )
    .outerjoin(articles, articles.c.id == publications.c.article_id)
    .where(publications.c.id == bindparam("publication"))
    .with_for_update(of=publications)
)

_other, _sibling = deliveries.alias(), publications.alias()

_HAS_IT_OTHERWISE = (
    select(_other.c.id)
    .join(_sibling, _sibling.c.id == _other.c.publication_id)
    .where(
        _sibling.c.article_id == bindparam("article"),
        _sibling.c.id != bindparam("publication"),
        _sibling.c.kind.not_in(CHANGES),
        _other.c.chat_id == deliveries.c.chat_id,
        or_(
            _other.c.state.in_([DeliveryState.SENT, DeliveryState.UNKNOWN]),
            and_(_other.c.state.not_in(NOT_SENT), _sibling.c.state.not_in(_OVER)),
        ),
    )
    .exists()
)


def _is_of_use(one: Row[*tuple[Any, ...]]) -> bool:
    """Whether what the publication says of its article still holds."""
    if one.state is PublicationState.CANCELLED:
        return False
    if one.article_id is None:
        return True
    if one.kind is PublicationKind.RETRACTION:
        return one.retracted_at is not None
    if one.kind is PublicationKind.CORRECTION and one.revision != one.newest:
        return False
    return one.retracted_at is None


_ENTRIES: Select[Any] = select(
    deliveries.c.publication_id,
    deliveries.c.chat_id,
    deliveries.c.state,
    deliveries.c.attempts,
    deliveries.c.attempted_at,
    deliveries.c.finished_at,
    deliveries.c.due_at,
    deliveries.c.message_id,
    deliveries.c.cause,
).order_by(deliveries.c.chat_id)
