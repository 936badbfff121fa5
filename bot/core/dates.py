"""Dates as Indonesian newspapers print them. Reading only; how readers see one is the templates' matter."""

import re
from datetime import datetime, timedelta, timezone

ZONES = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}
"""The country's three zones, none of which has summer time."""

_MONTHS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb", "peb"),
    ("maret", "mar"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agust", "agst", "agt", "ags", "agu", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_SHORTEST, _LONGEST = 12, 80
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""Years that a newspaper prints over an article; the calendar's ends are misprints, and break arithmetic."""

_DATE = re.compile(
    r"(?:(?:senin|selasa|rabu|kamis|jum['’‘`]?at|sabtu|ahad|minggu)\s*,?\s*)?"
    r"(?P<day>\d{1,2})(?:\s+(?P<month>[a-z]{3,9})\.?\s+|(?P<mark>[/-])(?P<number>\d{1,2})(?P=mark))(?P<year>\d{4})"
    r"\s*[,|–-]?\s*(?:pukul|jam)?\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?"
    r"\s*\(?(?P<zone>wib|wita|wit)?\)?",
    re.IGNORECASE,
)


def parse_date(line: str) -> datetime | None:
    """The aware moment that a whole line prints (``Kamis, 8 Juli 2021 05:25 WIB``); None when it is no date.

    The day's name may be missing or wrong, as it is in print; a line without a zone is in WIB.
    """
    if not _SHORTEST <= len(line) <= _LONGEST:
        return None
    found = _DATE.fullmatch(line.strip())
    if found is None:
        return None
    if not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        return None
    month = int(found["number"]) if found["number"] else _MONTH_NUMBERS.get(found["month"].lower(), 0)
    zone = ZONES[(found["zone"] or "WIB").upper()]
    try:
        return datetime(
            int(found["year"]),
            month,
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            tzinfo=zone,
        )
    except ValueError:
        return None
