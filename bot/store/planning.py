"""Writing down that something is published, and to whom. Nothing is sent here."""

from datetime import datetime

from sqlalchemy import BigInteger, Select, bindparam, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.tables import ACTIVE, Printed, deliveries, publications, subscriber_sections, subscribers
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
    priority: int,
    now: datetime,
) -> int | None:
    """Plans the publication of this revision in this kind; its id, or None when it was planned before."""
    added: int | None = await connection.scalar(
        upsert(connection.dialect.name, publications)
        .values(
            article_id=article_id,
            revision=revision,
            kind=kind,
            priority=priority,
            state=PublicationState.PLANNED,
            announced_at=now,
        )
        .on_conflict_do_nothing(index_elements=["article_id", "revision", "kind"])
        .returning(publications.c.id)
    )
    return added


async def write_deliveries(
    connection: AsyncConnection, publication_id: int, section: str | None, *, after: int, upto: int
) -> int:
    """Gives every active subscriber with ``after < chat_id <= upto`` who wants ``section`` one delivery.

    Without a section it goes to those alone who chose none. Whoever has a delivery of this publication keeps
    it. Returns the number of rows written.
    """
    asked = {"publication_id": publication_id, "section": section, "after": after, "upto": upto}
    written = await connection.execute(_WRITE[connection.dialect.name], asked)
    return written.rowcount


def _recipients() -> Select[int, int, DeliveryState, int]:
    after, upto = bindparam("after", type_=BigInteger), bindparam("upto", type_=BigInteger)
    # The bounds stand in the inner query too: PostgreSQL hashes it, else for all chats.
    chosen = select(subscriber_sections.c.chat_id).where(
        subscriber_sections.c.chat_id == subscribers.c.chat_id,
        subscriber_sections.c.chat_id > after,
        subscriber_sections.c.chat_id <= upto,
    )
    this = chosen.where(subscriber_sections.c.section == bindparam("section", type_=Printed))
    return (
        select(
            bindparam("publication_id", type_=BigInteger),
            subscribers.c.chat_id,
            literal(DeliveryState.PENDING, deliveries.c.state.type),
            literal(0),
        )
        .where(
            ACTIVE,
            subscribers.c.chat_id > after,
            subscribers.c.chat_id <= upto,
            or_(~chosen.exists(), this.exists()),
        )
        .order_by(subscribers.c.chat_id)
    )


# Built once: to put the statement together costs as much as to write some hundred rows.
_WRITE = {
    dialect: upsert(dialect, deliveries)
    .from_select(["publication_id", "chat_id", "state", "attempts"], _recipients())
    .on_conflict_do_nothing(index_elements=["publication_id", "chat_id"])
    for dialect in ("sqlite", "postgresql")
}
