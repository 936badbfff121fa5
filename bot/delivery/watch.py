"""Looking at every web source in its time: what it lists, and which of that is new."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.checking import SHORTEST, Course, after_failure, after_success, first_rate, is_flood
from bot.core.listed import ItemState, Listed, Remembered, Sending
from bot.core.newness import Known, Marks, marks_of, new_places
from bot.delivery.outage import Outage
from bot.delivery.outbox import Outbox
from bot.errors import FetchFailed, SettingsError, StoreUnavailable, UnreadableSource
from bot.sources.found import Found
from bot.sources.reader import Looked
from bot.sources.register import Source, SourceKind

log = structlog.get_logger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at which sources are due, and at the file that names them."""

MOST_LISTED = 5000
"""Articles of one listing that are looked at; the rest of a longer one is old."""

QUIETLY = 10
"""Articles of a new source that go into the archive, unsent, so that readers find something there."""

MOST_RETITLED = 5
"""Articles that one look reads again for their new titles: where more have one, the feed errs."""


class Records(Protocol):
    """Where it is kept how the looks went."""

    async def remembered(self) -> Mapping[str, Remembered]:
        """Every source that was looked at, by address."""
        ...

    async def remember(self, address: str, remembered: Remembered, listed: Sequence[Listed] = ()) -> None:
        """Keep how the last look went, and what it listed for the first time."""
        ...

    async def known(self, address: str, marks: Sequence[Marks]) -> Known:
        """What the source listed before."""
        ...

    async def read_again(self, address: str, titles: Mapping[str, str | None], *, now: datetime) -> None:
        """Have the articles with these address marks read again."""
        ...


class Reader(Protocol):
    """Reads listings."""

    async def look(self, source: Source, before: Remembered) -> Looked:
        """What the source lists now; raises FetchFailed or UnreadableSource."""
        ...


class Taking(Protocol):
    """Takes in what waits."""

    async def take(self, source: Source, *, last_look: datetime | None) -> None:
        """Read and archive the waiting articles of ``source``."""
        ...


class SourceDesk(Protocol):
    """Tells the newsroom what needs a person."""

    async def source_dead(self, name: str, cause: str) -> None:
        """A source has not answered for long."""
        ...

    async def source_back(self, name: str) -> None:
        """A source that was called dead answers again."""
        ...

    async def source_flood(self, name: str, address: str, count: int) -> None:
        """Too many new articles at once are held."""
        ...


