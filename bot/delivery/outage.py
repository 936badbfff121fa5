"""An outage as an operator reads of it: when it begins, each minute, when it is over."""

import asyncio

import structlog

log = structlog.get_logger(__name__)

REMIND_EVERY = 60.0
"""Seconds between two lines about the same outage."""

QUIET_FOR = 10.0
"""Seconds without a failure after which an outage is over: with a full disk, reads succeed in between."""


class Outage:
    """What one worker says of its database, or of Telegram; ``event`` is the line while it does not answer.

    Times are those of the running loop's clock.
    """

    def __init__(self, event: str, *, over: str = "the database answers again") -> None:
        self._event = event
        self._over = over
        self._began: float | None = None
        self._failed = self._told = 0.0

    def met(self, cause: Exception | str, **details: object) -> None:
        """A call failed: said with ``details`` at once if it is the first, else once in REMIND_EVERY."""
        now = asyncio.get_running_loop().time()
        first = self._began is None
        if self._began is None:
            self._began = now
        self._failed = now
        if first or now - self._told >= REMIND_EVERY:
            self._told = now
            log.error(self._event, cause=str(cause), for_seconds=round(now - self._began), **details)

    def not_met(self) -> None:
        """A call succeeded: the outage is over if none has failed for QUIET_FOR."""
        now = asyncio.get_running_loop().time()
        if self._began is None or now - self._failed < QUIET_FOR:
            return
        log.info(self._over, after_seconds=round(self._failed - self._began))
        self._began = None
