"""Whose turn it is to send: Telegram's rates kept in one process, answers to readers first."""

import asyncio
import contextlib
import heapq
import itertools
import math
from enum import Enum, auto
from typing import NamedTuple

from bot.core.pacing import OVERALL, Rate, take_turn
from bot.telegram.slots import OwnSlots, Slots

FORGET_ABOVE = 10_000
"""Chats remembered before those whose pause is over are dropped."""

SHORTEST_PAUSE = 0.005
"""Seconds between two looks for turns that are due: at 1,000 a second five are granted at once, which costs
the loop a fifth; the burst of the rate makes up for the wait."""

PLACES_AHEAD = 0.1
"""Seconds of the rate for which there are places: marking a send in the ledger takes less, and what is marked
when the process is killed is in doubt."""


UNDER_WAY = 48
"""Sends that may be under way at once, unless it is said otherwise: each needs a connection of its own."""


def places_at(rate: Rate) -> int:
    """How many places there are at ``rate``."""
    return max(2, round(PLACES_AHEAD / rate.interval))


class _Wish(Enum):
    PLACE = auto()
    START = auto()
    TURN = auto()
    """Both at once."""


class _Waiting(NamedTuple):
    """Ordered by its first two fields, of which no two have the same."""

    urgency: int
    number: int
    wish: _Wish
    chat_id: int | str
    rate: Rate
    granted: asyncio.Future[None]


