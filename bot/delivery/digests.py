"""Announcing the digests whose time has come, once each, also after an outage; and telling what was late."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.core.digest_time import LATE, slots
from bot.delivery.courier import STORE_PAUSE
from bot.delivery.outage import Outage
from bot.delivery.outbox import Notice
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

LOOK_EVERY = 1.0
"""Seconds between two looks at the clock, which may be moved."""

LONGEST_STANDSTILL = timedelta(days=2)
"""Of what was missed further back nobody is told."""


class Digests(Protocol):
    """Where it is kept which digests were looked after."""

    async def seen_to(self, *, now: datetime) -> datetime:
        """The slot up to which digests were looked after."""
        ...

    async def pass_over(self, upto: datetime) -> None:
        """Look after no slot up to ``upto`` any more."""
        ...

    async def announce(self, slot: datetime, *, now: datetime) -> int | None:
        """Announce the digest of a slot, if it is anybody's."""
        ...

    async def readers(self, slot: datetime, *, now: datetime) -> int:
        """How many readers' digest it is."""
        ...

    async def end_late(self, before: datetime, *, now: datetime) -> Mapping[datetime, int]:
        """End digests of slots before ``before`` that are still being sent; how many did not get each."""
        ...


class Desk(Protocol):
    """The newsroom's administrators."""

    async def digest_missed(self, slot: datetime, readers: int) -> None:
        """Tell that so many readers did not get the digest of ``slot``."""
        ...


class DigestClock:
    """Looks at the clock until it is stopped.

    ``wake_planner`` is called when a digest was announced; ``post`` has a notice to the desk told.
    """

    def __init__(
        self,
        digests: Digests,
        *,
        desk: Desk,
        post: Callable[[Notice], None],
        wake_planner: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._digests = digests
        self._desk = desk
        self._post = post
        self._wake_planner = wake_planner
        self._now = now
        self._outage = Outage("the database does not answer; digests wait")

    async def run(self) -> None:
        """Announce what is due until cancelled; rests while the database does not answer."""
        while True:
            try:
                await self.look()
                self._outage.not_met()
                await asyncio.sleep(LOOK_EVERY)
            except StoreUnavailable as error:
                self._outage.met(error)
                await asyncio.sleep(STORE_PAUSE)

    async def look(self) -> None:
        """Announce every digest that is due and at most ``LATE`` late, and end what is later.

        Raises StoreUnavailable.
        """
        now = self._now()
        for slot, readers in (await self._digests.end_late(now - LATE, now=now)).items():
            self._tell(slot, readers)
        seen_to = await self._digests.seen_to(now=now)
        for slot in slots(max(seen_to, now - LONGEST_STANDSTILL), now):
            if now - slot > LATE:
                await self._miss(slot, now)
            elif (publication := await self._digests.announce(slot, now=now)) is not None:
                log.info("digest announced", publication=publication, slot=slot.isoformat())
                self._wake_planner()

    async def _miss(self, slot: datetime, now: datetime) -> None:
        readers = await self._digests.readers(slot, now=now)
        await self._digests.pass_over(slot)
        if readers:
            self._tell(slot, readers)

    def _tell(self, slot: datetime, readers: int) -> None:
        log.warning("digest is left out: it would be too late", slot=slot.isoformat(), readers=readers)
        self._post(lambda: self._desk.digest_missed(slot, readers))
