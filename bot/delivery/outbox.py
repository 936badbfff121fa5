"""Notices that nobody waits for: told one after the other, beside the work that gave rise to them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

MOST = 200
"""Notices that may wait; whoever reads two hundred of them at once has read the log before."""

LAST_SECONDS = 3.0
"""For what still waits when the bot stops."""

Notice = Callable[[], Awaitable[None]]


class Outbox:
    """Takes notices at once and tells them while ``run`` runs; one that fails is logged, the next is told."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Notice] = asyncio.Queue(MOST)

    def post(self, notice: Notice) -> None:
        """Have ``notice`` told soon; beyond MOST it is dropped and logged."""
        try:
            self._waiting.put_nowait(notice)
        except asyncio.QueueFull:
            log.warning("notice to the desk dropped: too many wait", waiting=MOST)

    async def run(self) -> None:
        """Tell notices until cancelled; then those that still wait, for LAST_SECONDS at most."""
        try:
            while True:
                await self._tell(await self._waiting.get())
        finally:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    while not self._waiting.empty():
                        await self._tell(self._waiting.get_nowait())

    async def _tell(self, notice: Notice) -> None:
        try:
            await notice()
        except Exception:
            log.exception("notice to the desk cannot be told")
