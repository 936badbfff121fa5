"""Writing down that something is published, and to whom. Nothing is sent here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    column,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    text,
    true,
    type_coerce,
    update,
    values,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.digest_time import due_in
from bot.core.preferences import Quiet, zone_of
from bot.core.publication import CHANGES, DeliveryState, PublicationKind, PublicationState, priority_of
from bot.core.quiet import midnight, quiet_until
from bot.store.tables import (
    ACTIVE,
    OPEN,
    Moment,
    Printed,
    article_stories,
    deliveries,
    muted_stories,
    publications,
    subscriber_keywords,
    subscriber_sections,
    subscribers,
)
from bot.store.upsert import upsert

BEFORE_ALL = -(2**63)
"""Below every chat id. Channels come first: theirs are the lowest (Bot API: -100 and ten digits or more)."""

AFTER_ALL = 2**63 - 1


async def write_publication(
    connection: AsyncConnection,
    article_id: int,
    revision: int,
    *,
    kind: PublicationKind,
    now: datetime,
    held: str | None = None,
) -> int | None:
    """Announces this revision in this kind; its id, or None when that was done before.

    With ``held``, the reason, it waits for the newsroom's word. What the new publication makes needless ends:
    an urgent one replaces the regular one, a correction earlier ones, a retraction all; what is sent again is
    no longer taken back.
    """
    added: int | None = await connection.scalar(
        upsert(connection.dialect.name, publications)
        .values(
            article_id=article_id,
            revision=revision,
            kind=kind,
            priority=priority_of(kind),
            state=PublicationState.PLANNED if held else PublicationState.APPROVED,
            cause=held,
            announced_at=now,
        )
        .on_conflict_do_nothing(index_elements=["article_id", "revision", "kind"])
        .returning(publications.c.id)
    )
    if added is not None:
        await _end_replaced(connection, article_id, added, kind, now)
    return added


async def announce_again(
    connection: AsyncConnection, article_id: int, revision: int, *, kind: PublicationKind, now: datetime
) -> int | None:
    """Opens this revision's publication in this kind anew if it is over or waits for a word; its id.

    None when there is none, or it is under way. Its rows stay: whom it reached, it does not reach twice.
    """
    opened: int | None = await connection.scalar(
        update(publications)
        .where(
            publications.c.article_id == article_id,
            publications.c.revision == revision,
            publications.c.kind == kind,
            publications.c.state.in_(
                [PublicationState.PLANNED, PublicationState.DONE, PublicationState.CANCELLED]
            ),
        )
        .values(
            state=PublicationState.APPROVED,
            cause=None,
            planned_to=None,
            planned_at=None,
            finished_at=None,
            announced_at=now,
        )
        .returning(publications.c.id)
    )
    if opened is not None:
        await _end_replaced(connection, article_id, opened, kind, now)
    return opened


async def _end_replaced(
    connection: AsyncConnection, article_id: int, by: int, kind: PublicationKind, now: datetime
) -> None:
    if not (ended := _REPLACED[kind]):
        return
    await connection.execute(
        update(publications)
        .where(
            publications.c.article_id == article_id,
            publications.c.id != by,
            publications.c.kind.in_(ended),
            publications.c.state.not_in([PublicationState.DONE, PublicationState.CANCELLED]),
        )
        .values(state=PublicationState.CANCELLED, cause=f"replaced by publication {by}", finished_at=now)
    )


_REPLACED: dict[PublicationKind, tuple[PublicationKind, ...]] = {
    PublicationKind.REGULAR: (PublicationKind.RETRACTION,),
    PublicationKind.DIGEST: (),
    PublicationKind.BREAKING: (PublicationKind.REGULAR, PublicationKind.RETRACTION),
    PublicationKind.CORRECTION: (PublicationKind.CORRECTION,),
    PublicationKind.RETRACTION: (
        PublicationKind.REGULAR,
        PublicationKind.BREAKING,
        PublicationKind.CORRECTION,
    ),
}


async def was_delivered(connection: AsyncConnection, article_id: int) -> bool:
    """Whether the article was announced to anybody, so that a correction may have somebody to reach."""
    known = select(publications.c.id).where(
        publications.c.article_id == article_id, publications.c.kind.not_in(CHANGES)
    )
    return await connection.scalar(known.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Range:
    """A part of the readers: the chats with ``after < chat_id <= upto``."""

    after: int
    upto: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What planning knows of an article's publication.

    ``keys`` are those of the keywords in it that any reader follows or has muted.
    """

    publication_id: int
    kind: PublicationKind
    article_id: int
    section: str | None
    keys: tuple[str, ...] = ()


