"""Publications: announcing, writing down whom to send to, pausing, ending. Nothing is sent here."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.digest_time import slot_named
from bot.core.publication import DeliveryState, Publication, PublicationKind, PublicationState
from bot.store.announcing import write_publication
from bot.store.article_tables import article_revisions, articles
from bot.store.database import Database
from bot.store.doubt import leave_in_doubt
from bot.store.followed import wanted_keys
from bot.store.ledger_tables import FRESH, IN_HAND, OPEN, PUT_OFF, deliveries, publications
from bot.store.planning import AFTER_ALL, BEFORE_ALL, write_deliveries, write_digest
from bot.store.reader_tables import subscribers
from bot.store.wanting import Plan, Range


class Filling(Enum):
    """What is left of writing down a publication's recipients."""

    MORE = auto()
    WAITS = auto()
    """An older revision is being sent this moment; whoever gets it is to be written down too."""
    COMPLETE = auto()


class Publications:
    """Publications by id. Every method may raise StoreUnavailable.

    Those that change the state of one give it back as it is then, or None when there is no such publication.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def announce(
        self,
        article_id: int,
        revision: int,
        *,
        kind: PublicationKind,
        now: datetime,
        held: str | None = None,
    ) -> int:
        """The publication of this revision in this kind, announced now if it was not before; its id.

        With ``held``, the reason, it waits until it is resumed.
        """
        async with self._database.writing() as connection:
            added = await write_publication(connection, article_id, revision, kind=kind, now=now, held=held)
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

    async def fill(self, publication_id: int, *, chunk: int, now: datetime) -> Filling:
        """Writes the deliveries of the next ``chunk`` subscribers that are to get it.

        Each chunk is a transaction of its own and starts where the last committed one ended, so a kill costs
        nothing and repeats nothing.
        """
        async with self._database.writing() as connection:
            return await _fill(connection, publication_id, chunk, now)

    async def planned(self) -> tuple[int, ...]:
        """The publications whose deliveries are not all written, in the order in which to do it."""
        async with self._database.reading() as connection:
            waiting = await connection.scalars(
                select(publications.c.id)
                .where(OPEN, publications.c.state == PublicationState.APPROVED)
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
                (IN_HAND, deliveries.c.id),
            )
        )
        none_open = [first.scalar_subquery().is_(None) for first in first_open]
        ready = select(publications.c.id).where(
            OPEN, publications.c.state == PublicationState.RUNNING, *none_open
        )
        async with self._database.reading() as connection:
            # Looked at first: most of the time there is nothing to close, and a look takes no lock.
            if await connection.scalar(ready.limit(1)) is None:
                return ()
        async with self._database.writing() as connection:
            # Locked, then looked at again: what is tried again meanwhile must not end up in what is done.
            locked = list(await connection.scalars(ready.with_for_update(of=publications)))
            finished = await connection.scalars(
                update(publications)
                .where(publications.c.id.in_(locked), *none_open)
                .values(state=PublicationState.DONE, finished_at=now)
                .returning(publications.c.id)
            )
            return tuple(sorted(finished))

    async def pause(self, publication_id: int, *, cause: str) -> Publication | None:
        """Sends no more of it until it is resumed; what has ended stays as it is."""
        return await self._change(
            publication_id,
            {"state": PublicationState.PAUSED, "cause": cause},
            of=(PublicationState.PLANNED, PublicationState.APPROVED, PublicationState.RUNNING),
        )

    async def resume(self, publication_id: int) -> Publication | None:
        """Goes on where it was paused, or begins what waited for the newsroom's word."""
        where_it_was = case(
            (publications.c.planned_at.is_(None), PublicationState.APPROVED), else_=PublicationState.RUNNING
        )
        return await self._change(
            publication_id,
            {"state": where_it_was, "cause": None},
            of=(PublicationState.PLANNED, PublicationState.PAUSED),
        )

    async def cancel(self, publication_id: int, *, cause: str, now: datetime) -> Publication | None:
        """Ends it: what is not sent yet stays unsent, and what may have arrived is unknown from then on."""
        async with self._database.writing() as connection:
            ended = await connection.scalars(
                update(publications)
                .where(publications.c.id == publication_id, publications.c.state.not_in(_OVER))
                .values(state=PublicationState.CANCELLED, cause=cause, finished_at=now)
                .returning(publications.c.id)
            )
            await leave_in_doubt(connection, list(ended), now=now)
            return await _one(connection, publication_id)

    async def one(self, publication_id: int) -> Publication | None:
        """The publication; None when there is none of this id."""
        async with self._database.reading() as connection:
            return await _one(connection, publication_id)

    async def newest(self, *, limit: int) -> tuple[Publication, ...]:
        """At most ``limit``: what is not over, most urgent first, then what ended last."""
        open_first = case((publications.c.state.in_([*_OVER]), 1), else_=0)
        order = (open_first, case((open_first == 0, -publications.c.priority), else_=0))
        async with self._database.reading() as connection:
            rows = await connection.execute(WHOLE.order_by(*order, publications.c.id.desc()).limit(limit))
            return tuple(Publication(*row) for row in rows)

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

    async def _change(
        self, publication_id: int, values: Mapping[str, object], *, of: tuple[PublicationState, ...]
    ) -> Publication | None:
        async with self._database.writing() as connection:
            await connection.execute(
                update(publications)
                .where(publications.c.id == publication_id, publications.c.state.in_(of))
                .values(values)
            )
            return await _one(connection, publication_id)


