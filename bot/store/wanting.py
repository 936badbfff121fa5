"""Who is to get an article or a digest: ``core.wanted`` and ``core.digest_time`` in SQL. Nothing is sent."""

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
    values,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.digest_time import due_in
from bot.core.preferences import Quiet, zone_of
from bot.core.publication import CHANGES, DeliveryState, PublicationKind, PublicationState
from bot.core.quiet import midnight, quiet_until
from bot.store.article_tables import article_stories
from bot.store.columns import Moment, Printed
from bot.store.ledger_tables import deliveries, publications
from bot.store.reader_tables import (
    ACTIVE,
    muted_stories,
    subscriber_keywords,
    subscriber_sections,
    subscribers,
)


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


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who is to get an article, as far as it is the same for all readers of a range.

    ``sections_chosen``: anybody in the range has chosen sections. ``of_story`` are publications of the same
    story, ``breaking_before`` those of breaking news, both of about a day; ``midnights`` says when the day
    began in each zone, as far as that matters; ``rests`` are the quiet hours in the range that it is in now:
    zone, begin, end, and the moment when they end.
    """

    breaking: bool
    keys: tuple[str, ...]
    sections_chosen: bool
    of_story: tuple[int, ...]
    breaking_before: tuple[int, ...]
    midnights: tuple[tuple[str, datetime], ...]
    story_muted: bool
    rests: tuple[tuple[str, int, int, datetime], ...]


async def facts_for(connection: AsyncConnection, plan: Plan, chats: Range, now: datetime) -> Facts:
    """What there is to know before the readers themselves are looked at."""
    asked = {
        "publication_id": plan.publication_id,
        "article_id": plan.article_id,
        "after": chats.after,
        "upto": chats.upto,
        "since": now - _LONGEST_DAY,
    }
    breaking = plan.kind is PublicationKind.BREAKING
    of_story = tuple(await connection.scalars(_OF_STORY, asked)) if plan.keys or breaking else ()
    earlier = tuple(await connection.scalars(_BREAKING_OF_A_DAY, asked)) if breaking else ()
    zones = await connection.scalars(_ZONES) if of_story or earlier else ()
    some = (await connection.execute(_SOME, asked)).one()
    return Facts(
        breaking=breaking,
        keys=plan.keys,
        sections_chosen=some.section is not None,
        of_story=of_story,
        breaking_before=earlier,
        midnights=tuple((zone, midnight(zone_of(zone), now)) for zone in zones),
        story_muted=some.muted is not None,
        rests=tuple(await _resting(connection, asked, now, breaking=breaking)),
    )


def wanted_by(facts: Facts) -> Select[Any]:
    """Who is to get the article, and where there are ``rests`` when: ``core.wanted.decide`` in SQL."""
    days = case(dict(facts.midnights), value=subscribers.c.zone) if facts.midnights else null()
    followed = _holds(facts.keys, muted=False)
    first = _sent_today(facts.of_story, days) == 0 if facts.of_story else true()
    pushed: list[ColumnElement[bool]] = [subscribers.c.every_article]
    if facts.keys:
        pushed.append(and_(followed, first))
    if facts.breaking:
        today = _sent_today(facts.breaking_before, days) if facts.breaking_before else literal(0)
        within = or_(subscribers.c.breaking_cap.is_(None), today < subscribers.c.breaking_cap)
        pushed.append(and_(subscribers.c.breaking, within, or_(subscribers.c.follow_ups, first)))
    in_sections = _in_sections() if facts.sections_chosen else true()
    wanted = _recipients().where(or_(*pushed), ~_holds(facts.keys, muted=True), or_(in_sections, followed))
    if facts.story_muted:
        wanted = wanted.where(~_story_muted())
    if not facts.rests:
        return wanted
    quiet = _quiet(facts.rests)
    here = and_(
        quiet.c.zone == subscribers.c.zone,
        quiet.c.begin == subscribers.c.quiet_from,
        quiet.c.end == subscribers.c.quiet_to,
        ~subscribers.c.breaking_passes if facts.breaking else true(),
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


async def _resting(
    connection: AsyncConnection, asked: dict[str, Any], now: datetime, *, breaking: bool
) -> list[tuple[str, int, int, datetime]]:
    """Zone, begin and end of the quiet hours in this range that it is in now, and when they end."""
    found = await connection.execute(_BREAKING_QUIET if breaking else _ANY_QUIET, asked)
    ends = ((row, quiet_until(Quiet(row[1], row[2]), zone_of(row[0]), now)) for row in found)
    return [(row[0], row[1], row[2], until) for row, until in ends if until is not None]


IN_RANGE = and_(
    subscribers.c.chat_id > bindparam("after", type_=BigInteger),
    subscribers.c.chat_id <= bindparam("upto", type_=BigInteger),
)

_ANY_QUIET = (
    select(subscribers.c.zone, subscribers.c.quiet_from, subscribers.c.quiet_to)
    .distinct()
    .where(IN_RANGE, subscribers.c.quiet_from.is_not(None))
)

_BREAKING_QUIET = _ANY_QUIET.where(~subscribers.c.breaking_passes)


def _quiet(rests: tuple[tuple[str, int, int, datetime], ...]) -> CTE:
    columns = (
        column("zone", String),
        column("begin", Integer),
        column("end", Integer),
        column("until", Moment),
    )
    return values(*columns).data(rests).cte("quiet")


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
            IN_RANGE,
            or_(
                subscribers.c.paused_until.is_(None),
                subscribers.c.paused_until <= bindparam("now", type_=Moment),
            ),
        )
        .order_by(subscribers.c.chat_id)
    )


# The bounds stand in the inner query too: PostgreSQL hashes it, else for all chats.
_SECTIONS_IN_RANGE = and_(
    subscriber_sections.c.chat_id > bindparam("after", type_=BigInteger),
    subscriber_sections.c.chat_id <= bindparam("upto", type_=BigInteger),
)

# A reader of the range who chose sections, and any who has muted the story.
_SOME = select(
    select(subscriber_sections.c.chat_id)
    .where(_SECTIONS_IN_RANGE)
    .limit(1)
    .scalar_subquery()
    .label("section"),
    select(muted_stories.c.chat_id)
    .where(muted_stories.c.story_id == _STORY)
    .limit(1)
    .scalar_subquery()
    .label("muted"),
)


def _in_sections() -> ColumnElement[bool]:
    chosen = select(subscriber_sections.c.chat_id).where(
        subscriber_sections.c.chat_id == subscribers.c.chat_id, _SECTIONS_IN_RANGE
    )
    this = chosen.where(subscriber_sections.c.section == bindparam("section", type_=Printed))
    return or_(~chosen.exists(), this.exists())


async def digest_hours(connection: AsyncConnection, slot: datetime) -> list[tuple[str, int, bool]]:
    """The zones and local minutes whose digest is that of ``slot``, and whether it is on a weekend."""
    return [
        (zone, due.minute, due.weekend)
        for zone in await connection.scalars(_ZONES)
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