async def write_deliveries(connection: AsyncConnection, plan: Plan, chats: Range, *, now: datetime) -> int:
    """Writes the deliveries of ``plan`` to those of ``chats`` who are to get it; how many.

    News goes to every active subscriber for whom ``core.wanted`` decides so at ``now``, and who was not sent
    this article before: what waits for the end of quiet hours is due then. A correction goes to whom an older
    revision was sent, a retraction to whom any was. Whoever has a delivery of this publication keeps it.
    """
    asked = {
        "publication_id": plan.publication_id,
        "article_id": plan.article_id,
        "section": plan.section,
        "after": chats.after,
        "upto": chats.upto,
        "now": now,
    }
    dialect = connection.dialect.name
    if plan.kind in CHANGES:
        return (await connection.execute(_CHANGE[dialect], asked)).rowcount
    wanted = await _wanted(connection, plan, asked)
    if await connection.scalar(_OTHERS, asked) is not None:
        wanted = wanted.where(~_has_it())
    statement = upsert(dialect, deliveries).from_select([*_COLUMNS, "due_at"], wanted)
    written = await connection.execute(
        statement.on_conflict_do_nothing(index_elements=["publication_id", "chat_id"]), asked
    )
    return written.rowcount


async def _wanted(connection: AsyncConnection, plan: Plan, asked: dict[str, Any]) -> Select[Any]:
    """Who is to get the article, and when: ``core.wanted.decide`` in SQL."""
    now: datetime = asked["now"]
    asked = {**asked, "since": now - _LONGEST_DAY}
    breaking = plan.kind is PublicationKind.BREAKING
    days = case(
        {zone: midnight(zone_of(zone), now) for zone in await _zones(connection)},
        value=subscribers.c.zone,
        else_=now,
    )
    followed = _holds(plan.keys, muted=False)
    of_story = tuple(await connection.scalars(_OF_STORY, asked)) if plan.keys or breaking else ()
    first = _sent_today(of_story, days) == 0 if of_story else true()
    pushed: list[ColumnElement[bool]] = [subscribers.c.every_article]
    if plan.keys:
        pushed.append(and_(followed, first))
    if breaking:
        earlier = tuple(await connection.scalars(_BREAKING_OF_A_DAY, asked))
        today = _sent_today(earlier, days) if earlier else literal(0)
        within = or_(subscribers.c.breaking_cap.is_(None), today < subscribers.c.breaking_cap)
        pushed.append(and_(subscribers.c.breaking, within, or_(subscribers.c.follow_ups, first)))
    wanted = _recipients().where(or_(*pushed), ~_holds(plan.keys, muted=True), or_(_in_sections(), followed))
    if await connection.scalar(_MUTED, asked) is not None:
        wanted = wanted.where(~_story_muted())
    rests = await _resting(connection, asked, breaking=breaking)
    if not rests:
        return wanted.add_columns(null().cast(Moment))
    quiet = _quiet(rests)
    here = and_(
        quiet.c.zone == subscribers.c.zone,
        quiet.c.begin == subscribers.c.quiet_from,
        quiet.c.end == subscribers.c.quiet_to,
        ~subscribers.c.breaking_passes if breaking else true(),
    )
    return wanted.outerjoin_from(subscribers, quiet, here).add_columns(quiet.c.until)


_LONGEST_DAY = timedelta(hours=26)
"""From now back to local midnight anywhere, on the day that the clocks are put back."""


def _holds(keys: tuple[str, ...], *, muted: bool) -> ColumnElement[bool]:
    """Whether the reader follows, or has muted, one of ``keys``."""
    if not keys:
        return false()
    return exists().where(
        subscriber_keywords.c.chat_id == subscribers.c.chat_id,
        subscriber_keywords.c.key.in_(keys),
        subscriber_keywords.c.muted == muted,
    )


def _sent_today(earlier: tuple[int, ...], days: ColumnElement[Any]) -> ColumnElement[int]:
    """How many of the publications ``earlier``, announced on the reader's day, go to the reader."""
    before = publications.alias()
    sent = deliveries.alias()
    return (
        select(func.count())
        .select_from(sent)
        .join(before, before.c.id == sent.c.publication_id)
        .where(
            sent.c.publication_id.in_(earlier),
            sent.c.chat_id == subscribers.c.chat_id,
            before.c.announced_at >= type_coerce(days, Moment),
            sent.c.state.in_(_ARRIVES),
        )
        .correlate(subscribers)
        .scalar_subquery()
    )


