"""Writing down whom an announced publication goes to, closing what is done, clearing what is old."""

import asyncio
import contextlib
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.core.chunks import FIRST, next_size
from bot.core.publication import DeliveryState, Publication
from bot.delivery.courier import STORE_PAUSE
from bot.delivery.outage import Outage
from bot.delivery.outbox import Notice
from bot.errors import StoreUnavailable
from bot.store.publications import Filling

log = structlog.get_logger(__name__)

LOOK_EVERY = 0.5
"""Seconds after which the ledger is looked at again without being woken: others may have announced."""

CLEAR_EVERY = 3600.0
"""Seconds between two looks for rows that are old."""


class Publications(Protocol):
    """The part of the ledger that knows what is to be published."""

    async def planned(self) -> tuple[int, ...]:
        """Publications whose recipients are not all written down yet, most urgent first."""
        ...

    async def fill(self, publication_id: int, *, chunk: int, now: datetime) -> Filling:
        """Write down the next ``chunk`` recipients."""
        ...

    async def finish(self, *, now: datetime) -> tuple[int, ...]:
        """Close publications that have nothing left to send, and name them."""
        ...

    async def one(self, publication_id: int) -> Publication | None:
        """One publication."""
        ...

    async def progress(self, publication_id: int) -> Mapping[DeliveryState, int]:
        """How many deliveries stand in each state."""
        ...


class OldRows(Protocol):
    """The part of the ledger that forgets."""

    async def clear(self, *, before: datetime) -> int:
        """Delete some rows of what ended ``before``; 0 when there are none."""
        ...


class Desk(Protocol):
    """The newsroom's administrators."""

    async def unsure(self, title: str, article_id: int, recipients: int) -> None:
        """Tell of how many recipients nobody knows whether they got the article."""
        ...


class Planner:
    """Plans until it is stopped; one on each ledger is enough, more do no harm.

    ``wake_senders`` is called when there is something to send; ``post`` has a notice to the desk told beside
    the planning, which never waits for it; ``keep_days`` is how long rows are kept.
    """

    def __init__(
        self,
        *,
        publications: Publications,
        old_rows: OldRows,
        desk: Desk,
        post: Callable[[Notice], None],
        wake_senders: Callable[[], None],
        keep_days: int,
        now: Callable[[], datetime],
    ) -> None:
        self._publications = publications
        self._old_rows = old_rows
        self._desk = desk
        self._post = post
        self._wake_senders = wake_senders
        self._keep = timedelta(days=keep_days)
        self._now = now
        self._outage = Outage("the database does not answer; planning rests")
        self._wake = asyncio.Event()
        self._clear_at = 0.0
        self._chunk = FIRST

    def wake(self) -> None:
        """Look at the ledger now: something was announced."""
        self._wake.set()

    async def run(self) -> None:
        """Plan until cancelled; rests while the database does not answer."""
        while True:
            self._wake.clear()
            try:
                if not await self._fill_next():
                    await self._finish()
                    await self._clear()
                    await self._rest(LOOK_EVERY)
                self._outage.not_met()
            except StoreUnavailable as error:
                self._outage.met(error)
                await self._rest(STORE_PAUSE)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _fill_next(self) -> bool:
        """Write down recipients of the most urgent publication that does not wait, one chunk at a time."""
        loop = asyncio.get_running_loop()
        for publication_id in await self._publications.planned():
            began = loop.time()
            try:
                filling = await self._publications.fill(publication_id, chunk=self._chunk, now=self._now())
            except StoreUnavailable:
                # However soon it failed: the chunk may have been too large to be written.
                self._chunk = next_size(self._chunk, math.inf)
                raise
            if filling is Filling.MORE:
                # Only a full chunk tells. A wait for the lock counts: shorter chunks let others in sooner.
                self._chunk = next_size(self._chunk, loop.time() - began)
            if filling is not Filling.WAITS:
                self._wake_senders()
                return True
        return False

    async def _finish(self) -> None:
        for publication_id in await self._publications.finish(now=self._now()):
            progress = await self._publications.progress(publication_id)
            counts = {state.value: number for state, number in progress.items() if number}
            log.info("publication done", publication=publication_id, **counts)
            if unsure := progress[DeliveryState.UNKNOWN]:
                self._tell_of_unsure(await self._publications.one(publication_id), unsure)

    def _tell_of_unsure(self, publication: Publication | None, unsure: int) -> None:
        if publication is None or publication.article_id is None:
            return
        title, article_id = publication.title or "", publication.article_id
        self._post(lambda: self._desk.unsure(title, article_id, unsure))

    async def _clear(self) -> None:
        if asyncio.get_running_loop().time() < self._clear_at:
            return
        # One chunk at a look: nobody waits long for the lock.
        if await self._old_rows.clear(before=self._now() - self._keep):
            return
        self._clear_at = asyncio.get_running_loop().time() + CLEAR_EVERY
