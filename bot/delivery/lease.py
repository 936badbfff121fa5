"""A worker's lease: while it holds, what the worker claimed is its own; when it is over, others take it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.publication import PublicationKind
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

LEASE = 10.0
"""Seconds after which a worker that has not been heard of is taken for dead."""


class Workers(Protocol):
    """Where leases are kept."""

    async def enlist(self, name: str, *, lease: float, alone: bool) -> int:
        """The number of a new worker."""
        ...

    async def renew(self, worker_id: int, *, lease: float) -> bool:
        """Let the lease run on; False when it was over and taken."""
        ...

    async def dismiss(self, worker_id: int, *, again: frozenset[PublicationKind], now: datetime) -> int:
        """End the lease and take back what the worker had in hand."""
        ...

    async def rescue(self, *, again: frozenset[PublicationKind], now: datetime) -> int:
        """Take back what workers had in hand whose lease is over."""
        ...


class Lease:
    """One worker's lease, kept alive by ``keep`` until it is ended.

    ``alone`` says that this process is the only one on its database. ``again`` names the kinds that are sent
    again when their worker died before the answer came.
    """

    def __init__(
        self,
        workers: Workers,
        *,
        name: str,
        alone: bool,
        again: frozenset[PublicationKind],
        now: Callable[[], datetime],
        seconds: float = LEASE,
    ) -> None:
        self._workers = workers
        self._name = name
        self._alone = alone
        self._again = again
        self._now = now
        self._seconds = seconds
        self._until = 0.0
        self._patient_until: float | None = None
        self.worker_id = 0

    async def begin(self) -> None:
        """Become a worker, with a new number. Raises StoreUnavailable."""
        asked = asyncio.get_running_loop().time()
        self.worker_id = await self._workers.enlist(self._name, lease=self._seconds, alone=self._alone)
        await self._runs_from(asked)

    async def keep(self) -> None:
        """Renew the lease, for ever; one that was lost is followed by a new one."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._seconds / 4)
            asked = loop.time()
            try:
                if await self._workers.renew(self.worker_id, lease=self._seconds):
                    await self._runs_from(asked)
                else:
                    log.warning("lease was lost; others send what was in hand", worker=self.worker_id)
                    await self.begin()
            except StoreUnavailable as error:
                log.warning("lease could not be renewed", worker=self.worker_id, cause=str(error))

    async def end(self) -> None:
        """Give back what is in hand; what is still being sent is due again or unknown, by its kind.

        Raises StoreUnavailable: then all that is done when the lease is over.
        """
        await self._workers.dismiss(self.worker_id, again=self._again, now=self._now())

    def holds(self, worker_id: int) -> bool:
        """Whether what worker ``worker_id`` claimed is surely still its own."""
        return worker_id == self.worker_id and asyncio.get_running_loop().time() < self._until

    async def _runs_from(self, asked: float) -> None:
        """The lease runs from the loop's time ``asked``: take over from those whose lease is over.

        Not at once after a start or a gap, in which the database was away or this process stood still: others
        may be alive and could not renew theirs either. A gap in that time does not make it longer, so that a
        dead worker's work waits for about two leases at most.
        """
        now = asyncio.get_running_loop().time()
        gap = asked > self._until - self._seconds / 2
        self._until = asked + self._seconds
        if gap and not self._alone and self._patient_until is None:
            self._patient_until = now + self._seconds
        if self._patient_until is not None and now < self._patient_until:
            return
        self._patient_until = None
        if rescued := await self._workers.rescue(again=self._again, now=self._now()):
            log.warning("deliveries taken over from a worker that is no more", deliveries=rescued)
