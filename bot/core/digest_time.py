"""When a digest is due: the moment of each local day, and which readers' moment a slot is. Pure.

Slots are quarters of an hour in UTC, as no zone's offset is finer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.core.preferences import DAY, HALF_HOUR

SLOT = timedelta(minutes=15)

LATE = timedelta(hours=2)
"""A digest comes this late at most, after an outage; then it is left out."""


FARTHEST = timedelta(days=3)
"""How far a digest looks back at most: on a Monday to the Friday's, for who reads on weekdays."""


@dataclass(frozen=True, slots=True)
class Due:
    """Readers whose digest is due: those of ``minute``; on a weekend not those who want weekdays alone."""

    minute: int
    weekend: bool


def digest_moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """When it is ``minute`` minutes after midnight on ``day`` in ``zone``, in UTC.

    Where the clocks skip that time it is as much later; where they show it twice, the first.
    """
    return datetime.combine(day, time(*divmod(minute, 60)), tzinfo=zone).astimezone(UTC)


def slot_of(moment: datetime) -> datetime:
    """The slot that ``moment`` (aware) lies in."""
    at = moment.astimezone(UTC)
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


def slots(after: datetime, upto: datetime) -> Iterator[datetime]:
    """Every slot with ``after < slot <= upto``."""
    slot = slot_of(after) + SLOT
    while slot <= upto:
        yield slot
        slot += SLOT


def due_in(slot: datetime, zone: tzinfo) -> tuple[Due, ...]:
    """Whose digest is due in ``slot`` in ``zone``: for each local day and minute exactly one slot is."""
    here = slot.astimezone(zone).date()
    days = [here + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    found = {
        Due(minute, day.weekday() >= 5)
        for day in days
        for minute in range(0, DAY, HALF_HOUR)
        if slot_of(digest_moment(day, minute, zone)) == slot
    }
    return tuple(sorted(found, key=lambda due: (due.minute, due.weekend)))


def edition_of(slot: datetime) -> str:
    """The name of the digest of ``slot``: ``2026-11-23T00:00Z``."""
    return slot.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def slot_named(edition: str) -> datetime:
    """The slot of the digest called ``edition``; ValueError when it is not such a name."""
    return datetime.strptime(edition, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


def looks_back_to(slot: datetime, last: datetime | None, zone: tzinfo) -> datetime:
    """What the digest of ``slot`` looks back to: the reader's ``last`` one, FARTHEST at most.

    Without a last one it is the same hour of the day before.
    """
    here = slot.astimezone(zone)
    if last is None:
        return (here - timedelta(days=1)).astimezone(UTC)
    return max(last, slot - FARTHEST)
