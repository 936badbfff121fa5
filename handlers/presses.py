"""The answers that Telegram is owed for pressed buttons: every one is given, and none comes late."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram import CallbackQuery
from telegram.error import TelegramError

from bot.telegram.answers import nothing_to_do

log = structlog.get_logger(__name__)

LONGEST_WAIT = 0.6
"""Seconds after which a press is answered without words: a reader's phone shows a clock until then."""


class Presses:
    """Which presses wait for their answer."""

    def __init__(self) -> None:
        self._owed: set[str] = set()

    @asynccontextmanager
    async def owing(self, query: CallbackQuery) -> AsyncIterator[None]:
        """Answers ``query`` without words when the block has not done so in LONGEST_WAIT, or at its end."""
        self._owed.add(query.id)
        waiting = asyncio.create_task(self._answer_in_time(query), name="press")
        try:
            yield
        finally:
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waiting
            await self._answer_silently(query)

    async def answer(self, query: CallbackQuery, text: str | None) -> bool:
        """Answers ``query``; False when the reader did not get ``text``, because it was answered before."""
        if query.id not in self._owed:
            return False
        self._owed.discard(query.id)
        try:
            await query.answer(text)
        except TelegramError as error:
            if not nothing_to_do(error):
                raise
            return False
        return True

    async def _answer_in_time(self, query: CallbackQuery) -> None:
        await asyncio.sleep(LONGEST_WAIT)
        # Once begun it is seen through: an answer cut off half way would be owed and given.
        await asyncio.shield(self._answer_silently(query))

    async def _answer_silently(self, query: CallbackQuery) -> None:
        try:
            await self.answer(query, None)
        except TelegramError as error:
            log.warning("a press was not answered", cause=error.message)