def _story_muted() -> ColumnElement[bool]:
    return exists().where(
        muted_stories.c.chat_id == subscribers.c.chat_id, muted_stories.c.story_id == _STORY
    )


_STORY = (
    select(article_stories.c.story_id)
    .where(article_stories.c.article_id == bindparam("article_id"))
    .scalar_subquery()
)

_MUTED = select(muted_stories.c.chat_id).where(muted_stories.c.story_id == _STORY).limit(1)

_OF_STORY = (
    select(publications.c.id)
    .join(article_stories, article_stories.c.article_id == publications.c.article_id)
    .where(
        article_stories.c.story_id == _STORY,
        publications.c.article_id != bindparam("article_id"),
        publications.c.announced_at > bindparam("since", type_=Moment),
        publications.c.kind.not_in(CHANGES),
    )
)

_ARRIVES = [
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.ATTEMPTING,
    DeliveryState.SENT,
    DeliveryState.UNKNOWN,
]

_BREAKING_OF_A_DAY = select(publications.c.id).where(
    publications.c.announced_at > bindparam("since", type_=Moment),
    publications.c.kind == PublicationKind.BREAKING,
    publications.c.state.not_in([PublicationState.PLANNED, PublicationState.CANCELLED]),
    publications.c.id != bindparam("publication_id"),
)

# Steps from one zone to the next in the index, where DISTINCT would read every reader.
_ZONES = text(
    """
    WITH RECURSIVE found (zone) AS (
        SELECT min(zone) FROM subscribers
        UNION ALL
        SELECT (SELECT min(zone) FROM subscribers WHERE zone > found.zone)
        FROM found WHERE found.zone IS NOT NULL
    )
    SELECT zone FROM found WHERE zone IS NOT NULL
    """
)


async def _zones(connection: AsyncConnection) -> tuple[str, ...]:
    """The zones of all readers."""
    return tuple(await connection.scalars(_ZONES))


async def _resting(
    connection: AsyncConnection, asked: dict[str, Any], *, breaking: bool
) -> list[tuple[str, int, int, datetime]]:
    """Zone, begin and end of the quiet hours in this range that it is in now, and when they end."""
    found = await connection.execute(_BREAKING_QUIET if breaking else _ANY_QUIET, asked)
    ends = ((row, quiet_until(Quiet(row[1], row[2]), zone_of(row[0]), asked["now"])) for row in found)
    return [(row[0], row[1], row[2], until) for row, until in ends if until is not None]


_IN_RANGE = and_(
    subscribers.c.chat_id > bindparam("after", type_=BigInteger),
    subscribers.c.chat_id <= bindparam("upto", type_=BigInteger),
)

_ANY_QUIET = (
    select(subscribers.c.zone, subscribers.c.quiet_from, subscribers.c.quiet_to)
    .distinct()
    .where(_IN_RANGE, subscribers.c.quiet_from.is_not(None))
)
_BREAKING_QUIET = _ANY_QUIET.where(~subscribers.c.breaking_passes)


def _quiet(rests: list[tuple[str, int, int, datetime]]) -> CTE:
    columns = (
        column("zone", String),
        column("begin", Integer),
        column("end", Integer),
        column("until", Moment),
    )
    return values(*columns).data(rests).cte("quiet")


def _sent_before() -> Select[int]:
    """The publications by which this article was sent."""
    return select(publications.c.id).where(
        publications.c.article_id == bindparam("article_id"),
        publications.c.id != bindparam("publication_id"),
        publications.c.kind.not_in(CHANGES),
    )


_OTHERS = _sent_before().limit(1)


def _recipients() -> Select[Any]:
    return (
        select(
            bindparam("publication_id", type_=BigInteger),
            subscribers.c.chat_id,
            literal(DeliveryState.PENDING, deliveries.c.state.type),
            literal(0),
        )
        .select_from(subscribers)
        .where(
            ACTIVE,
            _IN_RANGE,
            or_(
                subscribers.c.paused_until.is_(None),
                subscribers.c.paused_until <= bindparam("now", type_=Moment),
            ),
        )
        .order_by(subscribers.c.chat_id)
    )


def _in_sections() -> ColumnElement[bool]:
    after, upto = bindparam("after", type_=BigInteger), bindparam("upto", type_=BigInteger)
    # The bounds stand in the inner query too: PostgreSQL hashes it, else for all chats.
    chosen = select(subscriber_sections.c.chat_id).where(
        subscriber_sections.c.chat_id == subscribers.c.chat_id,
        subscriber_sections.c.chat_id > after,
        subscriber_sections.c.chat_id <= upto,
    )
    this = chosen.where(subscriber_sections.c.section == bindparam("section", type_=Printed))
    return or_(~chosen.exists(), this.exists())


