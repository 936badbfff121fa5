"""Times as sites write them for machines and, where nothing else is there, for people."""

import re
from datetime import datetime, tzinfo
from email.utils import parsedate_to_datetime

from bot.core.dates import ZONES, parse_date

_LONGEST = 80
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_TIMESTAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:\s?(Z|[+-]\d{2}:?\d{2}))?", re.ASCII
)
_DAY_NAME = re.compile(r"^[^\W\d]{2,9}\.?\s*,\s*")
_ZONE_NAME = re.compile(r"\b(WIB|WITA|WIT)\b", re.IGNORECASE)


def read_moment(written: object, zone: tzinfo = ZONES["WIB"]) -> datetime | None:
    """The aware moment in ``written``: ISO 8601, RFC 822, or as the country's papers print it; else None.

    A time without a zone is in ``zone``; one of a mere day is that day's first minute.
    """
    if not isinstance(written, str):
        return None
    text = " ".join(written[: 2 * _LONGEST].split())[:_LONGEST]
    moment = _iso(text) or _mail(text) or parse_date(_DAY_NAME.sub("", text))
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    if moment.tzinfo is not None:
        return moment
    named = _ZONE_NAME.search(text)
    return moment.replace(tzinfo=ZONES[named[1].upper()] if named else zone)


def _iso(text: str) -> datetime | None:
    found = _TIMESTAMP.match(text)
    written = f"{found[1]}{found[2] or ''}" if found else text
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
