"""python-telegram-bot's own sends: each takes its turn as an answer to a reader."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import structlog
from telegram.ext import BaseRateLimiter

from bot.core.pacing import ONE_CHAT_ANSWERS, ONE_GROUP_ANSWERS
from bot.core.publication import Priority
from bot.telegram.errors import Flood, NotSent
from bot.telegram.pacer import Pacer

log = structlog.get_logger(__name__)

NOT_SENT_PAUSES = (0.3, 1.0, 3.0)
"""Seconds before an answer that surely did not arrive is sent again; then the reader has to ask again."""

LONGEST_WAIT = 60.0
"""Seconds that an answer to a reader waits out a 429; a longer one is left to the caller."""

GRANTED = "granted"
"""Passed as ``rate_limit_args`` by whoever has waited for its turn itself."""

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
