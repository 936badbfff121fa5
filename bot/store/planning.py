"""Writing down who gets what is published, one delivery for each recipient. Nothing is sent here."""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import BigInteger, ColumnElement, Insert, Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import CHANGES, DeliveryState, PublicationKind
from bot.store.ledger_tables import OPEN, deliveries, publications
from bot.store.reader_tables import subscribers
from bot.store.upsert import upsert
from bot.store.wanting import IN_RANGE, Facts, Plan, Range, digest_hours, digest_readers, facts_for, wanted_by

BEFORE_ALL = -(2**63)
"""Below every chat id. Channels come first: theirs are the lowest (Bot API: -100 and ten digits or more)."""

AFTER_ALL = 2**63 - 1


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
    facts = await facts_for(connection, plan, chats, now)
    there = (await connection.execute(_THERE, asked)).one()
    statement = _writing(dialect, facts, there.sent is not None, there.written is not None)
    return (await connection.execute(statement, asked)).rowcount


# The chunks of a publication ask the same; to put it together costs as much as to write some hundred rows.
@lru_cache(maxsize=4)
def _writing(dialect: str, facts: Facts, sent_before: bool, some_written: bool) -> Insert:
    wanted = wanted_by(facts)
    if sent_before:
        wanted = wanted.where(~_has_it())
    columns = [*_COLUMNS, "due_at"] if facts.rests else _COLUMNS
    statement = upsert(dialect, deliveries).from_select(columns, wanted)
    if not some_written:
        return statement
    # Only a group that moved here while this was planned. The clause costs PostgreSQL half as much again.
    return statement.on_conflict_do_nothing(index_elements=["publication_id", "chat_id"])


def _sent_before() -> Select[int]:
    """The publications by which this article was sent."""
    return select(publications.c.id).where(
        publications.c.article_id == bindparam("article_id"),
        publications.c.id != bindparam("publication_id"),
        publications.c.kind.not_in(CHANGES),
    )


# Another publication of the article, and a delivery of this one in the range. Nobody adds one meanwhile:
# whoever plans a publication has locked its row, or the whole database.
_THERE = select(
    _sent_before().limit(1).scalar_subquery().label("sent"),
    select(deliveries.c.id)
    .where(
        deliveries.c.publication_id == bindparam("publication_id"),
        deliveries.c.chat_id > bindparam("after"),
        deliveries.c.chat_id <= bindparam("upto"),
    )
    .limit(1)
    .scalar_subquery()
    .label("written"),
)


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
    wanted = digest_readers(due).where(IN_RANGE)
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
