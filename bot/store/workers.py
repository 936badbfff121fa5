"""Who is sending: each worker's lease, and taking back what one that is no more had in its hands."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.outcome import KILLED_PAUSE
from bot.core.publication import DeliveryState, PublicationKind
from bot.store.clock import timed
from bot.store.database import Database
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

        It lives and knows what it gives up, so nothing of this counts as killed.
        """
        async with self._database.writing() as connection:
            await connection.execute(delete(workers).where(workers.c.id == worker_id))
            mine = deliveries.c.worker_id == worker_id
            return await _take_back(connection, mine, again, now, killed=False)

    async def rescue(self, *, again: frozenset[PublicationKind], now: datetime) -> int:
        """Takes back what workers had in hand whose lease is over; how many deliveries that was.

        What was claimed is due again. What was being sent is unknown, for Telegram may have it; if its kind
        is one of ``again`` it is due again after KILLED_PAUSE instead, a new message the first time only.
        """
        async with self._database.writing() as connection:
            await connection.execute(
                timed(connection.dialect.name, "DELETE FROM workers WHERE lease_until < {now}")
            )
            gone = deliveries.c.worker_id.not_in(select(workers.c.id))
            return await _take_back(connection, gone, again, now, killed=True)

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
    connection: AsyncConnection,
    whose: ColumnElement[bool],
    again: frozenset[PublicationKind],
    now: datetime,
    *,
    killed: bool,
) -> int:
    lost = (IN_HAND, whose)
    if not await connection.scalar(select(func.count()).select_from(deliveries).where(*lost)):
        return 0
    once = select(publications.c.id).where(publications.c.kind.not_in(again))
    in_doubt: ColumnElement[bool] = deliveries.c.publication_id.in_(once)
    if killed:
        # No answer came between two kills. To change a message once more does no harm.
        in_doubt = or_(in_doubt, and_(deliveries.c.edits.is_(None), deliveries.c.killed_at.is_not(None)))
    unknown = await connection.execute(
        update(deliveries)
        .where(*lost, ATTEMPTING, in_doubt)
        .values(state=DeliveryState.UNKNOWN, worker_id=None, finished_at=now, cause=_KILLED)
    )
    pause = {"due_at": now + timedelta(seconds=KILLED_PAUSE), "cause": _KILLED, "killed_at": now}
    begun = await connection.execute(
        update(deliveries)
        .where(*lost, ATTEMPTING)
        .values(state=DeliveryState.PENDING, worker_id=None, **(pause if killed else {}))
    )
    claimed = await connection.execute(
        update(deliveries).where(*lost).values(state=DeliveryState.PENDING, worker_id=None)
    )
    return unknown.rowcount + begun.rowcount + claimed.rowcount
