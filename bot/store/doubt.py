"""Deliveries of which nobody knows whether they arrived, when nothing more is sent for them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import DeliveryState, PublicationState
from bot.store.ledger_tables import PUT_OFF, deliveries, publications

IN_DOUBT = and_(
    # To change a message once more does no harm: a correction or retraction can go on where it was ended.
    deliveries.c.edits.is_(None),
    or_(deliveries.c.killed_at.is_not(None), deliveries.c.unknowns > 0),
)
"""New messages that Telegram may have from an earlier try. While they are pending they always have a time, so
that a few of them are found among a million that were never tried."""


DUE_IF_IN_DOUBT = case((IN_DOUBT, deliveries.c.attempted_at), else_=None)
"""When that is due again which goes back without having been sent."""


async def leave_in_doubt(
    connection: AsyncConnection, publication_ids: Collection[int], *, now: datetime
) -> None:
    """Closes as unknown what is in doubt of these publications, if they were ended; each keeps its cause."""
    if publication_ids:
        ended = select(publications.c.id).where(
            publications.c.id.in_(publication_ids), publications.c.state == PublicationState.CANCELLED
        )
        await connection.execute(
            update(deliveries)
            .where(deliveries.c.publication_id.in_(ended), PUT_OFF, IN_DOUBT)
            .values(state=DeliveryState.UNKNOWN, due_at=None, finished_at=now)
        )
