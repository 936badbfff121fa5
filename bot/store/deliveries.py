"""The ledger's rows: each is marked just before its send and closed by the answer. Claiming lives apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.audience import ChatKind
from bot.core.outcome import Absent, Gone, Moved, Nothing, Outcome, Refused, Retry, Sent, Unknown
from bot.core.pacing import ONE_CHAT, ONE_GROUP, TURN_WAIT
from bot.core.publication import DeliveryState
from bot.store.clock import timed
from bot.store.database import Database
from bot.store.doubt import DUE_IF_IN_DOUBT, leave_in_doubt
from bot.store.ledger_tables import ATTEMPTING, deliveries
from bot.store.moving import follow
from bot.store.reader_tables import subscribers
from bot.store.subscriber_rows import unreachable
from bot.store.together import Together

_Closing = Sent | Retry | Unknown | Gone | Refused | Absent | Nothing

_COMMIT_EVERY = 0.02
"""Seconds between two commits: at 1,000 sends a second some forty rows share one, at 30 hardly any waits."""

_CHAT_REST = ONE_CHAT.interval + TURN_WAIT
_GROUP_REST = ONE_GROUP.interval + TURN_WAIT
"""Seconds from a mark to the next one of another worker: the send may follow its mark so much later."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    delivery_id: int
    worker_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class _Close:
    delivery_id: int
    worker_id: int
    outcome: _Closing
    now: datetime


