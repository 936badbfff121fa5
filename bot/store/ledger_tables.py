"""The tables of the ledger: publications, deliveries, and the workers who share them. No statements here."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    and_,
    literal_column,
)

from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.article_tables import article_revisions
from bot.store.columns import Key, Moment, Printed, closed_set, metadata

publications = Table(
    "publications",
    metadata,
    Column("id", Key, primary_key=True),
    # None for a digest, which is of many articles.
    Column("article_id", Key),
    Column("revision", Integer),
    # Names a digest: the moment that it is for.
    Column("edition", String(40), unique=True),
    Column("kind", closed_set(PublicationKind), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", closed_set(PublicationState), nullable=False),
    # The last chat that planning has passed; None before the first.
    Column("planned_to", BigInteger),
    # Why it waits or rests, for the newsroom.
    Column("cause", Printed),
    Column("announced_at", Moment, nullable=False),
    Column("planned_at", Moment),
    Column("finished_at", Moment),
    UniqueConstraint("article_id", "revision", "kind"),
    ForeignKeyConstraint(
        ["article_id", "revision"], [article_revisions.c.article_id, article_revisions.c.revision]
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Key, primary_key=True),
    # Without a foreign key: PostgreSQL looks it up row by row, which halves the speed of planning.
    Column("publication_id", Key, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("state", closed_set(DeliveryState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    # None: at once. Only what was put off has a time, so the index of those stays small.
    Column("due_at", Moment),
    Column("attempted_at", Moment),
    Column("finished_at", Moment),
    # When the program was killed in the middle of a try, the last time; None if it never was.
    Column("killed_at", Moment),
    # The revision of the article that was claimed to be sent.
    Column("revision", Integer),
    Column("message_id", BigInteger),
    # The message that a correction or retraction changes.
    Column("edits", BigInteger),
    # Who claimed it. Without a foreign key, for a worker's row goes before its claims are given back.
    Column("worker_id", Key),
    Column("cause", Printed),
    UniqueConstraint("publication_id", "chat_id"),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Printed, nullable=False),
    # Seconds of the database's own clock: those of machines differ.
    Column("lease_until", Double, nullable=False),
    # Never the number of one that is no more: a worker that wakes up must not find itself in another.
    sqlite_autoincrement=True,
)

pace = Table(
    "pace",
    metadata,
    # One row, which all workers share; seconds of the database's own clock.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("spent_until", Double, nullable=False),
    Column("held_until", Double, nullable=False),
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("update_id", Key, primary_key=True, autoincrement=False),
    Column("seen_at", Moment, nullable=False),
)


def _state(table: Table, value: StrEnum) -> ColumnElement[bool]:
    # Written out, not bound: neither database matches a bound value to a partial index when it plans.
    return table.c.state == literal_column(f"'{value.value}'")


OPEN = publications.c.state.in_(
    [literal_column(f"'{state.value}'") for state in (PublicationState.APPROVED, PublicationState.RUNNING)]
)
"""Publications that deliveries may be sent for."""

FRESH = and_(_state(deliveries, DeliveryState.PENDING), deliveries.c.due_at.is_(None))
"""Deliveries to be sent at once."""

PUT_OFF = and_(_state(deliveries, DeliveryState.PENDING), deliveries.c.due_at.is_not(None))
"""Deliveries to be sent when their time has come."""

ATTEMPTING = _state(deliveries, DeliveryState.ATTEMPTING)
"""Deliveries whose answer is not yet known."""

IN_HAND = deliveries.c.state.in_(
    [literal_column(f"'{state.value}'") for state in (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)]
)
"""Deliveries that a worker has taken."""


def _partial_index(name: str, condition: Any, *columns: Any) -> None:
    Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


# Every open delivery stands in exactly one of these three, a closed one in none: what a million closed rows
# cost the next claim is nothing.
_partial_index("deliveries_fresh", FRESH, deliveries.c.publication_id, deliveries.c.id)
_partial_index(
    "deliveries_put_off", PUT_OFF, deliveries.c.publication_id, deliveries.c.due_at, deliveries.c.id
)
_partial_index("deliveries_in_hand", IN_HAND, deliveries.c.publication_id, deliveries.c.id)
Index("publications_announced", publications.c.announced_at)
_partial_index("publications_open", OPEN, publications.c.priority, publications.c.id)
