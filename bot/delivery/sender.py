"""One delivery on its way: marked, sent in its turn, closed by the answer. What is due is not asked here."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.audience import ChatKind
from bot.core.outcome import Outcome, Retry, Sent, Unknown, settled
from bot.core.pacing import ONE_CHAT, ONE_GROUP, TURN_WAIT, Rate
from bot.core.publication import DueDelivery, PublicationKind
from bot.delivery.courier import STORE_PAUSE, Courier, Letter
from bot.delivery.lease import Lease
from bot.delivery.outage import Outage
from bot.delivery.refusals import Refusals
from bot.delivery.reports import SendReports
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

UNKNOWN_HOLD = 1.0
"""Seconds for which this process rests after two lost answers in a row; doubled with each further one."""

LONGEST_UNKNOWN_HOLD = 60.0


class Deliveries(Protocol):
    """The part of the ledger that has one row for each recipient."""

    async def attempt(self, delivery_id: int, *, worker_id: int, now: datetime) -> bool:
        """Mark as being sent; False when it is not to be sent now."""
        ...

    async def close(self, delivery_id: int, outcome: Outcome, *, worker_id: int, now: datetime) -> None:
        """Record what became of it."""
        ...


class Place(Protocol):
    """A place among the next who may send."""

    async def turn(self) -> None:
        """Wait for the turn; the send is to begin at once."""
        ...

    def leave(self) -> None:
        """Give the place back: the send is over, or nothing is sent."""
        ...


class Turns(Protocol):
    """Who may send when."""

    async def place(self, chat_id: int | str, priority: int, rate: Rate) -> Place:
        """Wait for a place among the next."""
        ...

    def hold(self, seconds: float) -> None:
        """Let nobody send for a while."""
        ...

    def rest(self, seconds: float) -> None:
        """Let nobody in this process send for a while."""
        ...

    def held(self) -> float:
        """Seconds until somebody may send again."""
        ...


class Sender:
    """Sends deliveries that its worker has claimed, each in a task of its own.

    Each is marked before its turn comes and closed by the answer, both on the disk before it goes on: a kill
    at any moment loses nothing, and repeats at most what was in flight. ``again`` names the kinds that are
    sent again when an answer was lost; the others stay unknown.

    ``under_way`` are the tasks that are to be seen through. ``astray`` is set when the ledger may name this
    worker for deliveries that it does not send. While ``stopping`` no send begins. ``outage`` hears of each
    delivery that could not be marked.
    """

    def __init__(
        self,
        *,
        deliveries: Deliveries,
        lease: Lease,
        turns: Turns,
        courier: Courier,
        refusals: Refusals,
        reports: SendReports,
        again: frozenset[PublicationKind],
        now: Callable[[], datetime],
    ) -> None:
        self.under_way: set[asyncio.Task[None] | None] = set()
        self.astray = False
        self.stopping = False
        self._deliveries = deliveries
        self._lease = lease
        self._turns = turns
        self._courier = courier
        self._refusals = refusals
        self._reports = reports
        self._again = again
        self.outage = Outage("the database does not answer; sending rests")
        self._recording = Outage("answer not recorded yet")
        self._reaching = Outage(
            "telegram cannot be reached; this process rests", over="telegram is reached again"
        )
        self._now = now
        self._lost_in_a_row = 0
        # Who is writing down the answer of which delivery.
        self._recorders: dict[int, asyncio.Task[None] | None] = {}

    def claimed(self, delivery_id: int) -> None:
        """It was claimed: an earlier answer is written down, should the word of it have been lost."""
        self._recorders.pop(delivery_id, None)

    async def deliver(self, delivery: DueDelivery, worker_id: int) -> None:
        """Send it, unless it is not to be sent any more; ends when its answer is written down."""
        rate = ONE_GROUP if delivery.chat_kind is ChatKind.GROUP else ONE_CHAT
        place = await self._turns.place(delivery.chat_id, delivery.priority, rate)
        try:
            await self._deliver_at(place, delivery, worker_id)
        finally:
            place.leave()

    async def _deliver_at(self, place: Place, delivery: DueDelivery, worker_id: int) -> None:
        """Mark ``delivery`` first and wait for its turn then: what waited together would start together."""
        if not self._lease.holds(worker_id):
            self.astray = True
            return
        # From here on the send is seen through: a stop waits for what is in this set.
        self.under_way.add(asyncio.current_task())
        try:
            if not await self._deliveries.attempt(delivery.id, worker_id=worker_id, now=self._now()):
                return
        except StoreUnavailable as error:
            # Nothing was sent, whether it is marked or not.
            self.astray = True
            self.outage.met(error)
            return
        letter = await self._courier.written(delivery)
        if isinstance(letter, Letter):
            await self._send(place, delivery, letter, worker_id)
        else:
            await self._answered(delivery, worker_id, letter, 0.0)

    async def _send(self, place: Place, delivery: DueDelivery, letter: Letter, worker_id: int) -> None:
        in_turn = await self._turn_comes(place)
        # Nothing may be waited for between this last look and the send.
        if not self._lease.holds(worker_id):
            # Nothing was sent. If the lease was taken, so was the row, and this changes nothing.
            await self._record(delivery, worker_id, Retry(0.0, "its lease was over"))
            return
        if not in_turn or self.stopping or self._turns.held():
            # A 429 may have come meanwhile. Nothing was sent yet, so it simply goes back.
            await self._record(delivery, worker_id, Retry(0.0, "its turn did not come"))
            return
        began = asyncio.get_running_loop().time()
        outcome = await self._courier.carry(delivery, letter)
        await self._answered(delivery, worker_id, outcome, asyncio.get_running_loop().time() - began)

    async def _answered(
        self, delivery: DueDelivery, worker_id: int, outcome: Outcome, seconds: float
    ) -> None:
        self._reports.answered(delivery.kind, outcome, seconds)
        self._heed(outcome)
        again = delivery.kind in self._again
        await self._record(delivery, worker_id, settled(outcome, unknowns=delivery.unknowns, again=again))
        await self._refusals.judge(delivery, outcome)

    async def _turn_comes(self, place: Place) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TURN_WAIT):
                await place.turn()
                return True
        return False

    def _heed(self, outcome: Outcome) -> None:
        """Let nobody send where Telegram asks for it; rest alone where others may reach it.

        Also when answers are lost in a row: an outage would make one reader after the other unknown.
        """
        match outcome:
            case Sent():
                self._lost_in_a_row = 0
                self._reaching.not_met()
            case Retry(seconds, everywhere=True):
                self._turns.hold(seconds)
            case Retry(seconds, cause, here=True):
                self._turns.rest(seconds)
                self._reaching.met(cause)
            case Unknown(cause):
                self._lost_in_a_row += 1
                if self._lost_in_a_row > 1:
                    doubled = UNKNOWN_HOLD * 2.0 ** min(self._lost_in_a_row - 2, 10)
                    self._turns.rest(min(doubled, LONGEST_UNKNOWN_HOLD))
                    self._reaching.met(cause)

    async def _record(self, delivery: DueDelivery, worker_id: int, outcome: Outcome) -> None:
        """Close the delivery, however long the database takes to come back: the message is out."""
        me = asyncio.current_task()
        self._recorders[delivery.id] = me
        try:
            while self._recorders.get(delivery.id) is me:
                try:
                    await self._deliveries.close(delivery.id, outcome, worker_id=worker_id, now=self._now())
                except StoreUnavailable as error:
                    self._recording.met(error, delivery=delivery.id)
                    await asyncio.sleep(STORE_PAUSE)
                else:
                    self._recording.not_met()
                    break
        finally:
            if self._recorders.get(delivery.id) is me:
                del self._recorders[delivery.id]
        log.debug("delivery answered", delivery=delivery.id, chat=delivery.chat_id, outcome=outcome)
