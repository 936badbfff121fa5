"""Writing down that something is published, and to whom. Nothing is sent here."""

from datetime import datetime

from sqlalchemy import literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.tables import ACTIVE, deliveries, publications, subscriber_sections, subscribers
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
        upsert(connection, publications)
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
    # The bounds stand in the inner query too: PostgreSQL hashes it, else for all chats.
    chosen = select(subscriber_sections.c.chat_id).where(
        subscriber_sections.c.chat_id == subscribers.c.chat_id,
        subscriber_sections.c.chat_id > after,
        subscriber_sections.c.chat_id <= upto,
    )
    recipients = (
        select(
            literal(publication_id),
            subscribers.c.chat_id,
            literal(DeliveryState.PENDING, deliveries.c.state.type),
            literal(0),
        )
        .where(
            ACTIVE,
            subscribers.c.chat_id > after,
            subscribers.c.chat_id <= upto,
            or_(~chosen.exists(), chosen.where(subscriber_sections.c.section == section).exists()),
        )
        .order_by(subscribers.c.chat_id)
    )
    written = await connection.execute(
        upsert(connection, deliveries)
        .from_select(["publication_id", "chat_id", "state", "attempts"], recipients)
        .on_conflict_do_nothing(index_elements=["publication_id", "chat_id"])
    )
    return written.rowcount
