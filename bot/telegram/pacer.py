"""Whose turn it is to send: Telegram's rates kept in one process, answers to readers first."""

import asyncio
import contextlib
import heapq
import itertools
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple, Protocol

import structlog
from telegram.ext import BaseRateLimiter

from bot.core.pacing import ONE_CHAT_ANSWERS, ONE_GROUP_ANSWERS, OVERALL, Rate, take_turn
from bot.core.publication import Priority
from bot.telegram.errors import Flood, NotSent
from bot.telegram.slots import OwnSlots, Slots

log = structlog.get_logger(__name__)

FORGET_ABOVE = 10_000
"""Chats remembered before those whose pause is over are dropped."""

NOT_SENT_PAUSES = (0.3, 1.0, 3.0)
"""Seconds before an answer that surely did not arrive is sent again; then the reader has to ask again."""

SHORTEST_PAUSE = 0.005
"""Seconds between two looks for turns that are due: at 1,000 a second five are granted at once, which costs
the loop a fifth; the burst of the rate makes up for the wait."""

LONGEST_WAIT = 60.0
"""Seconds that an answer to a reader waits out a 429; a longer one is left to the caller."""

GRANTED = "granted"
"""Passed as ``rate_limit_args`` by whoever has waited for its turn itself."""


class _Waiting(NamedTuple):
    """Ordered by its first two fields, of which no two have the same."""

    urgency: int
    number: int
    chat_id: int | str
    rate: Rate
    granted: asyncio.Future[None]


class Pacer:
    """Grants turns to send: as many as ``slots`` has for all chats, and each chat at its own rate.

    Who waits with a higher priority goes first; a chat that must rest holds up nobody else. Times are those
    of the running loop's clock.
    """

    def __init__(self, slots: Slots | None = None) -> None:
        self._slots = slots or OwnSlots(OVERALL)
        # Answers and pushes are counted apart: a reader who taps quickly still gets the news at once.
        self._chats: dict[tuple[int | str, Rate], float] = {}
        self._ready: list[_Waiting] = []
        self._resting: list[tuple[float, _Waiting]] = []
        self._numbers = itertools.count()
        self._arrived = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, chat_id: int | str, priority: int, rate: Rate) -> None:
        """Wait until a message may be sent to ``chat_id``. Cancelling the wait leaves the turn to others."""
        granted = asyncio.get_running_loop().create_future()
        heapq.heappush(self._ready, _Waiting(-priority, next(self._numbers), chat_id, rate, granted))
        self._arrived.set()
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._grant_turns(), name="pacer")
        await granted

    def hold(self, seconds: float) -> None:
        """Grant nothing for ``seconds``: Telegram has answered 429. A shorter hold ends no longer one."""
        self._slots.hold(seconds)

    def held(self) -> float:
        """Seconds until turns are granted again; 0.0 when they are."""
        return self._slots.held()

    async def close(self) -> None:
        """Stop granting; who still waits is cancelled."""
        for waiting in [*self._ready, *(resting for _, resting in self._resting)]:
            waiting.granted.cancel()
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait([self._pump])
        await self._slots.close()

    async def _grant_turns(self) -> None:
        loop = asyncio.get_running_loop()
        while self._ready or self._resting:
            now = loop.time()
            while self._resting and self._resting[0][0] <= now:
                heapq.heappush(self._ready, heapq.heappop(self._resting)[1])
            if not self._ready:
                await self._sleep_or_arrival(self._resting[0][0] - now)
                continue
            at = await self._slots.next(len(self._ready))
            now = loop.time()
            if at > now:
                # Looked at again after the pause: a hold may have begun, somebody more urgent may have come.
                await asyncio.sleep(max(at - now, SHORTEST_PAUSE))
                continue
            if self._grant(heapq.heappop(self._ready), now):
                self._slots.take()
        self._forget_rested_chats(loop.time())

    def _grant(self, waiting: _Waiting, now: float) -> bool:
        """Give ``waiting`` its turn unless its chat must rest or nobody waits for it any more."""
        if waiting.granted.done():
            return False
        key = (waiting.chat_id, waiting.rate)
        turn = take_turn(self._chats.get(key, 0.0), now, waiting.rate)
        if turn.at > now:
            heapq.heappush(self._resting, (turn.at, waiting))
            return False
        self._chats[key] = turn.spent_until
        waiting.granted.set_result(None)
        return True

    async def _sleep_or_arrival(self, seconds: float) -> None:
        self._arrived.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._arrived.wait()

    def _forget_rested_chats(self, now: float) -> None:
        if len(self._chats) > FORGET_ABOVE:
            self._chats = {key: spent for key, spent in self._chats.items() if spent > now}


_TAKES_A_TURN = ("send", "copy", "forward", "edit")


class FloodReports(Protocol):
    """Hears of each 429."""

    def flood(self, seconds: float) -> None:
        """A 429 forbids sending for ``seconds`` more than was known before."""
        ...


class PacedAnswers(BaseRateLimiter[str]):
    """Lets every message that python-telegram-bot sends for a handler take its turn as an answer.

    A send whose ``rate_limit_args`` is GRANTED has had its turn, and whoever waited for it decides what comes
    after a failure. Of the others, a 429 holds everybody and, when it is short, is waited out; what surely
    did not arrive is sent again a few times.
    """

    def __init__(self, pacer: Pacer, reports: FloodReports) -> None:
        self._pacer = pacer
        self._reports = reports

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Stop granting turns."""
        await self._pacer.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:
        """Send one request when its turn has come; the contract is BaseRateLimiter's."""
        takes_a_turn = endpoint.startswith(_TAKES_A_TURN) and "chat_id" in data
        pauses = iter(NOT_SENT_PAUSES if rate_limit_args != GRANTED else ())
        while True:
            if takes_a_turn and rate_limit_args != GRANTED:
                chat_id = data["chat_id"]
                # Channels are never answered, so a negative number here is a group.
                in_group = isinstance(chat_id, int) and chat_id < 0
                rate = ONE_GROUP_ANSWERS if in_group else ONE_CHAT_ANSWERS
                await self._pacer.turn(chat_id, Priority.ANSWER, rate)
            try:
                return await callback(*args, **kwargs)
            except Flood as flood:
                known = self._pacer.held()
                self._pacer.hold(flood.seconds)
                self._reports.flood(self._pacer.held() - known)
                log.warning("telegram asks to wait", endpoint=endpoint, seconds=flood.seconds)
                if rate_limit_args == GRANTED or not takes_a_turn or flood.seconds > LONGEST_WAIT:
                    raise
            except NotSent:
                pause = next(pauses, None)
                if pause is None:
                    raise
                await asyncio.sleep(pause)
