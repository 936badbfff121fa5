"""The ledger's rows: what is due, taken just before the send, closed by the answer. Planning lives apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Row,
    Select,
    bindparam,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.outcome import Gone, Moved, Outcome, Refused, Retry, Sent, Unknown
from bot.core.publication import DeliveryState, DueDelivery
from bot.store.database import Database
from bot.store.moving import follow
from bot.store.subscribers import unreachable
from bot.store.tables import ACTIVE, ATTEMPTING, FRESH, OPEN, PUT_OFF, deliveries, publications, subscribers
from bot.store.together import Together

_LEFT_BEFORE = "no longer a subscriber when it was due"


_Closing = Sent | Retry | Unknown | Gone | Refused


@dataclass(frozen=True, slots=True)
class _Attempt:
    delivery_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class _Close:
    delivery_id: int
    outcome: _Closing
    now: datetime


class Deliveries:
    """Deliveries by id. Every method may raise StoreUnavailable, and then has changed nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Dozens of sends are under way at once: what begins and ends at the same time shares a commit, which
        # makes it five times cheaper.
        self._write = Together(self._write_together)

    async def due(self, *, now: datetime, limit: int) -> tuple[DueDelivery, ...]:
        """At most ``limit`` pending deliveries whose time has come: by priority, then publication, then id.

        Whoever stopped or blocked the bot since planning is left out; those met on the way close as gone.
        """
        found: list[DueDelivery] = []
        for publication in await self._open():
            found += await self._due_of(publication, now, limit - len(found))
            if len(found) >= limit:
                break
        return tuple(found)

    async def next_due(self) -> datetime | None:
        """When the earliest pending delivery is due, a past time for one due at once; None without any."""
        mine = deliveries.c.publication_id == publications.c.id
        # The first one rather than EXISTS, for which PostgreSQL may read past all that is closed.
        fresh = select(func.min(deliveries.c.id)).where(FRESH, mine).scalar_subquery()
        put_off = select(func.min(deliveries.c.due_at)).where(PUT_OFF, mine).scalar_subquery()
        waiting = select(publications.c.announced_at, fresh, put_off).where(OPEN)
        async with self._database.reading() as connection:
            rows = (await connection.execute(waiting)).all()
        times = [due_at if first is None else announced_at for announced_at, first, due_at in rows]
        return min((time for time in times if time is not None), default=None)

    async def attempt(self, delivery_id: int, *, now: datetime) -> bool:
        """Takes a pending delivery for one send; False when somebody else has it or it is closed."""
        return await self._write(_Attempt(delivery_id, now))

    async def close(self, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
        """Writes down what became of the send that ``attempt`` began.

        Retry makes the delivery pending again at its time, Moved at once and for the chat's new id, which the
        subscriber gets too. Gone also makes the subscriber unreachable. A delivery that is no longer being
        attempted, because it was rescued or erased meanwhile, stays as it is.
        """
        match outcome:
            case Moved(to):
                await self._move(delivery_id, to)
            case _:
                await self._write(_Close(delivery_id, outcome, now))

    async def rescue(self, *, now: datetime) -> int:
        """Makes every delivery that is being attempted due again; how many. For a start, before any send."""
        lost = update(deliveries).where(ATTEMPTING).values(state=DeliveryState.PENDING, due_at=now)
        async with self._database.writing() as connection:
            return (await connection.execute(lost)).rowcount

    async def _open(self) -> list[Row[int, int, int]]:
        order = (publications.c.priority.desc(), publications.c.id)
        listed = select(publications.c.id, publications.c.article_id, publications.c.priority).where(OPEN)
        async with self._database.reading() as connection:
            return list((await connection.execute(listed.order_by(*order))).all())

    async def _due_of(self, publication: Row[int, int, int], now: datetime, limit: int) -> list[DueDelivery]:
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
            async with self._database.writing() as connection:
                await connection.execute(
                    update(deliveries)
                    .where(deliveries.c.id.in_(inactive), deliveries.c.state == DeliveryState.PENDING)
                    .values(state=DeliveryState.GONE, cause=_LEFT_BEFORE, finished_at=now, due_at=None)
                )

    async def _write_together(self, changes: Sequence[_Attempt | _Close]) -> Sequence[bool]:
        """Does all ``changes`` in one transaction; for each whether it is done, of closing always True."""
        closing = [change for change in changes if isinstance(change, _Close)]
        wanted = [change for change in changes if isinstance(change, _Attempt)]
        taken: set[int] = set()
        async with self._database.writing() as connection:
            if closing:
                await _close_all(connection, closing)
            if wanted:
                asked = {"wanted": [change.delivery_id for change in wanted], "now": wanted[-1].now}
                taken.update(await connection.scalars(_ATTEMPT, asked))
        return [isinstance(change, _Close) or _take(taken, change.delivery_id) for change in changes]

    async def _move(self, delivery_id: int, to: int) -> None:
        this = (deliveries.c.id == delivery_id, ATTEMPTING)
        async with self._database.writing() as connection:
            chat_id = await connection.scalar(select(deliveries.c.chat_id).where(*this))
            if chat_id is not None:
                await follow(connection, chat_id, to)
                again = update(deliveries).where(*this)
                await connection.execute(again.values(state=DeliveryState.PENDING))


async def _close_all(connection: AsyncConnection, closing: Sequence[_Close]) -> None:
    gone = {
        change.delivery_id: unreachable(change.outcome.cause, change.now)
        for change in closing
        if isinstance(change.outcome, Gone)
    }
    if gone:
        await _lose(connection, gone)
    rows = [{"delivery_id": change.delivery_id, **_closed(change.outcome, change.now)} for change in closing]
    await connection.execute(_CLOSE, rows)


async def _lose(connection: AsyncConnection, gone: Mapping[int, Mapping[str, Any]]) -> None:
    """Writes these values to the chats of these deliveries, if they are still being attempted."""
    # Chats before deliveries, as a moving group takes them, and in one order: nobody meets in a deadlock.
    attempted = await connection.execute(
        select(deliveries.c.chat_id, deliveries.c.id)
        .where(deliveries.c.id.in_(gone), ATTEMPTING)
        .order_by(deliveries.c.chat_id)
    )
    rows = [{"lost": chat_id, **gone[delivery_id]} for chat_id, delivery_id in attempted]
    if rows:
        await connection.execute(update(subscribers).where(subscribers.c.chat_id == bindparam("lost")), rows)


def _closed(outcome: _Closing, now: datetime) -> dict[str, Any]:
    found: dict[str, Any]
    match outcome:
        case Sent(message_id):
            found = {"state": DeliveryState.SENT, "finished_at": now, "message_id": message_id}
        case Retry(after, cause):
            due_at = now + timedelta(seconds=after)
            found = {"state": DeliveryState.PENDING, "due_at": due_at, "cause": cause}
        case Unknown(cause):
            found = {"state": DeliveryState.UNKNOWN, "finished_at": now, "cause": cause}
        case Gone(cause):
            found = {"state": DeliveryState.GONE, "finished_at": now, "cause": cause}
        case Refused(cause):
            found = {"state": DeliveryState.REFUSED, "finished_at": now, "cause": cause}
    return {"finished_at": None, "message_id": None, "due_at": None, "cause": None} | found


def _take(taken: set[int], delivery_id: int) -> bool:
    """Whether ``delivery_id`` was taken; once, should two calls have asked for it together."""
    if delivery_id not in taken:
        return False
    taken.remove(delivery_id)
    return True


_CLOSE = update(deliveries).where(deliveries.c.id == bindparam("delivery_id"), ATTEMPTING)

# Locked in the order of ids and passed over where another worker holds them: two workers that want the same
# rows on PostgreSQL neither wait for each other nor meet in a deadlock.
_ATTEMPT = (
    update(deliveries)
    .where(
        deliveries.c.id.in_(
            select(deliveries.c.id)
            .where(
                deliveries.c.id.in_(bindparam("wanted", expanding=True)),
                deliveries.c.state == DeliveryState.PENDING,
            )
            .order_by(deliveries.c.id)
            .with_for_update(skip_locked=True)
        )
    )
    .values(
        state=DeliveryState.ATTEMPTING,
        attempts=deliveries.c.attempts + 1,
        attempted_at=bindparam("now", type_=deliveries.c.attempted_at.type),
        due_at=None,
    )
    .returning(deliveries.c.id)
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
