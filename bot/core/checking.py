"""When a source is looked at again, when it counts as dead, and how much news from it is too much. Pure."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=5)
"""Between two looks at a source that prints all the time, and after a first failure."""

LONGEST = timedelta(hours=6)
"""Between two looks at a source that is quiet, or that fails."""

LONGEST_OBEYED = timedelta(days=1)
"""A server that asks to be left alone for longer is believed this far."""

DEAD_AFTER = 6
"""Failures in a row after which the desk is told: about four hours of them."""

LOOKS_FOR_ONE = 4
"""Looks at a source for each article that it prints."""

MEMORY = timedelta(days=1)
"""An article's weight in the rate falls to a third in this time."""

FIRST_RATE = 1.0
"""Articles an hour that a source is taken to print while nothing is known of it."""

FLOOD_TIMES = 10
"""So many times its normal rate is more than a newsroom writes: something is wrong with the source."""

FLOOD_LEAST = 10
"""New articles at once that are never a flood, however quiet the source was before."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Course:
    """How the looks at one source have gone so far; the default is a source that nobody looked at yet.

    ``rate`` is in articles an hour. ``failures`` counts those in a row and ``cause`` is the last one's.
    ``dead_since`` is when the desk was told. All times are aware.
    """

    rate: float = FIRST_RATE
    next_at: datetime | None = None
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    cause: str | None = None
    dead_since: datetime | None = None

    @property
    def is_first_contact(self) -> bool:
        """Whether nothing was ever read from the source."""
        return self.succeeded_at is None

    def is_due(self, now: datetime) -> bool:
        """Whether the source may be looked at."""
        # What lies further ahead than anybody is obeyed was written by a clock that ran ahead.
        return self.next_at is None or not now < self.next_at <= now + LONGEST_OBEYED


def interval(rate: float) -> timedelta:
    """Between two looks at a source that prints ``rate`` articles an hour: SHORTEST to LONGEST."""
    shortest, longest = SHORTEST / _HOUR, LONGEST / _HOUR
    return _HOUR * min(longest, max(shortest, 1 / (LOOKS_FOR_ONE * rate) if rate else longest))


def first_rate(printed: list[datetime], *, now: datetime) -> float:
    """The rate that a source's first listing tells, by the times of its articles; FIRST_RATE without any."""
    if not printed:
        return FIRST_RATE
    return max(1, sum(now - MEMORY <= moment for moment in printed)) / (MEMORY / _HOUR)


def after_success(
    course: Course, *, now: datetime, new: int, fresh_until: datetime | None = None, rate: float | None = None
) -> Course:
    """The course after a look that found ``new`` articles that were not known before.

    ``fresh_until`` is when the server says that there can be something else; ``rate`` replaces what was
    known of it before.
    """
    if rate is None:
        since = max(timedelta(), now - (course.succeeded_at or now))
        rate = course.rate * math.exp(-(since / MEMORY)) + new / (MEMORY / _HOUR)
    next_at = now + interval(rate)
    if fresh_until is not None:
        next_at = max(next_at, min(fresh_until, now + LONGEST))
    return Course(rate=rate, next_at=next_at, checked_at=now, succeeded_at=now)


def after_failure(
    course: Course,
    *,
    now: datetime,
    cause: str,
    jitter: float,
    retry_at: datetime | None = None,
    for_good: bool = False,
) -> Course:
    """The course after a look that failed: the pause doubles with each, and ``jitter`` takes up to half off.

    ``jitter`` is random in [0, 1], so that what failed together is not tried again together. ``retry_at`` is
    when the server wants to be asked again. ``for_good`` says that the server calls the address gone.
    """
    failures = course.failures + 1
    pause = min(LONGEST, SHORTEST * 2 ** min(failures - 1, 16)) * (1 - jitter / 2)
    next_at = now + pause
    if retry_at is not None:
        next_at = max(next_at, min(retry_at, now + LONGEST_OBEYED))
    dead = course.dead_since or (now if for_good or failures >= DEAD_AFTER else None)
    return replace(course, next_at=next_at, checked_at=now, failures=failures, cause=cause, dead_since=dead)


def is_flood(course: Course, *, now: datetime, new: int, most: int | None = None) -> bool:
    """Whether ``new`` articles since the last look are too many to be sent without a person's word.

    That is more than FLOOD_TIMES what the source prints in that time, an hour at least, and FLOOD_LEAST in
    any case; ``most`` replaces this rule where the newsroom knows better.
    """
    if most is not None:
        return new > most
    since = max(_HOUR, now - (course.succeeded_at or now))
    return new > max(FLOOD_LEAST, FLOOD_TIMES * course.rate * (since / _HOUR))


AGAIN_AFTER = timedelta(minutes=15)
"""After an article was sent, its page is looked at again for corrections; each pause is twice the last."""

AGAIN_FOR = timedelta(days=2)
"""After its date an article's page is left alone: that makes seven looks at most."""


def look_again_at(published_at: datetime, *, now: datetime, looks: int) -> datetime | None:
    """When the page of a sent article is looked at after ``looks`` looks; None when it is old enough."""
    at = now + AGAIN_AFTER * 2 ** min(looks, 16)
    return at if at <= min(published_at, now) + AGAIN_FOR else None
