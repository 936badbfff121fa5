"""Which updates were accepted: known at once from memory, and after a restart from what was written down."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.delivery.outage import Outage
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

KEPT = 20_000
"""Updates remembered. Telegram repeats what was not answered within minutes, or after an outage of ours, when
nothing was accepted meanwhile."""

KEPT_FOR = timedelta(days=2)
"""Time for which they are remembered beyond a restart; Telegram keeps an update for one day."""

WRITE_EVERY = 1.0
"""Seconds between two writings: what was accepted in the last one may be accepted again after a kill."""


class SeenUpdates(Protocol):
    """Where the numbers of updates are written down."""

    async def since(self, moment: datetime) -> tuple[int, ...]:
        """Those accepted at ``moment`` or later, oldest first."""
        ...

    async def keep(self, accepted: Mapping[int, datetime], *, forget: Collection[int]) -> None:
        """Write down ``accepted`` and take out ``forget``."""
        ...


class Seen:
    """The last ``kept`` updates that were accepted.

    Written down behind the answer and not before it: the number of an update that was never handled, because
    the process was killed between, would make its repetition look handled.
    """

    def __init__(self, store: SeenUpdates, *, now: Callable[[], datetime], kept: int = KEPT) -> None:
        self._store = store
        self._now = now
        self._kept = kept
        self._seen: dict[int, None] = {}
        self._unwritten: dict[int, datetime] = {}
        self._forgotten: set[int] = set()
        self._outage = Outage("updates seen cannot be written down now")

    def __contains__(self, update_id: int, /) -> bool:
        """Whether the update was accepted before, here or in the process before this one."""
        return update_id in self._seen

    def add(self, update_id: int) -> None:
        """Remember that the update is accepted, and forget the oldest if there are too many."""
        self._seen[update_id] = None
        self._unwritten[update_id] = self._now()
        while len(self._seen) > self._kept:
            oldest = next(iter(self._seen))
            del self._seen[oldest]
            if self._unwritten.pop(oldest, None) is None:
                self._forgotten.add(oldest)

    async def load(self) -> None:
        """Read what the last process wrote down. Raises StoreUnavailable."""
        for update_id in (await self._store.since(self._now() - KEPT_FOR))[-self._kept :]:
            self._seen[update_id] = None

    async def write(self) -> None:
        """Write down what is new; what cannot be written now is kept for the next time."""
        accepted, forgotten = dict(self._unwritten), set(self._forgotten)
        if not accepted and not forgotten:
            return
        try:
            await self._store.keep(accepted, forget=forgotten)
        except StoreUnavailable as error:
            self._outage.met(error)
            return
        self._outage.not_met()
        for update_id in accepted:
            self._unwritten.pop(update_id, None)
        self._forgotten -= forgotten

    async def keep_written(self) -> None:
        """Write down what is new, again and again, until cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY)
            try:
                await self.write()
            except Exception:
                # A fault of ours here costs a repetition after a restart, and must not cost more.
                log.exception("updates seen cannot be written down")
