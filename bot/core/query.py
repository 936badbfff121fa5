"""What a reader searches for: words, and filters such as ``dari:2023-09 kata:putin``. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.errors import BadFilter

MOST_FOUND = 1_000
"""Finds that are counted and ranked: to weigh every article with "yang" in it takes seconds."""


class Filter(StrEnum):
    """The filters, by their Indonesian names."""

    SINCE = "dari"
    UNTIL = "sampai"
    SPEAKER = "kata"


_NAMES = {
    "dari": Filter.SINCE,
    "from": Filter.SINCE,
    "sejak": Filter.SINCE,
    "since": Filter.SINCE,
    "sampai": Filter.UNTIL,
    "until": Filter.UNTIL,
    "hingga": Filter.UNTIL,
    "to": Filter.UNTIL,
    "kata": Filter.SPEAKER,
    "said": Filter.SPEAKER,
}
"""Every name that a filter goes by, in both languages."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for: ``words`` anywhere, all of ``speakers`` among those who are quoted.

    Published at ``since`` or later and before ``until``; None does not limit.
    """

    words: str
    speakers: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return self == Question("")


# A value may stand in quotation marks, of whichever make: kata:"jake sullivan".
_FILTER = re.compile(rf"(?<!\S)({'|'.join(_NAMES)}):(?:[\"“”„]([^\"“”„]*)[\"“”„]|(\S*))", re.IGNORECASE)
_DATE = re.compile(r"((?:19|20)\d\d)(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)


def read_question(text: str, zone: tzinfo) -> Question:
    """What ``text`` asks for; days are those of ``zone``.

    Months and years count whole: ``sampai:2023`` is to its last day. A colon after any other
    word is punctuation. Raises BadFilter for a date that is none, for a filter without a value and for an end
    before the start.
    """
    question = Question("")
    written: dict[Filter, tuple[str, str]] = {}
    for found in _FILTER.finditer(text):
        name, value = _NAMES[found[1].lower()], (found[2] or found[3] or "").strip()
        if not value:
            raise BadFilter(found[1], "")
        question = _narrowed(question, name, found[1], value, zone)
        written[name] = found[1], value
    if question.since and question.until and question.since >= question.until:
        raise BadFilter(*written[Filter.UNTIL], start=":".join(written[Filter.SINCE]))
    return replace(question, words=" ".join(_FILTER.sub(" ", text).split()))


def _narrowed(question: Question, name: Filter, written: str, value: str, zone: tzinfo) -> Question:
    if name is Filter.SPEAKER:
        return replace(question, speakers=(*question.speakers, value))
    found = _DATE.fullmatch(value)
    if found is None:
        raise BadFilter(written, value)
    try:
        first = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise BadFilter(written, value) from None
    if name is Filter.SINCE:
        return replace(question, since=_midnight(first, zone))
    return replace(question, until=_midnight(_AFTER[found.lastindex or 1](first), zone))


_AFTER: dict[int, Callable[[date], date]] = {
    1: lambda day: date(day.year + 1, 1, 1),
    2: lambda day: (day.replace(day=28) + timedelta(days=4)).replace(day=1),
    3: lambda day: day + timedelta(days=1),
}
"""The first day after a year, a month, a day."""


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)
