"""Digests in the database: the clock that says which were looked after, and what a reader's is made of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Quotation
from bot.core.digest import Candidate, DigestReader, quotation_of_the_day
from bot.core.digest_time import edition_of, slot_named
from bot.core.publication import DeliveryState, PublicationKind, PublicationState, priority_of
from bot.store.article_tables import (
    SHOWN,
    article_openings,
    article_revisions,
    article_stories,
    articles,
    quotations,
)
from bot.store.columns import Moment
from bot.store.database import Database
from bot.store.documents import read_article
from bot.store.doubt import leave_in_doubt
from bot.store.followed import keys_of
from bot.store.ledger_tables import deliveries, publications
from bot.store.reader_tables import (
    digest_clock,
    muted_stories,
    subscriber_keywords,
    subscriber_sections,
    subscribers,
)
from bot.store.subscriber_rows import preferences_of
from bot.store.upsert import upsert
from bot.store.wanting import digest_hours, digest_readers

MOST_CANDIDATES = 300
"""Articles that a digest is chosen from, the newest of its time."""


class Digests:
    """Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen_to(self, *, now: datetime) -> datetime:
        """The slot up to which digests were looked after; before the first look it is ``now``."""
        async with self._database.reading() as connection:
            seen: datetime | None = await connection.scalar(select(digest_clock.c.seen_to))
        if seen is not None:
            return seen
        await self._set(now)
        return now

    async def pass_over(self, upto: datetime) -> None:
        """Looks after no slot up to ``upto`` any more."""
        await self._set(upto)

    async def announce(self, slot: datetime, *, now: datetime) -> int | None:
        """Announces the digest of ``slot`` and notes the slot as looked after; the publication.

        None when it is nobody's, or was announced before.
        """
        async with self._database.writing() as connection:
            await _note(connection, slot)
            if not await _count(connection, slot, now, most=1):
                return None
            added: int | None = await connection.scalar(
                upsert(connection.dialect.name, publications)
                .values(
                    edition=edition_of(slot),
                    kind=PublicationKind.DIGEST,
                    priority=priority_of(PublicationKind.DIGEST),
                    state=PublicationState.APPROVED,
                    announced_at=now,
                )
                .on_conflict_do_nothing(index_elements=["edition"])
                .returning(publications.c.id)
            )
            return added

    async def readers(self, slot: datetime, *, now: datetime) -> int:
        """How many readers' digest is that of ``slot``."""
        async with self._database.reading() as connection:
            return await _count(connection, slot, now, most=None)

    async def end_late(self, before: datetime, *, now: datetime) -> Mapping[datetime, int]:
        """Ends the digests of slots before ``before``, by less than a week, that are still being sent.

        The slots whose digest somebody has not got, and how many readers have not.
        """
        asked = {"before": edition_of(before), "after": edition_of(before - _A_WEEK)}
        async with self._database.reading() as connection:
            if await connection.scalar(_STILL_SENT, asked) is None:
                return {}
        late: dict[datetime, int] = {}
        async with self._database.writing() as connection:
            for row in (await connection.execute(_STILL_SENT, asked)).all():
                slot = slot_named(row.edition)
                if unsent := await _unsent(connection, row, slot, now):
                    late[slot] = unsent
                ended = {"state": PublicationState.CANCELLED, "cause": "too late", "finished_at": now}
                await connection.execute(
                    update(publications).where(publications.c.id == row.id).values(ended)
                )
                await leave_in_doubt(connection, [row.id], now=now)
        return late

    async def candidates(self, since: datetime, upto: datetime) -> tuple[Candidate, ...]:
        """The articles that were announced with ``since < announced_at <= upto``, the newest first."""
        async with self._database.reading() as connection:
            rows = (
                await connection.execute(
                    _CANDIDATES, {"since": since, "upto": upto, "most": MOST_CANDIDATES, "day": since.date()}
                )
            ).all()
            said = await connection.execute(_SAID, {"ids": [row.id for row in rows]})
        quoted: dict[int, list[Quotation]] = {}
        for row in said:
            quoted.setdefault(row.article_id, []).append(
                Quotation(row.text, row.speaker, row.role, row.cue, row.paragraph)
            )
        return tuple(_candidate(row, quoted.get(row.id, [])) for row in rows)

    async def reader(self, chat_id: int, *, since: datetime) -> DigestReader | None:
        """What the digest of the chat depends on; None when the chat wants none.

        Of what was sent to it only that counts which was announced after ``since``, of digests too.
        """
        async with self._database.reading() as connection:
            row = (
                await connection.execute(select(subscribers).where(subscribers.c.chat_id == chat_id))
            ).one_or_none()
            if row is None or not row.digest:
                return None
            asked = {"chat_id": chat_id, "since": since, "from_edition": edition_of(since)}
            words = (await connection.execute(_KEYWORDS, asked)).all()
            last = await connection.scalar(_LAST, asked)
            return DigestReader(
                language=row.language,
                preferences=preferences_of(row),
                sections=frozenset(await connection.scalars(_SECTIONS, asked)),
                followed=frozenset(word.key for word in words if not word.muted),
                muted=frozenset(word.key for word in words if word.muted),
                muted_stories=frozenset(await connection.scalars(_MUTED_STORIES, asked)),
                had=frozenset(await connection.scalars(_HAD, asked)),
                last=None if last is None else slot_named(last),
            )

    async def _set(self, seen_to: datetime) -> None:
        async with self._database.writing() as connection:
            await _note(connection, seen_to)


async def _note(connection: AsyncConnection, seen_to: datetime) -> None:
    await connection.execute(
        upsert(connection.dialect.name, digest_clock)
        .values(id=1, seen_to=seen_to)
        .on_conflict_do_update(index_elements=["id"], set_={"seen_to": seen_to})
    )