class Pacer:
    """Grants turns to send: as many as ``slots`` has for all chats, and each chat at its own rate.

    Who waits with a higher priority goes first; a chat that must rest holds up nobody else. Whoever has
    something to do before it sends takes one of the ``places`` first: it is then among the next, and its chat
    waits for this send alone. There is none while ``under_way`` have had one and not left it: whoever waited
    for a connection after its turn would begin when it is no longer asked whether it may. Times are those of
    the running loop's clock.
    """

    def __init__(
        self, slots: Slots | None = None, *, places: int | None = None, under_way: int = UNDER_WAY
    ) -> None:
        self._slots = slots or OwnSlots(OVERALL)
        self._free = places_at(OVERALL) if places is None else places
        self._room = under_way
        # Answers and pushes are counted apart: a reader who taps quickly still gets the news at once. Endless
        # for a chat that somebody has a place for.
        self._chats: dict[tuple[int | str, Rate], float] = {}
        self._asking: list[_Waiting] = []
        self._ready: list[_Waiting] = []
        self._resting: list[tuple[float, _Waiting]] = []
        self._numbers = itertools.count()
        self._changed = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, chat_id: int | str, priority: int, rate: Rate) -> None:
        """Wait until a message may be sent to ``chat_id``. Cancelling the wait leaves the turn to others."""
        await self._enqueue(_Wish.TURN, chat_id, priority, rate)

    async def place(self, chat_id: int | str, priority: int, rate: Rate) -> "Place":
        """Wait until ``chat_id`` has rested and may be among the next. It must be left again."""
        granted = self._enqueue(_Wish.PLACE, chat_id, priority, rate)
        try:
            await granted
        except asyncio.CancelledError:
            if not granted.cancelled():
                self.free(chat_id, rate, rests=False)
                self.end()
            raise
        return Place(self, chat_id, priority, rate)

    def start(self, chat_id: int | str, priority: int, rate: Rate) -> asyncio.Future[None]:
        """The turn of somebody who has a place."""
        return self._enqueue(_Wish.START, chat_id, priority, rate)

    def free(self, chat_id: int | str, rate: Rate, *, rests: bool) -> None:
        """Let another be among the next; the chat ``rests`` from now on if it is sent to."""
        now = asyncio.get_running_loop().time()
        self._chats[chat_id, rate] = now + rate.interval if rests else now
        self._free += 1
        self._give_places()
        self._changed.set()

    def end(self) -> None:
        """Of those who had a place, one is no longer under way."""
        self._room += 1
        if self._room == 1:
            self._give_places()

    def hold(self, seconds: float) -> None:
        """Grant nothing for ``seconds``: Telegram has answered 429. A shorter hold ends no longer one."""
        self._slots.hold(seconds)

    def rest(self, seconds: float) -> None:
        """Grant nothing here for ``seconds``; other processes, who share the rate, are not concerned."""
        self._slots.rest(seconds)

    def held(self) -> float:
        """Seconds until turns are granted again; 0.0 when they are."""
        return self._slots.held()

    async def close(self) -> None:
        """Stop granting; who still waits is cancelled."""
        for waiting in [*self._asking, *self._ready, *(resting for _, resting in self._resting)]:
            waiting.granted.cancel()
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait([self._pump])
        await self._slots.close()

    def _enqueue(self, wish: _Wish, chat_id: int | str, priority: int, rate: Rate) -> asyncio.Future[None]:
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(-priority, next(self._numbers), wish, chat_id, rate, granted)
        heapq.heappush(self._queue_of(waiting), waiting)
        if wish is _Wish.PLACE:
            self._give_places()
        self._changed.set()
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._grant_turns(), name="pacer")
        return granted

    def _queue_of(self, waiting: _Waiting) -> list[_Waiting]:
        return self._asking if waiting.wish is _Wish.PLACE else self._ready

    async def _grant_turns(self) -> None:
        loop = asyncio.get_running_loop()
        while self._asking or self._ready or self._resting:
            now = loop.time()
            while self._resting and self._resting[0][0] <= now:
                rested = heapq.heappop(self._resting)[1]
                heapq.heappush(self._queue_of(rested), rested)
            self._give_places()
            if not self._ready:
                await self._until_something_changes()
                continue
            at = await self._slots.next(len(self._ready))
            now = loop.time()
            if at > now:
                # Looked at again after the pause: a hold may have begun, somebody more urgent may have come.
                await asyncio.sleep(max(at - now, SHORTEST_PAUSE))
                continue
            if self._begin(heapq.heappop(self._ready), now):
                self._slots.take()
        self._forget_rested_chats(loop.time())

    def _give_places(self) -> None:
        if self.held():
            return
        now = asyncio.get_running_loop().time()
        while self._free and self._room > 0 and self._asking:
            waiting = heapq.heappop(self._asking)
            if waiting.granted.done() or self._must_rest(waiting, now):
                continue
            self._chats[waiting.chat_id, waiting.rate] = math.inf
            self._free -= 1
            self._room -= 1
            waiting.granted.set_result(None)

    def _begin(self, waiting: _Waiting, now: float) -> bool:
        """Give ``waiting`` its turn unless its chat must rest or nobody waits for it any more."""
        if waiting.granted.done():
            return False
        if waiting.wish is _Wish.TURN:
            if self._must_rest(waiting, now):
                return False
            key = (waiting.chat_id, waiting.rate)
            self._chats[key] = take_turn(self._chats.get(key, 0.0), now, waiting.rate).spent_until
        waiting.granted.set_result(None)
        return True

    def _must_rest(self, waiting: _Waiting, now: float) -> bool:
        """Put ``waiting`` aside if its chat must rest, or waits for somebody who has a place."""
        spent = self._chats.get((waiting.chat_id, waiting.rate), 0.0)
        until = now + waiting.rate.interval if spent == math.inf else take_turn(spent, now, waiting.rate).at
        if until <= now:
            return False
        heapq.heappush(self._resting, (until, waiting))
        return True

    async def _until_something_changes(self) -> None:
        pauses = [self._resting[0][0] - asyncio.get_running_loop().time()] if self._resting else []
        if self._asking and (held := self.held()):
            pauses.append(held)
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(pauses, default=None)):
                await self._changed.wait()

    def _forget_rested_chats(self, now: float) -> None:
        if len(self._chats) > FORGET_ABOVE:
            self._chats = {key: spent for key, spent in self._chats.items() if spent > now}


class Place:
    """A place among the next; its holder is doing what it has to before it sends, and then sends."""

    def __init__(self, pacer: Pacer, chat_id: int | str, priority: int, rate: Rate) -> None:
        self._pacer = pacer
        self._chat_id = chat_id
        self._priority = priority
        self._rate = rate
        self._had_turn = False
        self._left = False

    async def turn(self) -> None:
        """Wait until the message may be sent, which is to be done before anything else is waited for."""
        await self._pacer.start(self._chat_id, self._priority, self._rate)
        self._had_turn = True
        self._pacer.free(self._chat_id, self._rate, rests=True)

    def leave(self) -> None:
        """Give the place back: the send is over, or nothing is sent. Safe to call twice."""
        if self._left:
            return
        self._left = True
        if not self._had_turn:
            self._pacer.free(self._chat_id, self._rate, rests=False)
        self._pacer.end()
