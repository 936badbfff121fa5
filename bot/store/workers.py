"""Who is sending: each worker's lease, and taking back what one that is no more had in its hands."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, delete, insert, literal, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.outcome import KILLED_PAUSE
from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.clock import timed
from bot.store.columns import Moment
from bot.store.database import Database
from bot.store.doubt import IN_DOUBT
from bot.store.ledger_tables import ATTEMPTING, IN_HAND, deliveries, publications, workers

_KILLED = "its worker ended before the answer came"


class Workers:
    """Workers by number, which is never given twice. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enlist(self, name: str, *, lease: float, alone: bool) -> int:
        """The number of a new worker, whose lease runs for ``lease`` seconds.

        ``alone`` says that no other worker can be alive: the leases of all others are over.
        """
        async with self._database.writing() as connection:
            if alone:
                await connection.execute(delete(workers))
            number: int = (
                await connection.execute(
                    insert(workers).returning(workers.c.id), {"name": name, "lease_until": 0.0}
                )
            ).scalar_one()
            await self._extend(connection, number, lease)
            return number

    async def renew(self, worker_id: int, *, lease: float) -> bool:
        """Lets the lease run for ``lease`` seconds from now; False when it was over and taken."""
        async with self._database.writing() as connection:
            return await self._extend(connection, worker_id, lease)

    async def dismiss(self, worker_id: int, *, again: frozenset[PublicationKind], now: datetime) -> int:
        """Ends the lease and takes back what the worker had in hand; how many deliveries that was.

        What it was still sending is in doubt as after a kill. What somebody has locked now is left to rescue.
        """
        async with self._database.writing() as connection:
            await connection.execute(delete(workers).where(workers.c.id == worker_id))
            return await _take_back(connection, [worker_id], again, now)

    async def rescue(self, *, again: frozenset[PublicationKind], now: datetime) -> int:
        """Takes back what workers had in hand whose lease is over; how many deliveries that was.

        What was claimed is due again. What was being sent is unknown, for Telegram may have it; if its kind
        is one of ``again`` it is due again after KILLED_PAUSE instead, a new message the first time only and
        not for a publication that was ended. Waits for nobody: what is locked now is taken by a later rescue.
        """
        async with self._database.writing() as connection:
            await connection.execute(timed(connection.dialect.name, _END_LEASES[connection.dialect.name]))
            # By number, which is never given twice: a worker that is new by now is not among them.
            gone = list(await connection.scalars(_GONE))
            return await _take_back(connection, gone, again, now) if gone else 0

    async def _extend(self, connection: AsyncConnection, worker_id: int, lease: float) -> bool:
        renewed = await connection.execute(
            timed(
                connection.dialect.name,
                "UPDATE workers SET lease_until = {now} + :lease WHERE id = :worker_id",
                "lease",
            ),
            {"lease": lease, "worker_id": worker_id},
        )
        return renewed.rowcount == 1


_END_LEASES = {
    "sqlite": "DELETE FROM workers WHERE lease_until < {now}",
    "postgresql": """
        WITH ended AS MATERIALIZED (
            SELECT id FROM workers WHERE lease_until < {now} FOR UPDATE SKIP LOCKED
        )
        DELETE FROM workers USING ended WHERE workers.id = ended.id
    """,
}

_GONE = (
    select(deliveries.c.worker_id)
    .where(IN_HAND, deliveries.c.worker_id.not_in(select(workers.c.id)))
    .distinct()
)


async def _take_back(
    connection: AsyncConnection, worker_ids: Collection[int], again: frozenset[PublicationKind], now: datetime
) -> int:
    """Takes back what these workers have in hand, but for what somebody has locked now; how many."""
    # Another worker that takes the same, or one that stands still in a transaction, is not waited for. Locked
    # and changed in one statement: what is let go a moment later is not met halfway.
    picked = (
        select(deliveries.c.id)
        .where(IN_HAND, deliveries.c.worker_id.in_(worker_ids))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    unknown = _unknown_now(again)
    taken = await connection.scalars(
        update(deliveries)
        .where(IN_HAND, deliveries.c.id.in_(select(picked.c.id)))
        .values(
            state=case((unknown, DeliveryState.UNKNOWN), else_=DeliveryState.PENDING),
            finished_at=case((unknown, literal(now, Moment)), else_=None),
            due_at=case(
                (unknown, None),
                (ATTEMPTING, literal(now + timedelta(seconds=KILLED_PAUSE), Moment)),
                (IN_DOUBT, literal(now, Moment)),
                else_=None,
            ),
            killed_at=case(
                (and_(ATTEMPTING, not_(unknown)), literal(now, Moment)), else_=deliveries.c.killed_at
            ),
            cause=case((ATTEMPTING, _KILLED), else_=deliveries.c.cause),
            worker_id=None,
        )
        .returning(deliveries.c.id)
    )
    return len(list(taken))


def _unknown_now(again: frozenset[PublicationKind]) -> ColumnElement[bool]:
    """What is not sent again though Telegram may have it."""
    once = select(publications.c.id).where(publications.c.kind.not_in(again))
    ended = select(publications.c.id).where(publications.c.state == PublicationState.CANCELLED)
    first = and_(ATTEMPTING, deliveries.c.edits.is_(None))
    return or_(
        and_(ATTEMPTING, deliveries.c.publication_id.in_(once)),
        # Killed in sending it before: the next would be a third copy.
        and_(first, deliveries.c.killed_at.is_not(None)),
        and_(or_(first, IN_DOUBT), deliveries.c.publication_id.in_(ended)),
    )