async def _count(connection: AsyncConnection, slot: datetime, now: datetime, *, most: int | None) -> int:
    due = await digest_hours(connection, slot)
    if not due:
        return 0
    found = digest_readers(due).limit(most).subquery()
    return await connection.scalar(select(func.count()).select_from(found), {"now": now}) or 0


async def _unsent(
    connection: AsyncConnection, row: Row[*tuple[Any, ...]], slot: datetime, now: datetime
) -> int:
    """To how many the digest of ``slot`` was not sent, those who are not written down yet included."""
    waiting = await connection.scalar(_WAITING, {"publication": row.id}) or 0
    due = await digest_hours(connection, slot) if row.planned_at is None else []
    if not due:
        return waiting
    behind = digest_readers(due)
    if row.planned_to is not None:
        behind = behind.where(subscribers.c.chat_id > row.planned_to)
    counted = select(func.count()).select_from(behind.subquery())
    return waiting + (await connection.scalar(counted, {"now": now}) or 0)


def _candidate(row: Row[*tuple[Any, ...]], quoted: list[Quotation]) -> Candidate:
    article = read_article(row.document)
    return Candidate(
        article_id=row.id,
        story_id=row.story_id,
        title=row.title,
        section=row.section,
        url=article.url,
        announced_at=row.announced_at,
        breaking=bool(row.breaking),
        opened=row.opened or 0,
        keys=keys_of(article),
        quotation=quotation_of_the_day(quoted),
    )


_NEWS = (PublicationKind.REGULAR, PublicationKind.BREAKING)

_announced = (
    select(
        publications.c.article_id,
        func.max(publications.c.announced_at, type_=Moment).label("announced_at"),
        func.max((publications.c.kind == PublicationKind.BREAKING).cast(publications.c.priority.type)).label(
            "breaking"
        ),
    )
    .where(
        publications.c.announced_at > bindparam("since", type_=Moment),
        publications.c.announced_at <= bindparam("upto", type_=Moment),
        publications.c.kind.in_(_NEWS),
        publications.c.state.not_in([PublicationState.PLANNED]),
    )
    .group_by(publications.c.article_id)
    .subquery()
)

_opened = (
    select(func.sum(article_openings.c.count))
    .where(article_openings.c.article_id == articles.c.id, article_openings.c.day >= bindparam("day"))
    .scalar_subquery()
)

_CANDIDATES = (
    select(
        articles.c.id,
        article_stories.c.story_id,
        articles.c.title,
        articles.c.section,
        article_revisions.c.document,
        _announced.c.announced_at,
        _announced.c.breaking,
        _opened.label("opened"),
    )
    .join_from(_announced, articles, articles.c.id == _announced.c.article_id)
    .join(article_stories, article_stories.c.article_id == articles.c.id)
    .join(
        article_revisions,
        and_(
            article_revisions.c.article_id == articles.c.id,
            article_revisions.c.revision == articles.c.revision,
        ),
    )
    .where(SHOWN)
    .order_by(_announced.c.announced_at.desc(), articles.c.id.desc())
    .limit(bindparam("most"))
)

_SAID = (
    select(quotations)
    .join(
        articles, and_(articles.c.id == quotations.c.article_id, articles.c.revision == quotations.c.revision)
    )
    .where(quotations.c.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(quotations.c.article_id, quotations.c.position)
)

_STILL_SENT = select(
    publications.c.id, publications.c.edition, publications.c.planned_to, publications.c.planned_at
).where(
    publications.c.kind == PublicationKind.DIGEST,
    publications.c.state.in_([PublicationState.APPROVED, PublicationState.RUNNING, PublicationState.PAUSED]),
    publications.c.edition < bindparam("before"),
    # Looked up every second, so not among those of all times.
    publications.c.edition > bindparam("after"),
)

_A_WEEK = timedelta(days=7)

_WAITING = select(func.count()).where(
    deliveries.c.publication_id == bindparam("publication"), deliveries.c.state == DeliveryState.PENDING
)

# An edition's name sorts as its time does: the newest is looked up first, and mostly it is the one.
_LAST = (
    select(publications.c.edition)
    .join(
        deliveries,
        and_(deliveries.c.publication_id == publications.c.id, deliveries.c.chat_id == bindparam("chat_id")),
    )
    .where(
        publications.c.edition > bindparam("from_edition"),
        deliveries.c.state.in_([DeliveryState.SENT, DeliveryState.UNKNOWN]),
    )
    .order_by(publications.c.edition.desc())
    .limit(1)
)

_KEYWORDS = select(subscriber_keywords.c.key, subscriber_keywords.c.muted).where(
    subscriber_keywords.c.chat_id == bindparam("chat_id")
)
_SECTIONS = select(subscriber_sections.c.section).where(subscriber_sections.c.chat_id == bindparam("chat_id"))
_MUTED_STORIES = select(muted_stories.c.story_id).where(muted_stories.c.chat_id == bindparam("chat_id"))

# Through the publications of the time, each looked up with the chat in the ledger's index.
_HAD = (
    select(article_stories.c.story_id)
    .distinct()
    .join_from(publications, article_stories, article_stories.c.article_id == publications.c.article_id)
    .join(
        deliveries,
        and_(deliveries.c.publication_id == publications.c.id, deliveries.c.chat_id == bindparam("chat_id")),
    )
    .where(
        publications.c.announced_at > bindparam("since", type_=Moment),
        publications.c.kind.in_(_NEWS),
        deliveries.c.state.not_in([DeliveryState.GONE, DeliveryState.REFUSED, DeliveryState.NOTHING]),
    )
)