class Deliveries:
    """Deliveries by id, for the worker that has them. All may raise StoreUnavailable: nothing was changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Dozens of sends are under way at once: what begins and ends at the same time shares a commit, which
        # makes it five times cheaper.
        self._write = Together(self._write_together, pause=_COMMIT_EVERY)

    async def attempt(self, delivery_id: int, *, worker_id: int, now: datetime) -> bool:
        """Marks a claimed delivery as being sent; False when the worker no longer has it.

        On PostgreSQL, where other workers may have sent to the same chat, False too while the chat must rest:
        the delivery is due again when it has. The rest begins when the send does, TURN_WAIT from now at most.
        """
        return await self._write(_Attempt(delivery_id, worker_id, now))

    async def close(self, delivery_id: int, outcome: Outcome, *, worker_id: int, now: datetime) -> None:
        """Writes down what became of the send that ``attempt`` began.

        Retry makes the delivery pending again at its time, Moved at once and for the chat's new id, which the
        subscriber gets too. Gone also makes the subscriber unreachable. A delivery that this worker no longer
        has, because its lease was taken or the reader was erased meanwhile, stays as it is.
        """
        match outcome:
            case Moved(to):
                await self._move(delivery_id, worker_id, to)
            case _:
                await self._write(_Close(delivery_id, worker_id, outcome, now))

    async def _write_together(self, changes: Sequence[_Attempt | _Close]) -> Sequence[bool]:
        """Does all ``changes`` in one transaction; for each whether it is done, of closing always True."""
        closing = [change for change in changes if isinstance(change, _Close)]
        wanted = [change for change in changes if isinstance(change, _Attempt)]
        taken: set[int] = set()
        async with self._database.writing() as connection:
            if closing:
                await _close_all(connection, closing)
            # A lease that was lost and taken anew leaves sends of the old number beside those of the new one.
            for worker_id in {change.worker_id for change in wanted}:
                mine = [change for change in wanted if change.worker_id == worker_id]
                taken.update(await _attempt(connection, mine))
        return [isinstance(change, _Close) or _take(taken, change.delivery_id) for change in changes]

    async def _move(self, delivery_id: int, worker_id: int, to: int) -> None:
        this = (deliveries.c.id == delivery_id, ATTEMPTING, deliveries.c.worker_id == worker_id)
        async with self._database.writing() as connection:
            chat_id = await connection.scalar(select(deliveries.c.chat_id).where(*this))
            if chat_id is not None:
                await follow(connection, chat_id, to)
                again = update(deliveries).where(*this)
                await connection.execute(
                    again.values(state=DeliveryState.PENDING, worker_id=None, due_at=DUE_IF_IN_DOUBT)
                )


async def _attempt(connection: AsyncConnection, wanted: Sequence[_Attempt]) -> set[int]:
    """The ids of those that may be sent now."""
    asked = {
        "wanted": [change.delivery_id for change in wanted],
        "worker": wanted[-1].worker_id,
        "now": wanted[-1].now,
    }
    if connection.dialect.name == "postgresql":
        # One process keeps each chat's rate by itself; several keep it in the chat's row.
        rested = await connection.execute(_TAKE_REST, asked)
        chats = [row.chat_id for row in rested]
        await connection.execute(_LET_REST, {**asked, "chats": chats, **_rests(wanted[-1].now)})
    return set(await connection.scalars(_ATTEMPT, asked))


def _rests(now: datetime) -> dict[str, datetime]:
    return {
        "chat_rested": now + timedelta(seconds=_CHAT_REST),
        "group_rested": now + timedelta(seconds=_GROUP_REST),
    }


async def _close_all(connection: AsyncConnection, closing: Sequence[_Close]) -> None:
    gone = {
        change.delivery_id: (change.worker_id, unreachable(change.outcome.cause, change.now))
        for change in closing
        if isinstance(change.outcome, Gone)
    }
    if gone:
        await _lose(connection, gone)
    rows = [
        {
            "delivery_id": change.delivery_id,
            "worker": change.worker_id,
            **_closed(change.outcome, change.now),
        }
        for change in closing
    ]
    await connection.execute(_CLOSE, rows)
    if lost := [change for change in closing if _is_unanswered(change.outcome)]:
        # What they belong to may have been ended while they were under way.
        ids = [change.delivery_id for change in lost]
        concerned = await connection.scalars(
            select(deliveries.c.publication_id).where(deliveries.c.id.in_(ids)).distinct()
        )
        await leave_in_doubt(connection, list(concerned), now=lost[-1].now)


def _is_unanswered(outcome: Outcome) -> bool:
    return isinstance(outcome, Retry) and outcome.unanswered


async def _lose(connection: AsyncConnection, gone: Mapping[int, tuple[int, Mapping[str, Any]]]) -> None:
    """Writes these values to the chats of these deliveries, if their workers are still sending them."""
    # Chats before deliveries, as a moving group takes them, and in one order: nobody meets in a deadlock.
    attempted = await connection.execute(
        select(deliveries.c.chat_id, deliveries.c.id, deliveries.c.worker_id)
        .where(deliveries.c.id.in_(gone), ATTEMPTING)
        .order_by(deliveries.c.chat_id)
    )
    rows = [
        {"lost": chat_id, **gone[delivery_id][1]}
        for chat_id, delivery_id, worker_id in attempted
        if worker_id == gone[delivery_id][0]
    ]
    if rows:
        await connection.execute(update(subscribers).where(subscribers.c.chat_id == bindparam("lost")), rows)


def _closed(outcome: _Closing, now: datetime) -> dict[str, Any]:
    found: dict[str, Any]
    match outcome:
        case Sent(message_id):
            found = {"state": DeliveryState.SENT, "finished_at": now, "message_id": message_id}
        case Retry(after, cause, unanswered=unanswered):
            due_at = now + timedelta(seconds=after)
            found = {
                "state": DeliveryState.PENDING,
                "due_at": due_at,
                "cause": cause,
                "lost": int(unanswered),
            }
        case Unknown(cause):
            found = {"state": DeliveryState.UNKNOWN, "finished_at": now, "cause": cause, "lost": 1}
        case Gone(cause) | Absent(cause):
            found = {"state": DeliveryState.GONE, "finished_at": now, "cause": cause}
        case Nothing(cause):
            found = {"state": DeliveryState.NOTHING, "finished_at": now, "cause": cause}
        case Refused(cause):
            found = {"state": DeliveryState.REFUSED, "finished_at": now, "cause": cause}
    return {"finished_at": None, "message_id": None, "due_at": None, "cause": None, "lost": 0} | found


def _take(taken: set[int], delivery_id: int) -> bool:
    """Whether ``delivery_id`` was taken; once, should two calls have asked for it together."""
    if delivery_id not in taken:
        return False
    taken.remove(delivery_id)
    return True


_CLOSE = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery_id"), ATTEMPTING, deliveries.c.worker_id == bindparam("worker")
    )
    .values(unknowns=deliveries.c.unknowns + bindparam("lost"), worker_id=None)
)

_MINE = (
    deliveries.c.id.in_(bindparam("wanted", expanding=True)),
    deliveries.c.state == DeliveryState.CLAIMED,
    deliveries.c.worker_id == bindparam("worker"),
)

_ATTEMPT = (
    update(deliveries)
    .where(*_MINE)
    .values(
        state=DeliveryState.ATTEMPTING,
        attempts=deliveries.c.attempts + 1,
        attempted_at=bindparam("now", type_=deliveries.c.attempted_at.type),
    )
    .returning(deliveries.c.id)
)

# A chat whose row is locked, by its reader's own settings or by another worker, counts as resting.
_TAKE_REST = timed(
    "postgresql",
    """
    WITH rested AS MATERIALIZED (
        SELECT subscribers.chat_id FROM subscribers JOIN deliveries USING (chat_id)
        WHERE deliveries.id = ANY(:wanted) AND deliveries.state = 'claimed' AND deliveries.worker_id = :worker
          AND (subscribers.rests_until IS NULL OR subscribers.rests_until <= {now})
        ORDER BY subscribers.chat_id FOR UPDATE OF subscribers SKIP LOCKED
    )
    UPDATE subscribers
    SET rests_until = {now} + CASE subscribers.kind WHEN 'group' THEN :group_rest ELSE :chat_rest END
    FROM rested WHERE subscribers.chat_id = rested.chat_id
    RETURNING subscribers.chat_id
    """,
    "group_rest",
    "chat_rest",
).bindparams(group_rest=_GROUP_REST, chat_rest=_CHAT_REST)

_LET_REST = (
    update(deliveries)
    .where(*_MINE, deliveries.c.chat_id.not_in(bindparam("chats", expanding=True)))
    .values(
        state=DeliveryState.PENDING,
        worker_id=None,
        due_at=case(
            (
                select(subscribers.c.kind)
                .where(subscribers.c.chat_id == deliveries.c.chat_id)
                .scalar_subquery()
                == ChatKind.GROUP,
                bindparam("group_rested", type_=deliveries.c.due_at.type),
            ),
            else_=bindparam("chat_rested", type_=deliveries.c.due_at.type),
        ),
    )
)