class Watch:
    """Looks at the sources that ``sources`` names whenever they are due, many at once.

    ``jitter`` gives random numbers in [0, 1). One source's failure, whatever it is, is its own: it is
    recorded, and the others go on.
    """

    def __init__(
        self,
        *,
        sources: Callable[[], Sequence[Source]],
        reader: Reader,
        records: Records,
        taking: Taking,
        desk: SourceDesk,
        outbox: Outbox,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._sources = sources
        self._reader = reader
        self._records = records
        self._taking = taking
        self._desk = desk
        self._outbox = outbox
        self._now = now
        self._jitter = jitter
        self._named: Sequence[Source] = ()
        self._busy = set[str]()
        self._rests = dict[str, datetime]()
        self._fault: str | None = None
        self._outage = Outage("sources wait for the database")

    async def run(self) -> None:
        """Look at what is due, until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                for source, before in await self._due():
                    group.create_task(self._look_at(source, before))
                await asyncio.sleep(LOOK_EVERY)

    async def look_once(self) -> int:
        """Look at what is due now and wait for all of it; how many sources that were."""
        due = await self._due()
        async with asyncio.TaskGroup() as group:
            for source, before in due:
                group.create_task(self._look_at(source, before))
        return len(due)

    async def _due(self) -> list[tuple[Source, Remembered]]:
        await self._read_sources()
        try:
            remembered = await self._records.remembered()
        except StoreUnavailable as error:
            self._outage.met(error)
            return []
        self._outage.not_met()
        now = self._now()
        due = []
        for source in self._named:
            before = remembered.get(source.address, Remembered())
            waits = before.waiting_at is not None and before.waiting_at <= now
            free = source.address not in self._busy and self._rests.get(source.address, now) <= now
            if (waits or before.course.is_due(now)) and free:
                self._busy.add(source.address)
                due.append((source, before))
        return due

    async def _read_sources(self) -> None:
        """What is named now; while the file is faulty, what it named before."""
        try:
            named = await asyncio.to_thread(self._sources)
        except SettingsError as error:
            if str(error) != self._fault:
                log.error("sources cannot be read; those of before go on", cause=str(error))
            self._fault = str(error)
            return
        self._named = [source for source in named if not source.is_folder]
        self._fault = None

    async def _look_at(self, source: Source, before: Remembered) -> None:
        try:
            await self._look(source, before)
        except StoreUnavailable as error:
            # What was fetched could not be written down: fetching it again at once would help nobody.
            self._rests[source.address] = self._now() + SHORTEST
            self._outage.met(error, source=source.label)
        except Exception as error:
            # A fault of ours at one source must not keep the others out.
            log.exception("source cannot be looked at", source=source.label)
            await self._failed_by_fault(source, before, error)
        else:
            self._rests.pop(source.address, None)
        finally:
            self._busy.discard(source.address)

    async def _failed_by_fault(self, source: Source, before: Remembered, error: Exception) -> None:
        try:
            await self._failed(source, before, f"a fault of ours: {type(error).__name__}")
        except StoreUnavailable as unavailable:
            self._outage.met(unavailable, source=source.label)

    async def _look(self, source: Source, before: Remembered) -> None:
        course, takes = before.course, before.waiting_at is not None
        if course.is_due(self._now()):
            try:
                looked = await self._reader.look(source, before)
            except FetchFailed as error:
                await self._failed(source, before, error.cause, retry_at=error.retry_at, gone=error.gone)
            except UnreadableSource as error:
                await self._failed(source, before, error.cause)
            else:
                takes = await self._succeeded(source, before, looked) or takes
        if takes:
            await self._taking.take(source, last_look=course.succeeded_at)

    async def _failed(
        self,
        source: Source,
        before: Remembered,
        cause: str,
        *,
        retry_at: datetime | None = None,
        gone: bool = False,
    ) -> None:
        course = after_failure(
            before.course, now=self._now(), cause=cause, jitter=self._jitter(), retry_at=retry_at,
            for_good=gone,
        )  # fmt: skip
        await self._records.remember(source.address, replace(before, course=course))
        # Once for each cause: the table of `kabar sources` tells how it goes on.
        told = log.debug if cause == before.course.cause else log.warning
        told("source failed", source=source.label, cause=cause, times=course.failures)
        if course.dead_since is not None and before.course.dead_since is None:
            self._outbox.post(lambda: self._desk.source_dead(source.label, cause))

    async def _succeeded(self, source: Source, before: Remembered, looked: Looked) -> bool:
        """Records the look; whether something is to be read now."""
        found = (looked.found or ())[:MOST_LISTED]
        marks = [marks_of(one.address, one.guid, one.title, one.published_at) for one in found]
        known = await self._records.known(source.address, marks) if marks else Known()
        places = new_places(marks, known)
        now = self._now()
        listed = _listed(source, before.course, [(found[place], marks[place]) for place in places], now)
        course = after_success(
            before.course,
            now=now,
            new=len(places),
            fresh_until=looked.fresh_until,
            rate=_rate(before.course, looked, now),
        )
        kept = Remembered(course, looked.etag, looked.last_modified, looked.digest)
        await self._records.remember(source.address, kept, listed)
        retitled = _retitled(source, found, marks, known)
        if retitled:
            await self._records.read_again(source.address, retitled, now=now)
        self._tell(source, before, listed)
        return bool(retitled) or any(item.state is ItemState.WAITING for item in listed)

    def _tell(self, source: Source, before: Remembered, listed: Sequence[Listed]) -> None:
        if listed:
            log.info("source has news", source=source.label, articles=len(listed))
        if before.course.dead_since is not None:
            self._outbox.post(lambda: self._desk.source_back(source.label))
        held = sum(item.state is ItemState.HELD for item in listed)
        if held:
            log.warning("too many new articles at once are held", source=source.label, articles=held)
            self._outbox.post(lambda: self._desk.source_flood(source.label, source.address, held))


def _listed(source: Source, course: Course, new: list[tuple[Found, Marks]], now: datetime) -> list[Listed]:
    """What becomes of each new article at first."""
    if course.is_first_contact:
        return _first_contact(source, new, now)
    held = is_flood(course, now=now, new=len(new), most=source.at_once)
    state = ItemState.HELD if held else ItemState.WAITING
    return [_item(source, found, marks, state, Sending.IF_FRESH, now) for found, marks in new]


def _first_contact(source: Source, new: list[tuple[Found, Marks]], now: datetime) -> list[Listed]:
    """The newest are taken, sent as far as ``backfill`` goes; what else is there was there before us."""
    # Undated ones stand as they are listed: feeds and sections name the newest first.
    newest = sorted(new, key=lambda pair: -(pair[0].published_at or now).timestamp())
    listed = []
    for place, (found, marks) in enumerate(newest):
        taken = place < max(source.backfill, QUIETLY)
        state = ItemState.WAITING if taken else ItemState.PASSED
        sending = Sending.ASKED if place < source.backfill else Sending.QUIET
        listed.append(_item(source, found, marks, state, sending, now))
    # The oldest first: that is the order in which articles without a date are then read.
    return listed[::-1]


def _item(
    source: Source, found: Found, marks: Marks, state: ItemState, sending: Sending, now: datetime
) -> Listed:
    return Listed(
        address=found.address,
        marks=marks,
        state=state,
        sending=sending,
        title=found.title,
        published_at=found.published_at,
        section=found.section or source.section,
        due_at=now if state is ItemState.WAITING else None,
    )


def _rate(course: Course, looked: Looked, now: datetime) -> float | None:
    """What a first listing tells of how often the source prints; None later, when its course tells."""
    if not course.is_first_contact or looked.found is None:
        return None
    return first_rate([one.published_at for one in looked.found if one.published_at], now=now)


def _retitled(
    source: Source, found: Sequence[Found], marks: Sequence[Marks], known: Known
) -> dict[str, str | None]:
    """The known articles, by address mark, to be read again: their titles changed, or their one page did."""
    if source.kind is SourceKind.ARTICLE:
        return {mark.address: None for mark in marks if mark.address in known.addresses}
    changed: dict[str, str | None] = {
        mark.address: one.title
        for one, mark in zip(found, marks, strict=True)
        if one.title and known.headings.get(mark.address, one.title) != one.title
    }
    return changed if len(changed) <= MOST_RETITLED else {}
