"""Who is sending: each worker's lease, and taking back what one that is no more had in its hands."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.outcome import KILLED_TRIES
from bot.core.publication import DeliveryState, PublicationKind
from bot.store.clock import timed
from bot.store.database import Database
from bot.store.ledger_tables import ATTEMPTING, IN_HAND, deliveries, publications, workers

_NO_ANSWER = "its worker ended before the answer came"


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
        """Ends the lease and takes back what the worker had in hand; how many deliveries that was."""
        async with self._database.writing() as connection:
            await connection.execute(delete(workers).where(workers.c.id == worker_id))
            return await _take_back(connection, deliveries.c.worker_id == worker_id, again, now)

    async def rescue(self, *, again: frozenset[PublicationKind], now: datetime) -> int:
        """Takes back what workers had in hand whose lease is over; how many deliveries that was.

        What was claimed is due again. What was being sent is due again if its kind is one of ``again``, a new
        message at most KILLED_TRIES times in all; else it is unknown: Telegram may have it.
        """
        async with self._database.writing() as connection:
            await connection.execute(
                timed(connection.dialect.name, "DELETE FROM workers WHERE lease_until < {now}")
            )
            gone = deliveries.c.worker_id.not_in(select(workers.c.id))
            return await _take_back(connection, gone, again, now)

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


async def _take_back(
    connection: AsyncConnection, whose: ColumnElement[bool], again: frozenset[PublicationKind], now: datetime
) -> int:
    lost = (IN_HAND, whose)
    if not await connection.scalar(select(func.count()).select_from(deliveries).where(*lost)):
        return 0
    once = select(publications.c.id).where(publications.c.kind.not_in(again))
    # To change a message once more does no harm.
    enough = and_(deliveries.c.edits.is_(None), deliveries.c.unknowns + 1 >= KILLED_TRIES)
    unknown = await connection.execute(
        update(deliveries)
        .where(*lost, ATTEMPTING, or_(deliveries.c.publication_id.in_(once), enough))
        .values(
            state=DeliveryState.UNKNOWN,
            unknowns=deliveries.c.unknowns + 1,
            worker_id=None,
            finished_at=now,
            cause=_NO_ANSWER,
        )
    )
    sent_again = case((ATTEMPTING, 1), else_=0)
    due = await connection.execute(
        update(deliveries)
        .where(*lost)
        .values(state=DeliveryState.PENDING, unknowns=deliveries.c.unknowns + sent_again, worker_id=None)
    )
    return unknown.rowcount + due.rowcount
