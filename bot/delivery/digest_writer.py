"""Writing one reader's digest: what it is chosen from is read once, equal ones are written once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.digest import Candidate, Digest, DigestReader, digest_for
from bot.core.digest_time import FARTHEST, LATE, looks_back_to, slot_named
from bot.core.message import Message
from bot.core.preferences import zone_of

KEPT_EDITIONS = 4
"""Editions whose articles are kept: those of one day's readers follow each other."""

KEPT_MESSAGES = 500


class Digests(Protocol):
    """Where articles and readers are read."""

    async def candidates(self, since: datetime, upto: datetime) -> tuple[Candidate, ...]:
        """What was announced in this time."""
        ...

    async def reader(self, chat_id: int, *, since: datetime) -> DigestReader | None:
        """The reader; None when the chat wants no digest."""
        ...


class Wording(Protocol):
    """Writes the messages."""

    def digest(self, digest: Digest, day: date, language: str) -> Message:
        """A digest for ``day``."""
        ...


class DigestWriter:
    """Remembers nothing but what it has read and written for the newest editions."""

    def __init__(self, digests: Digests, wording: Wording, *, now: Callable[[], datetime]) -> None:
        self._digests = digests
        self._wording = wording
        self._now = now
        self._read: OrderedDict[datetime, tuple[Candidate, ...]] = OrderedDict()
        self._written: OrderedDict[tuple[str, str, date, tuple[int, ...]], Message] = OrderedDict()
        self._reading = asyncio.Lock()

    async def written(self, edition: str, chat_id: int, language: str) -> Message | None:
        """The digest of ``edition`` for the chat; None when it would be empty, or too late, or is not wanted.

        May raise StoreUnavailable and TemplateFault.
        """
        slot = slot_named(edition)
        if self._now() - slot > LATE:
            return None
        reader = await self._digests.reader(chat_id, since=slot - _SENT_WITHIN)
        if reader is None:
            return None
        zone = zone_of(reader.preferences.zone)
        since = looks_back_to(slot, reader.last, zone)
        newer = (one for one in await self._candidates(slot) if one.announced_at > since)
        digest = digest_for(reader, newer)
        if digest is None:
            return None
        return self._worded(edition, digest, slot.astimezone(zone).date(), language)

    def _worded(self, edition: str, digest: Digest, day: date, language: str) -> Message:
        key = (edition, language, day, tuple(line.article_id for line in digest.lines))
        if key not in self._written:
            self._written[key] = self._wording.digest(digest, day, language)
            if len(self._written) > KEPT_MESSAGES:
                self._written.popitem(last=False)
        return self._written[key]

    async def _candidates(self, slot: datetime) -> Sequence[Candidate]:
        async with self._reading:
            if slot not in self._read:
                self._read[slot] = await self._digests.candidates(slot - FARTHEST, slot)
                if len(self._read) > KEPT_EDITIONS:
                    self._read.popitem(last=False)
            return self._read[slot]


_SENT_WITHIN = FARTHEST * 2
"""What was announced so long before a digest counts as had, for it may have been sent days later."""
