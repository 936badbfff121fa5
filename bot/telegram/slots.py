"""The overall rate as slots, one for each send: kept in this process, or shared with others."""

import asyncio
import itertools
from collections import deque
from typing import Protocol

import structlog

from bot.core.pacing import Rate, Reserved, take_turn
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

BLOCK_SECONDS = 0.05
"""How far ahead a process reserves shared slots at once: so long may an answer stand behind a broadcast."""

STALE_SECONDS = 0.03
"""A shared slot that was not used by then is lost: others have had the time that it stood for, and what is
sent so much too late comes together with what is sent in time."""

STORE_PAUSE = 1.0
"""Seconds of rest when the shared rate cannot be asked."""


class Slots(Protocol):
    """Gives slots; times are those of the running loop's clock."""

    async def next(self, waiting: int) -> float:
        """When the next send may start, if nothing changes; ``waiting`` is how many want one."""
        ...

    def take(self) -> None:
        """The send of the slot that ``next`` named starts now."""
        ...

    def hold(self, seconds: float) -> None:
        """Let nobody send for ``seconds``. A shorter hold ends no longer one."""
        ...

    def rest(self, seconds: float) -> None:
        """Let nobody in this process send for ``seconds``, others may. A shorter rest ends no longer one."""
        ...

    def held(self) -> float:
        """Seconds until somebody may send again, as far as this process knows; 0.0 when they may now."""
        ...

    async def close(self) -> None:
        """End what is under way."""
        ...


class OwnSlots:
    """The slots of a process that sends alone."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._spent_until = 0.0
        self._held_until = 0.0

    async def next(self, waiting: int) -> float:
        """When the next send may start; the contract is Slots'."""
        del waiting
        now = asyncio.get_running_loop().time()
        return take_turn(self._spent_until, max(now, self._held_until), self._rate).at

    def take(self) -> None:
        """Use the next slot."""
        now = asyncio.get_running_loop().time()
        self._spent_until = take_turn(self._spent_until, max(now, self._held_until), self._rate).spent_until

    def hold(self, seconds: float) -> None:
        """Let nobody send for a while."""
        self.rest(seconds)

    def rest(self, seconds: float) -> None:
        """The same: nobody else sends."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)

    def held(self) -> float:
        """Seconds until somebody may send again."""
        return max(0.0, self._held_until - asyncio.get_running_loop().time())

    async def close(self) -> None:
        """Nothing is under way."""


class Pace(Protocol):
    """The rate that several processes share."""

    async def reserve(self, count: int, rate: Rate) -> Reserved:
        """Take the next ``count`` turns."""
        ...

    async def hold(self, seconds: float) -> None:
        """Give nobody a turn for a while."""
        ...


class SharedSlots:
    """The slots of one process among several: reserved in small blocks, lost when not used in time.

    A hold reaches the other processes with their next block. While the shared rate cannot be asked, nobody
    sends.
    """

    def __init__(self, pace: Pace, rate: Rate) -> None:
        self._pace = pace
        self._rate = rate
        self._most = max(1, int(BLOCK_SECONDS / rate.interval))
        self._reserved: deque[float] = deque()
        self._held_until = 0.0
        self._telling: set[asyncio.Task[None]] = set()

    async def next(self, waiting: int) -> float:
        """When the next send may start; reserves a block when none is left."""
        loop = asyncio.get_running_loop()
        while self._reserved and self._reserved[0] < loop.time() - STALE_SECONDS:
            self._reserved.popleft()
        if not self._reserved:
            count = max(1, min(waiting, self._most))
            asked = loop.time()
            try:
                reserved = await self._pace.reserve(count, self._rate)
            except StoreUnavailable as error:
                log.warning("the shared rate cannot be asked; nobody is sent to", cause=str(error))
                return loop.time() + STORE_PAUSE
            # The database answered at some moment in between.
            answered = (asked + loop.time()) / 2
            first = answered + reserved.wait
            if reserved.held:
                self._held_until = max(self._held_until, answered + reserved.held)
            self._reserved.extend(itertools.islice(itertools.count(first, self._rate.interval), count))
        return max(self._reserved[0], self._held_until)

    def take(self) -> None:
        """Use the first reserved slot."""
        self._reserved.popleft()

    def hold(self, seconds: float) -> None:
        """Let nobody send for a while, here and in every other process."""
        self.rest(seconds)
        task = asyncio.create_task(self._tell(seconds), name="hold")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def rest(self, seconds: float) -> None:
        """Let nobody in this process send for a while."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
        self._reserved.clear()

    def held(self) -> float:
        """Seconds until somebody may send again, as far as this process knows."""
        return max(0.0, self._held_until - asyncio.get_running_loop().time())

    async def close(self) -> None:
        """See through what the others are being told."""
        await asyncio.gather(*self._telling, return_exceptions=True)

    async def _tell(self, seconds: float) -> None:
        try:
            await self._pace.hold(seconds)
        except StoreUnavailable as error:
            log.warning("other workers could not be told to wait", cause=str(error))
