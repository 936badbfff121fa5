"""Writing one reader's digest: what it is chosen from is read once, equal ones are written once."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.digest import Candidate, Digest, DigestReader, digest_for
from bot.core.digest_time import reaches_back, slot_named
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

    def __init__(self, digests: Digests, wording: Wording) -> None:
        self._digests = digests
        self._wording = wording
        self._read: OrderedDict[tuple[datetime, datetime], tuple[Candidate, ...]] = OrderedDict()
        self._written: OrderedDict[tuple[str, str, date, tuple[int, ...]], Message] = OrderedDict()
        self._reading = asyncio.Lock()

    async def written(self, edition: str, chat_id: int, language: str) -> Message | None:
        """The digest of ``edition`` for the chat; None when it would be empty or is no longer wanted.

        May raise StoreUnavailable and TemplateFault.
        """
        slot = slot_named(edition)
        reader = await self._digests.reader(chat_id, since=slot - _LONGEST)
        if reader is None:
            return None
        day = slot.astimezone(zone_of(reader.preferences.zone)).date()
        back = reaches_back(reader.preferences.weekdays, day)
        digest = digest_for(reader, await self._candidates(slot - back, slot))
        return None if digest is None else self._worded(edition, digest, day, language)

    def _worded(self, edition: str, digest: Digest, day: date, language: str) -> Message:
        key = (edition, language, day, tuple(line.article_id for line in digest.lines))
        if key not in self._written:
            self._written[key] = self._wording.digest(digest, day, language)
            if len(self._written) > KEPT_MESSAGES:
                self._written.popitem(last=False)
        return self._written[key]

    async def _candidates(self, since: datetime, upto: datetime) -> Sequence[Candidate]:
        async with self._reading:
            if (since, upto) not in self._read:
                self._read[since, upto] = await self._digests.candidates(since, upto)
                if len(self._read) > KEPT_EDITIONS:
                    self._read.popitem(last=False)
            return self._read[since, upto]


_LONGEST = reaches_back(True, date(2024, 1, 1)) * 2
"""What was sent so long before a digest counts as had: an article may be sent days after it was announced."""