_OVER = (PublicationState.DONE, PublicationState.CANCELLED)

WHOLE: Select[Any] = select(
    publications.c.id,
    publications.c.kind,
    publications.c.state,
    publications.c.article_id,
    publications.c.revision,
    publications.c.cause,
    publications.c.announced_at,
    publications.c.planned_at,
    publications.c.finished_at,
    articles.c.title,
).outerjoin(articles, articles.c.id == publications.c.article_id)


async def _one(connection: AsyncConnection, publication_id: int) -> Publication | None:
    row = (await connection.execute(WHOLE.where(publications.c.id == publication_id))).one_or_none()
    return None if row is None else Publication(*row)


async def _fill(connection: AsyncConnection, publication_id: int, chunk: int, now: datetime) -> Filling:
    waiting = (await connection.execute(_NEXT, {"publication_id": publication_id})).one_or_none()
    if waiting is None:
        return Filling.COMPLETE
    if waiting.planned_to is None and await connection.scalar(_UNSETTLED, {"publication_id": publication_id}):
        return Filling.WAITS
    after = BEFORE_ALL if waiting.planned_to is None else waiting.planned_to
    last = await connection.scalar(_LAST_OF_CHUNK, {"after": after, "before": chunk - 1})
    chats = Range(after, AFTER_ALL if last is None else last)
    if waiting.edition is not None:
        await write_digest(connection, publication_id, slot_named(waiting.edition), chats, now=now)
    else:
        keys = await wanted_keys(connection, waiting.document)
        plan = Plan(publication_id, waiting.kind, waiting.article_id, waiting.section, keys)
        await write_deliveries(connection, plan, chats, now=now)
    reached = (
        {"state": PublicationState.RUNNING, "planned_to": AFTER_ALL, "planned_at": now}
        if last is None
        else {"planned_to": last}
    )
    await connection.execute(update(publications).where(publications.c.id == publication_id).values(reached))
    return Filling.COMPLETE if last is None else Filling.MORE


# On PostgreSQL the row's lock lets one process at a time plan it.
_NEXT = (
    select(
        publications.c.planned_to,
        publications.c.kind,
        publications.c.article_id,
        publications.c.edition,
        articles.c.section,
        article_revisions.c.document,
    )
    .outerjoin(articles, articles.c.id == publications.c.article_id)
    .outerjoin(
        article_revisions,
        and_(
            article_revisions.c.article_id == articles.c.id,
            article_revisions.c.revision == articles.c.revision,
        ),
    )
    .where(
        publications.c.id == bindparam("publication_id"), publications.c.state == PublicationState.APPROVED
    )
    .with_for_update(of=publications)
)

_earlier = publications.alias()

# Claimed before this publication was announced: an older revision, or of a publication that it ended.
_UNSETTLED = (
    select(deliveries.c.id)
    .join(_earlier, _earlier.c.id == deliveries.c.publication_id)
    .join(
        publications,
        (publications.c.article_id == _earlier.c.article_id) & (publications.c.id != _earlier.c.id),
    )
    .where(
        publications.c.id == bindparam("publication_id"),
        IN_HAND,
        or_(
            _earlier.c.state == PublicationState.CANCELLED,
            func.coalesce(deliveries.c.revision, 1) < publications.c.revision,
        ),
    )
    .limit(1)
)

_LAST_OF_CHUNK = (
    select(subscribers.c.chat_id)
    .where(subscribers.c.chat_id > bindparam("after"))
    .order_by(subscribers.c.chat_id)
    .offset(bindparam("before"))
    .limit(1)
)
