"""Sending what is due: claims deliveries, sends each in its turn, records each answer."""

import asyncio
import contextlib
import functools
import math
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.audience import ChatKind
from bot.core.outcome import Outcome, Retry, Sent, Unknown, settled
from bot.core.pacing import ONE_CHAT, ONE_GROUP, Rate
from bot.core.publication import DueDelivery, OpenPublication, PublicationKind
from bot.delivery.courier import STORE_PAUSE, Courier, Letter
from bot.delivery.lease import Lease
from bot.delivery.outage import Outage
from bot.delivery.refusals import Refusals
from bot.delivery.reports import SendReports
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

SECONDS_IN_HAND = 2.0
"""What a worker has in hand at most, of each priority, in seconds of the whole rate."""

LOOK_EVERY = 0.5
"""Seconds after which the ledger is looked at again without being woken: another process may have added."""

UNKNOWN_HOLD = 1.0
"""Seconds for which nobody is sent to after two lost answers in a row; doubled with each further one."""

LONGEST_UNKNOWN_HOLD = 60.0

STALE = 0.5
"""Seconds that a marked send waits for its turn; then it goes back, for it counts as under way, and on
PostgreSQL its chat's rest runs from the mark."""

SEE_THROUGH = 3.0
"""Seconds that sends under way get when the process is to end; supervisors mostly wait ten for everything."""

OUTLAST = 60.0
"""Seconds that they get when the process goes on: who lost the database has the answers and nothing to do."""

END_LEASE = 1.0
"""Seconds that the ledger gets at a stop to take back what is in hand; else that waits for its end."""


class Claims(Protocol):
    """The part of the ledger that says what is due."""

    async def open(self) -> tuple[OpenPublication, ...]:
        """What is being sent, most urgent first."""
        ...

    async def claim(
        self, publication: OpenPublication, *, worker_id: int, limit: int, now: datetime
    ) -> tuple[DueDelivery, ...]:
        """Take the next deliveries in hand."""
        ...

    async def give_back(self, worker_id: int, *, but: Collection[int]) -> None:
        """Make due again what the worker has by the ledger, but for these deliveries."""
        ...


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
        """Give the place back if the turn has not come; safe to call twice."""
        ...


class Turns(Protocol):
    """Who may send when."""

    async def place(self, chat_id: int | str, priority: int, rate: Rate) -> Place:
        """Wait for a place among the next."""
        ...

    def hold(self, seconds: float) -> None:
        """Let nobody send for a while."""
        ...

    def held(self) -> float:
        """Seconds until somebody may send again."""
        ...


