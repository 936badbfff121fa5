"""What a reader chose to get, when and how, as one value, and how a choice changes it. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

HALF_HOUR = 30
"""Minutes between two times at which a digest can be had."""

DAY = 24 * 60

MOST_A_DAY = 9
"""The highest cap of breaking news; beyond it stands no cap at all."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing comes: minutes after local midnight, ``begin`` included, ``end`` not.

    Where ``end`` is the smaller one they go through midnight.
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.begin < DAY and 0 <= self.end < DAY) or self.begin == self.end:
            raise ValueError(f"{self.begin}-{self.end} are no hours of a day")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a reader wants of what is published, and when; its own defaults are to get every article.

    ``cap`` is how much breaking news may come in a local day (None: all of it); it binds nobody who gets
    every article. Without ``follow_ups`` no breaking news comes of a story of which something came on that
    local day. ``digest_at`` is in minutes after local midnight, a multiple of HALF_HOUR. ``zone`` is a
    name of the IANA's database. Until ``paused_until`` nothing comes.
    """

    every_article: bool = True
    breaking: bool = True
    cap: int | None = None
    follow_ups: bool = True
    digest: bool = False
    digest_at: int = 7 * 60
    weekdays: bool = False
    quiet: Quiet | None = None
    breaking_passes: bool = True
    zone: str = "Asia/Jakarta"
    paused_until: datetime | None = None

    @property
    def nothing(self) -> bool:
        """Whether every kind of news is switched off."""
        return not (self.every_article or self.breaking or self.digest)


EVERY_ARTICLE = Preferences()
"""What whoever was here before there were any preferences gets."""


def newcomer(zone: str) -> Preferences:
    """Breaking news, three a day and one of a story at most, and one digest a day.

    It disturbs few and leaves nothing out.
    """
    return Preferences(every_article=False, cap=3, follow_ups=False, digest=True, zone=zone)


def everything(zone: str) -> Preferences:
    """Every article at once, and no digest, which would bring nothing new."""
    return Preferences(zone=zone)


class Setting(StrEnum):
    """One thing in ``Preferences`` that a button changes."""

    EVERY = "e"
    BREAKING = "b"
    CAP = "c"
    FOLLOW_UPS = "f"
    DIGEST = "d"
    DIGEST_AT = "a"
    WEEKDAYS = "w"
    QUIET = "q"
    PASSES = "n"
    ZONE = "z"
    PAUSE = "h"


_HOURS = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|sampai|to|s/d)\s*(\d{1,2})(?:[:.](\d{2}))?", re.ASCII
)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


def changed(preferences: Preferences, setting: Setting, value: str, *, now: datetime) -> Preferences | None:
    """``preferences`` after ``setting`` was set to ``value``, or None when that is no value of it.

    Switches take ``0`` and ``1``; CAP a number of messages, 0 for none; DIGEST_AT minutes; QUIET hours as
    ``read_hours`` takes them, or ``0``; ZONE a name as ``find_zone`` takes it; PAUSE a number of days.
    """
    if setting is Setting.ZONE:
        zone = find_zone(value)
        return None if zone is None else replace(preferences, zone=zone)
    if setting is Setting.QUIET:
        quiet = read_hours(value)
        return None if quiet is None and value != "0" else replace(preferences, quiet=quiet)
    if _NUMBER.fullmatch(value) is None:
        return None
    number = int(value)
    if setting is Setting.CAP:
        return replace(preferences, cap=number or None) if number <= MOST_A_DAY else None
    if setting is Setting.DIGEST_AT:
        fits = number < DAY and number % HALF_HOUR == 0
        return replace(preferences, digest=True, digest_at=number) if fits else None
    if setting is Setting.PAUSE:
        return _paused(preferences, number, now)
    return _switched(preferences, setting, number == 1) if number <= 1 else None


def _paused(preferences: Preferences, days: int, now: datetime) -> Preferences | None:
    if days > 31:
        return None
    return replace(preferences, paused_until=now + timedelta(days=days) if days else None)


def _switched(preferences: Preferences, setting: Setting, wanted: bool) -> Preferences:
    match setting:
        case Setting.EVERY:
            return replace(preferences, every_article=wanted)
        case Setting.BREAKING:
            return replace(preferences, breaking=wanted)
        case Setting.FOLLOW_UPS:
            return replace(preferences, follow_ups=wanted)
        case Setting.DIGEST:
            return replace(preferences, digest=wanted)
        case Setting.WEEKDAYS:
            return replace(preferences, weekdays=wanted)
        case _:
            return replace(preferences, breaking_passes=wanted)


def read_hours(text: str) -> Quiet | None:
    """Hours as people write them (``22-6``, ``22:00–06:30``, ``21.30 sampai 5``); None when they are not."""
    found = _HOURS.fullmatch(text.strip().lower())
    if found is None:
        return None
    begin, end = (
        int(hour) % 24 * 60 + int(minute or 0)
        for hour, minute in ((found[1], found[2]), (found[3], found[4]))
    )
    if int(found[1]) > 24 or int(found[3]) > 24 or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
        return None
    return Quiet(begin, end) if begin != end else None


_INDONESIAN = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}


def find_zone(text: str) -> str | None:
    """The zone that ``text`` names: WIB, WITA, WIT, ``Asia/Tokyo`` in any case, or a city alone; else None.

    Of several zones with a city of that name there is none.
    """
    wanted = "_".join(text.split()).lower()
    if wanted in _INDONESIAN:
        return _INDONESIAN[wanted]
    named = [name for name in _zones() if wanted in (name.lower(), name.rpartition("/")[2].lower())]
    whole = [name for name in named if name.lower() == wanted]
    return next(iter(whole or (named if len(named) == 1 else [])), None)


@cache
def _zones() -> tuple[str, ...]:
    # Places alone: zones that name an offset, or a country's own rules of old, are written for machines.
    return tuple(
        sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    )


def zone_of(name: str) -> ZoneInfo:
    """The zone called ``name``; UTC where this machine's database of zones no longer has it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
