"""The ledger's planning: what is sent, and writing down whom to. The single sends live in deliveries.py."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.database import Database
from bot.store.planning import AFTER_ALL, BEFORE_ALL, write_deliveries, write_publication
from bot.store.tables import (
    ACTIVE,
    ATTEMPTING,
    FRESH,
    OPEN,
    PUT_OFF,
    articles,
    deliveries,
    publications,
    subscribers,
)


class Publications:
    """Publications by id. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def announce(
        self, article_id: int, revision: int, *, kind: PublicationKind, priority: int, now: datetime
    ) -> int:
        """The publication of this revision in this kind, planned now if it was not before; its id."""
        async with self._database.writing() as connection:
            added = await write_publication(
                connection, article_id, revision, kind=kind, priority=priority, now=now
            )
            if added is not None:
                return added
            known = await connection.execute(
                select(publications.c.id).where(
                    publications.c.article_id == article_id,
                    publications.c.revision == revision,
                    publications.c.kind == kind,
                )
            )
            known_id: int = known.scalar_one()
            return known_id

    async def fill(self, publication_id: int, *, chunk: int, now: datetime) -> int:
        """Writes the deliveries of the next ``chunk`` active subscribers that want this section; how many.

        0 says that nobody is left and the publication runs. Each chunk is a transaction of its own and starts
        where the last committed one ended, so a kill costs nothing and repeats nothing.
        """
        while True:
            async with self._database.writing() as connection:
                written, left = await _fill(connection, publication_id, chunk, now)
            # A chunk in which nobody wants the section is not the end.
            if written or not left:
                return written

    async def planned(self) -> tuple[int, ...]:
        """The publications whose deliveries are not all written, in the order in which to do it."""
        async with self._database.reading() as connection:
            waiting = await connection.scalars(
                select(publications.c.id)
                .where(OPEN, publications.c.state == PublicationState.PLANNED)
                .order_by(publications.c.priority.desc(), publications.c.id)
            )
            return tuple(waiting)

    async def finish(self, *, now: datetime) -> tuple[int, ...]:
        """Closes the running publications of which no delivery is open; their ids."""
        # The first of each rather than EXISTS, for which PostgreSQL may read past all that is closed.
        first_open = (
            select(func.min(place)).where(condition, deliveries.c.publication_id == publications.c.id)
            for condition, place in (
                (FRESH, deliveries.c.id),
                (PUT_OFF, deliveries.c.due_at),
                (ATTEMPTING, deliveries.c.id),
            )
        )
        none_open = (first.scalar_subquery().is_(None) for first in first_open)
        async with self._database.writing() as connection:
            finished = await connection.scalars(
                update(publications)
                .where(OPEN, publications.c.state == PublicationState.RUNNING, *none_open)
                .values(state=PublicationState.DONE, finished_at=now)
                .returning(publications.c.id)
            )
            return tuple(sorted(finished))

    async def progress(self, publication_id: int) -> Mapping[DeliveryState, int]:
        """How many deliveries stand in each state; every state is named."""
        counted = (
            select(deliveries.c.state, func.count())
            .where(deliveries.c.publication_id == publication_id)
            .group_by(deliveries.c.state)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(counted)).all()
        return dict.fromkeys(DeliveryState, 0) | {row[0]: row[1] for row in found}


async def _fill(
    connection: AsyncConnection, publication_id: int, chunk: int, now: datetime
) -> tuple[int, bool]:
    """Plans one chunk; the rows written, and whether somebody may be left."""
    waiting = (await connection.execute(_NEXT, {"publication_id": publication_id})).one_or_none()
    if waiting is None:
        return 0, False
    after = BEFORE_ALL if waiting.planned_to is None else waiting.planned_to
    last = await connection.scalar(_LAST_OF_CHUNK, {"after": after, "before": chunk - 1})
    written = await write_deliveries(
        connection, publication_id, waiting.section, after=after, upto=AFTER_ALL if last is None else last
    )
    reached = (
        {"state": PublicationState.RUNNING, "planned_to": AFTER_ALL, "planned_at": now}
        if last is None
        else {"planned_to": last}
    )
    await connection.execute(update(publications).where(publications.c.id == publication_id).values(reached))
    return written, last is not None


# On PostgreSQL the row's lock lets one process at a time plan it.
_NEXT = (
    select(publications.c.planned_to, articles.c.section)
    .join(articles, articles.c.id == publications.c.article_id)
    .where(publications.c.id == bindparam("publication_id"), publications.c.state == PublicationState.PLANNED)
    .with_for_update(of=publications)
)

_LAST_OF_CHUNK = (
    select(subscribers.c.chat_id)
    .where(ACTIVE, subscribers.c.chat_id > bindparam("after"))
    .order_by(subscribers.c.chat_id)
    .offset(bindparam("before"))
    .limit(1)
)
