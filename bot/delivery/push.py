"""What is due and who has it in hand: claims deliveries, starts the sending of each, and ends in order."""

import asyncio
import contextlib
import functools
import math
from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Iterable
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.core.pacing import Rate
from bot.core.publication import DueDelivery, OpenPublication
from bot.delivery.courier import STORE_PAUSE
from bot.delivery.lease import Lease
from bot.delivery.refusals import Refusals
from bot.delivery.reports import SendReports
from bot.delivery.sender import Sender, Turns
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

SECONDS_IN_HAND = 2.0
"""What a worker has in hand at most, of each priority, in seconds of the whole rate."""

LOOK_EVERY = 0.5
"""Seconds after which the ledger is looked at again without being woken: another process may have added."""

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

    async def give_back(self, worker_id: int, *, but: Collection[int], now: datetime) -> None:
        """Make due again what the worker has by the ledger, but for these deliveries."""
        ...


class Pusher:
    """Sends what is due until it is stopped, beside any number of others on the same ledger.

    ``overall`` is the rate of all workers together.
    """

    def __init__(
        self,
        *,
        claims: Claims,
        sender: Sender,
        lease: Lease,
        turns: Turns,
        refusals: Refusals,
        reports: SendReports,
        overall: Rate,
        now: Callable[[], datetime],
    ) -> None:
        self._claims = claims
        self._sender = sender
        self._lease = lease
        self._turns = turns
        self._refusals = refusals
        self._reports = reports
        self._most = max(2, round(SECONDS_IN_HAND / overall.interval))
        self._now = now
        # By task: what was put off at once may be claimed again before its first task has ended.
        self._in_hand: dict[asyncio.Task[None], DueDelivery] = {}
        self._priorities: Counter[int] = Counter()
        # Whether more may be due than is in hand; if not, a send that ends is no reason to look.
        self._more = False
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
        if self._patience is not None and not self._patience.expired():
            self._patience.reschedule(self._patient_until)
        self._stopping = self._sender.stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send what is due until stop() is called; rests while the database does not answer."""
        keeping = asyncio.create_task(self._keep_lease(), name="lease")
        try:
            await self._patiently(self._send_what_is_due(keeping))
        finally:
            if not self._stopping:
                # After a fault too what is under way is out, and its answers are wanted.
                self.stop()
            await self._patiently(self._see_through())
            keeping.cancel()
            await asyncio.wait([keeping])
            await self._end()

    async def _patiently(self, action: Coroutine[Any, Any, None]) -> None:
        """Do ``action``, and let it go when stop()'s patience is over: a database may hang and not answer."""
        patience = asyncio.timeout_at(self._patient_until)
        try:
            async with patience:
                self._patience = patience
                await action
        except TimeoutError:
            if not patience.expired():
                raise
        finally:
            self._patience = None

    async def _keep_lease(self) -> None:
        while not self._stopping:
            try:
                await self._lease.begin()
            except StoreUnavailable as error:
                self._sender.outage.met(error)
                await asyncio.sleep(STORE_PAUSE)
            else:
                self._wake.set()
                await self._lease.keep()

    async def _send_what_is_due(self, keeping: asyncio.Task[None]) -> None:
        while not self._stopping:
            self._wake.clear()
            self._reports.looked()
            try:
                # A lease that cannot be renewed any more would let nothing be sent, for ever.
                if keeping.done():
                    await keeping
                busy = self._lease.holds(self._lease.worker_id) and await self._take_in_hand()
                self._sender.outage.not_met()
            except StoreUnavailable as error:
                # What was claimed may have been written all the same, and only the answer was lost.
                self._sender.astray = True
                self._sender.outage.met(error)
                await self._rest(STORE_PAUSE)
                continue
            if not busy:
                await self._rest(min(LOOK_EVERY, self._turns.held() or LOOK_EVERY))

    async def _see_through(self) -> None:
        await self._let_go(self._in_hand)
        if self._in_hand:
            await asyncio.wait(list(self._in_hand))

    async def _let_go(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        """Take those of ``tasks`` out of hand that are not marked; the next look gives them back."""
        waiting = [task for task in tasks if task not in self._sender.under_way]
        if waiting:
            self._sender.astray = True
            for task in waiting:
                task.cancel()
            await asyncio.wait(waiting)

    async def _end(self) -> None:
        """Give up what is not answered by now, and the lease with it, which decides of it by its kind."""
        if late := list(self._in_hand):
            log.warning("sends under way are given up: no answer came in time", deliveries=len(late))
            for task in late:
                task.cancel()
            await asyncio.wait(late)
        try:
            async with asyncio.timeout(END_LEASE):
                await self._lease.end()
        except (StoreUnavailable, TimeoutError) as error:
            log.warning("what was in hand is taken over when the lease is over", cause=str(error))

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _take_in_hand(self) -> bool:
        """Claim what each priority has room for, most urgent first: none waits until another has room."""
        busy = False
        self._more = False
        publications = await self._claims.open()
        self._refusals.count_anew(publications)
        # What was paused or ended since it was claimed is not sent, however long it waits behind others; and
        # while this process may not send, others may.
        held = self._turns.held() > 0.0
        still = {publication.id for publication in publications}
        await self._let_go(
            task for task, one in self._in_hand.items() if held or one.publication_id not in still
        )
        if self._sender.astray:
            # Before the wait, in which more may go astray.
            self._sender.astray = False
            kept = {delivery.id for delivery in self._in_hand.values()}
            await self._claims.give_back(self._lease.worker_id, but=kept, now=self._now())
        if held:
            return False
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
        task = asyncio.create_task(self._sender.deliver(delivery, worker_id), name=f"delivery {delivery.id}")
        self._in_hand[task] = delivery
        # What is claimed again is closed, though the word that it is was lost.
        self._sender.claimed(delivery.id)
        self._priorities[delivery.priority] += 1
        task.add_done_callback(functools.partial(self._done, delivery))

    def _done(self, delivery: DueDelivery, task: asyncio.Task[None]) -> None:
        del self._in_hand[task]
        self._sender.under_way.discard(task)
        self._priorities[delivery.priority] -= 1
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery failed and stays in the ledger", delivery=delivery.id, exc_info=error)
        if self._more and self._priorities[delivery.priority] <= self._most // 2:
            self._wake.set()
