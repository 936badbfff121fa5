"""The ledger's rows: what is due, taken just before the send, closed by the answer. Who is planned lives apart."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Row,
    Select,
    Update,
    bindparam,
    exists,
    func,
    select,
    union_all,
    update,
)

from bot.core.outcome import Gone, Moved, Outcome, Refused, Retry, Sent, Unknown
from bot.core.publication import DeliveryState, DueDelivery
from bot.store.database import Database
from bot.store.moving import follow
from bot.store.subscribers import unreachable
from bot.store.tables import ACTIVE, ATTEMPTING, FRESH, OPEN, PUT_OFF, deliveries, publications, subscribers

_LEFT_BEFORE = "no longer a subscriber when it was due"


class Deliveries:
    """Deliveries by id. Every method may raise StoreUnavailable, and then has changed nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, *, now: datetime, limit: int) -> tuple[DueDelivery, ...]:
        """At most ``limit`` pending deliveries whose time has come: by priority, then publication, then id.

        Whoever stopped or blocked the bot since planning is left out; those met on the way are closed as gone.
        """
        found: list[DueDelivery] = []
        for publication in await self._open():
            found += await self._due_of(publication, now, limit - len(found))
            if len(found) >= limit:
                break
        return tuple(found)

    async def next_due(self) -> datetime | None:
        """When the earliest pending delivery is due, a time in the past for one due at once; None without any."""
        mine = deliveries.c.publication_id == publications.c.id
        put_off = select(func.min(deliveries.c.due_at)).where(PUT_OFF, mine).scalar_subquery()
        waiting = select(publications.c.announced_at, exists().where(FRESH, mine), put_off).where(OPEN)
        async with self._database.reading() as connection:
            rows = (await connection.execute(waiting)).all()
        times = [announced_at if fresh else due_at for announced_at, fresh, due_at in rows]
        return min((time for time in times if time is not None), default=None)

    async def attempt(self, delivery_id: int, *, now: datetime) -> bool:
        """Takes a pending delivery for one send; False when somebody else has it or it is closed."""
        return await self._database.change(_ATTEMPT, {"delivery_id": delivery_id, "now": now}) == 1

    async def close(self, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
        """Writes down what became of the send that ``attempt`` began.

        Retry makes the delivery pending again at its time, Moved at once and for the chat's new id, which the
        subscriber gets too. Gone also makes the subscriber unreachable. A delivery that is no longer being
        attempted, because it was rescued or erased meanwhile, stays as it is.
        """
        match outcome:
            case Sent(message_id):
                await self._close(delivery_id, DeliveryState.SENT, now, message_id=message_id)
            case Retry(after, cause):
                due_at = now + timedelta(seconds=after)
                change = _attempted(delivery_id, state=DeliveryState.PENDING, due_at=due_at, cause=cause)
                await self._database.change(change)
            case Unknown(cause):
                await self._close(delivery_id, DeliveryState.UNKNOWN, now, cause=cause)
            case Refused(cause):
                await self._close(delivery_id, DeliveryState.REFUSED, now, cause=cause)
            case Gone(cause):
                await self._close_gone(delivery_id, cause, now)
            case Moved(to):
                await self._move(delivery_id, to)

    async def rescue(self, *, now: datetime) -> int:
        """Makes every delivery that is being attempted due again; how many. For a start, before any send."""
        lost = update(deliveries).where(ATTEMPTING).values(state=DeliveryState.PENDING, due_at=now)
        return await self._database.change(lost)

    async def _open(self) -> list[Row[tuple[int, int, int]]]:
        order = (publications.c.priority.desc(), publications.c.id)
        listed = select(publications.c.id, publications.c.article_id, publications.c.priority).where(OPEN)
        async with self._database.reading() as connection:
            return list((await connection.execute(listed.order_by(*order))).all())

    async def _due_of(self, publication: Row[Any], now: datetime, limit: int) -> list[DueDelivery]:
        asked = {"publication_id": publication.id, "now": now, "most": limit}
        while True:
            async with self._database.reading() as connection:
                rows = (await connection.execute(_DUE, asked)).all()
            inactive = [row.id for row in rows if not row.active]
            if not inactive:
                return [
                    DueDelivery(
                        id=row.id,
                        publication_id=publication.id,
                        article_id=publication.article_id,
                        priority=publication.priority,
                        chat_id=row.chat_id,
                        chat_kind=row.kind,
                        language=row.language,
                        silent=row.silent,
                        attempts=row.attempts,
                    )
                    for row in rows
                ]
            # Closed rather than passed over: left open they would be met again by every look for work.
            await self._database.change(
                update(deliveries)
                .where(deliveries.c.id.in_(inactive), deliveries.c.state == DeliveryState.PENDING)
                .values(state=DeliveryState.GONE, cause=_LEFT_BEFORE, finished_at=now, due_at=None)
            )

    async def _close(self, delivery_id: int, state: DeliveryState, now: datetime, **values: Any) -> None:
        await self._database.change(_attempted(delivery_id, state=state, finished_at=now, **values))

    async def _close_gone(self, delivery_id: int, cause: str, now: datetime) -> None:
        gone = _attempted(delivery_id, state=DeliveryState.GONE, cause=cause, finished_at=now)
        async with self._database.writing() as connection:
            chat_id = await connection.scalar(gone.returning(deliveries.c.chat_id))
            if chat_id is not None:
                left = update(subscribers).where(subscribers.c.chat_id == chat_id)
                await connection.execute(left.values(unreachable(cause, now)))

    async def _move(self, delivery_id: int, to: int) -> None:
        again = _attempted(delivery_id, state=DeliveryState.PENDING)
        async with self._database.writing() as connection:
            chat_id = await connection.scalar(again.returning(deliveries.c.chat_id))
            if chat_id is not None:
                await follow(connection, chat_id, to)


def _attempted(delivery_id: int, **values: Any) -> Update:
    """A change of this delivery that finds it only while it is being attempted."""
    return update(deliveries).where(deliveries.c.id == delivery_id, ATTEMPTING).values(values)


_ATTEMPT = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery_id"), deliveries.c.state == DeliveryState.PENDING)
    .values(
        state=DeliveryState.ATTEMPTING,
        attempts=deliveries.c.attempts + 1,
        attempted_at=bindparam("now", type_=deliveries.c.attempted_at.type),
        due_at=None,
    )
)


def _pending(
    *conditions: ColumnExpressionArgument[bool], order: tuple[ColumnElement[Any], ...]
) -> Select[Any]:
    first = (
        select(deliveries.c.id, deliveries.c.chat_id, deliveries.c.attempts)
        .where(deliveries.c.publication_id == bindparam("publication_id"), *conditions)
        .order_by(*order)
        .limit(bindparam("most"))
        .subquery()
    )
    return select(first)


def _due() -> Select[Any]:
    # Each half reads its own partial index from the start and stops at the limit.
    put_off = deliveries.c.due_at <= bindparam("now", type_=deliveries.c.due_at.type)
    due = union_all(
        _pending(FRESH, order=(deliveries.c.id,)),
        _pending(PUT_OFF, put_off, order=(deliveries.c.due_at, deliveries.c.id)),
    ).subquery()
    return (
        select(due, subscribers.c.kind, subscribers.c.language, subscribers.c.silent, ACTIVE.label("active"))
        .outerjoin_from(due, subscribers, subscribers.c.chat_id == due.c.chat_id)
        .order_by(due.c.id)
        .limit(bindparam("most"))
    )


_DUE = _due()