class Pusher:
    """Sends what is due until it is stopped, beside any number of others on the same ledger.

    Each delivery is marked before its turn comes and closed by the answer, both on the disk before it goes
    on: a kill at any moment loses nothing, and repeats at most what was in flight. ``again`` names the kinds
    that are sent again when an answer was lost; the others stay unknown. ``overall`` is the rate of all
    workers together.
    """

    def __init__(
        self,
        *,
        claims: Claims,
        deliveries: Deliveries,
        lease: Lease,
        turns: Turns,
        courier: Courier,
        refusals: Refusals,
        reports: SendReports,
        again: frozenset[PublicationKind],
        overall: Rate,
        now: Callable[[], datetime],
    ) -> None:
        self._claims = claims
        self._deliveries = deliveries
        self._lease = lease
        self._turns = turns
        self._courier = courier
        self._refusals = refusals
        self._reports = reports
        self._looking = Outage("the database does not answer; sending rests")
        self._recording = Outage("answer not recorded yet")
        self._again = again
        self._most = max(2, round(SECONDS_IN_HAND / overall.interval))
        self._now = now
        # By task: what was put off at once may be claimed again before its first task has ended.
        self._in_hand: dict[asyncio.Task[None], int] = {}
        self._priorities: Counter[int] = Counter()
        self._sending: set[asyncio.Task[None] | None] = set()
        # Whether more may be due than is in hand; if not, a send that ends is no reason to look.
        self._more = False
        # Whether the ledger may name this worker for deliveries that it does not have.
        self._astray = False
        self._lost_in_a_row = 0
        self._wake = asyncio.Event()
        self._stopping = False
        self._patient_until = math.inf
        self._patience: asyncio.Timeout | None = None

    def wake(self) -> None:
        """Look at the ledger now: something was announced."""
        self._wake.set()

    def stop(self, *, within: float = SEE_THROUGH) -> None:
        """Start no further send; run() returns when those under way are answered and recorded.

        It gives them up after ``within`` seconds. May be called again to have less patience, never more.
        """
        self._patient_until = min(self._patient_until, asyncio.get_running_loop().time() + within)
        if self._patience is not None:
            self._patience.reschedule(self._patient_until)
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send what is due until stop() is called; rests while the database does not answer."""
        await self._begin()
        keeping = asyncio.create_task(self._lease.keep(), name="lease")
        try:
            while not self._stopping:
                self._wake.clear()
                self._reports.looked()
                try:
                    # A lease that cannot be renewed any more would let nothing be sent, for ever.
                    if keeping.done():
                        await keeping
                    busy = self._lease.holds(self._lease.worker_id) and await self._take_in_hand()
                    self._looking.not_met()
                except StoreUnavailable as error:
                    # What was claimed may have been written all the same, and only the answer was lost.
                    self._astray = True
                    self._looking.met(error)
                    await self._rest(STORE_PAUSE)
                    continue
                if not busy:
                    await self._rest(LOOK_EVERY)
            await self._see_through()
        finally:
            keeping.cancel()
            await asyncio.wait([keeping])

    async def _begin(self) -> None:
        while not self._stopping:
            try:
                await self._lease.begin()
            except StoreUnavailable as error:
                self._looking.met(error)
                await self._rest(STORE_PAUSE)
            else:
                return

    async def _see_through(self) -> None:
        for task in self._in_hand:
            if task not in self._sending:
                task.cancel()
        if under_way := set(self._in_hand):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(self._patient_until) as self._patience:
                    await asyncio.wait(under_way)
            self._patience = None
            await self._give_up({task for task in under_way if not task.done()})
        try:
            async with asyncio.timeout(END_LEASE):
                await self._lease.end()
        except (StoreUnavailable, TimeoutError) as error:
            log.warning("what was in hand is taken over when the lease is over", cause=str(error))

    async def _give_up(self, late: set[asyncio.Task[None]]) -> None:
        """Wait no longer for these answers: by the ledger their worker is no more, which decides by kind."""
        if late:
            log.warning("sends under way are given up: no answer came in time", deliveries=len(late))
            for task in late:
                task.cancel()
            await asyncio.wait(late)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _take_in_hand(self) -> bool:
        """Claim what each priority has room for, most urgent first: none waits until another has room."""
        busy = False
        if self._astray:
            # Before the wait, in which more may go astray.
            self._astray = False
            await self._claims.give_back(self._lease.worker_id, but=set(self._in_hand.values()))
        self._more = False
        publications = await self._claims.open()
        self._refusals.count_anew(publications)
        for publication in publications:
            free = self._most - self._priorities[publication.priority]
            if free < self._most // 2:
                self._more = True
                continue
            worker_id = self._lease.worker_id
            claimed = await self._claims.claim(publication, worker_id=worker_id, limit=free, now=self._now())
            for delivery in claimed:
                self._start(delivery, worker_id)
            busy = busy or bool(claimed)
            self._more = self._more or len(claimed) == free
        return busy

    def _start(self, delivery: DueDelivery, worker_id: int) -> None:
        task = asyncio.create_task(self._deliver(delivery, worker_id), name=f"delivery {delivery.id}")
        self._in_hand[task] = delivery.id
        self._priorities[delivery.priority] += 1
        task.add_done_callback(functools.partial(self._done, delivery))

    def _done(self, delivery: DueDelivery, task: asyncio.Task[None]) -> None:
        del self._in_hand[task]
        self._sending.discard(task)
        self._priorities[delivery.priority] -= 1
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery failed and stays in the ledger", delivery=delivery.id, exc_info=error)
        if self._more and self._priorities[delivery.priority] <= self._most // 2:
            self._wake.set()

    async def _deliver(self, delivery: DueDelivery, worker_id: int) -> None:
        rate = ONE_GROUP if delivery.chat_kind is ChatKind.GROUP else ONE_CHAT
        place = await self._turns.place(delivery.chat_id, delivery.priority, rate)
        try:
            await self._deliver_at(place, delivery, worker_id)
        finally:
            place.leave()

    async def _deliver_at(self, place: Place, delivery: DueDelivery, worker_id: int) -> None:
        """Mark ``delivery`` first and wait for its turn then: what waited together would start together."""
        if not self._lease.holds(worker_id):
            self._astray = True
            return
        # From here on the send is seen through: a stop waits for what is in this set.
        self._sending.add(asyncio.current_task())
        try:
            if not await self._deliveries.attempt(delivery.id, worker_id=worker_id, now=self._now()):
                return
        except StoreUnavailable as error:
            # Nothing was sent, whether it is marked or not.
            self._astray = True
            self._looking.met(error)
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
        if rest := self._turns.held():
            # A 429 came meanwhile; nothing was sent yet, so it simply goes back.
            await self._record(delivery, worker_id, Retry(rest, "waits for the end of a 429"))
            return
        if not in_turn or self._stopping:
            await self._record(delivery, worker_id, Retry(0.0, "its turn did not come"))
            return
        began = asyncio.get_running_loop().time()
        outcome = await self._courier.carry(delivery, letter)
        await self._answered(delivery, worker_id, outcome, asyncio.get_running_loop().time() - began)

    async def _answered(
        self, delivery: DueDelivery, worker_id: int, outcome: Outcome, seconds: float
    ) -> None:
        self._reports.answered(delivery.kind, outcome, seconds)
        self._watch_for_an_outage(outcome)
        again = delivery.kind in self._again
        await self._record(delivery, worker_id, settled(outcome, unknowns=delivery.unknowns, again=again))
        await self._refusals.judge(delivery, outcome)

    async def _turn_comes(self, place: Place) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STALE):
                await place.turn()
                return True
        return False

    def _watch_for_an_outage(self, outcome: Outcome) -> None:
        """Rest when answers are lost in a row: an outage would make one reader after the other unknown."""
        if isinstance(outcome, Sent):
            self._lost_in_a_row = 0
        if not isinstance(outcome, Unknown):
            return
        self._lost_in_a_row += 1
        if self._lost_in_a_row > 1:
            doubled = UNKNOWN_HOLD * 2.0 ** min(self._lost_in_a_row - 2, 10)
            self._turns.hold(min(doubled, LONGEST_UNKNOWN_HOLD))

    async def _record(self, delivery: DueDelivery, worker_id: int, outcome: Outcome) -> None:
        """Close the delivery, however long the database takes to come back: the message is out."""
        if isinstance(outcome, Retry) and outcome.everywhere:
            self._turns.hold(outcome.after)
        while True:
            try:
                await self._deliveries.close(delivery.id, outcome, worker_id=worker_id, now=self._now())
                self._recording.not_met()
                break
            except StoreUnavailable as error:
                self._recording.met(error, delivery=delivery.id)
                await asyncio.sleep(STORE_PAUSE)
        log.debug("delivery answered", delivery=delivery.id, chat=delivery.chat_id, outcome=outcome)