def _has_it() -> ColumnElement[bool]:
    earlier = deliveries.alias()
    return (
        select(earlier.c.id)
        .where(
            earlier.c.publication_id.in_(_sent_before()),
            earlier.c.chat_id == subscribers.c.chat_id,
            # What may still be sent by the other publication counts too: nobody is to get both.
            or_(
                earlier.c.state.in_([DeliveryState.SENT, DeliveryState.UNKNOWN]),
                and_(
                    earlier.c.state.in_(
                        [DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING]
                    ),
                    earlier.c.publication_id.in_(select(publications.c.id).where(OPEN)),
                ),
            ),
        )
        .exists()
    )


async def write_digest(
    connection: AsyncConnection, publication_id: int, slot: datetime, chats: Range, *, now: datetime
) -> int:
    """Writes the deliveries of the digest of ``slot`` to those of ``chats`` whose digest it is; how many."""
    due = await digest_hours(connection, slot)
    if not due:
        return 0
    wanted = digest_readers(due).where(_IN_RANGE)
    columns = (
        bindparam("publication_id", type_=BigInteger),
        subscribers.c.chat_id,
        literal(DeliveryState.PENDING, deliveries.c.state.type),
        literal(0),
    )
    statement = upsert(connection.dialect.name, deliveries).from_select(
        _COLUMNS, wanted.with_only_columns(*columns).order_by(subscribers.c.chat_id)
    )
    asked = {"publication_id": publication_id, "after": chats.after, "upto": chats.upto, "now": now}
    written = await connection.execute(
        statement.on_conflict_do_nothing(index_elements=["publication_id", "chat_id"]), asked
    )
    return written.rowcount


async def digest_hours(connection: AsyncConnection, slot: datetime) -> list[tuple[str, int, bool]]:
    """The zones and local minutes whose digest is that of ``slot``, and whether it is on a weekend."""
    return [
        (zone, due.minute, due.weekend)
        for zone in await _zones(connection)
        for due in due_in(slot, zone_of(zone))
    ]


def digest_readers(due: list[tuple[str, int, bool]]) -> Select[Any]:
    """Who wants a digest at one of the ``due`` hours; ``now`` is a parameter."""
    columns = (column("zone", String), column("minute", Integer), column("weekend", Boolean))
    hours = values(*columns).data(due).cte("due")
    return (
        select(subscribers.c.chat_id)
        .join_from(
            subscribers,
            hours,
            and_(hours.c.zone == subscribers.c.zone, hours.c.minute == subscribers.c.digest_at),
        )
        .where(
            ACTIVE,
            subscribers.c.digest,
            or_(~hours.c.weekend, ~subscribers.c.digest_weekdays),
            or_(
                subscribers.c.paused_until.is_(None),
                subscribers.c.paused_until <= bindparam("now", type_=Moment),
            ),
        )
    )


def _who_have_it() -> Select[int, int, DeliveryState, int, int]:
    earlier = deliveries.alias()
    kind = select(publications.c.kind).where(publications.c.id == bindparam("publication_id"))
    revision = select(publications.c.revision).where(publications.c.id == bindparam("publication_id"))
    return (
        select(
            bindparam("publication_id", type_=BigInteger),
            earlier.c.chat_id,
            literal(DeliveryState.PENDING, deliveries.c.state.type),
            literal(0),
            earlier.c.message_id,
        )
        .where(
            earlier.c.publication_id.in_(_sent_before()),
            earlier.c.chat_id > bindparam("after", type_=BigInteger),
            earlier.c.chat_id <= bindparam("upto", type_=BigInteger),
            earlier.c.state == DeliveryState.SENT,
            earlier.c.message_id.is_not(None),
            or_(
                kind.scalar_subquery() == PublicationKind.RETRACTION,
                func.coalesce(earlier.c.revision, 1) < revision.scalar_subquery(),
            ),
        )
        .order_by(earlier.c.chat_id)
    )


_COLUMNS = ["publication_id", "chat_id", "state", "attempts"]

# Built once: to put a statement together costs as much as to write some hundred rows.
_CHANGE = {
    dialect: upsert(dialect, deliveries)
    .from_select([*_COLUMNS, "edits"], _who_have_it())
    .on_conflict_do_nothing(index_elements=["publication_id", "chat_id"])
    for dialect in ("sqlite", "postgresql")
}
