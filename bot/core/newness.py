"""Which of the articles that a source lists are new: by address, by id, by title and minute. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.core.addresses import canonical

_SHORTEST_GUID = 5
"""Characters; feeds that only number their places ("1", "2") give no ids."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What an article that a source lists is recognised by; each is 32 hexadecimal digits or None."""

    address: str
    guid: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source: addresses, and for ids and titles the address that had them.

    ``headings`` has, by address, the title under which an article was listed that is in the archive now.
    """

    addresses: frozenset[str] = frozenset()
    guids: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)


def marks_of(address: str, guid: str | None, title: str | None, published_at: datetime | None) -> Marks:
    """The marks of one listed article. A title counts with its minute only: some return every day."""
    words = _words(title or "")
    dated = published_at is not None and words
    return Marks(
        address=_digest(canonical(address)),
        guid=_digest(guid.strip()) if guid and len(guid.strip()) >= _SHORTEST_GUID else None,
        title=_digest(words, _minute(published_at)) if dated and published_at else None,
    )


def content_mark(title: str, paragraphs: Iterable[str]) -> str:
    """32 hexadecimal digits over the words that were printed, whatever their date, address or punctuation."""
    return _digest(_words(title), *map(_words, paragraphs))


def new_places(listed: Sequence[Marks], known: Known) -> tuple[int, ...]:
    """The places in ``listed`` of the articles that are new, each article once.

    An id names the article that had it before (a corrected address), unless it stands twice in the listing
    or that article is still listed under its address: then the feed hands out its ids anew.
    """
    still_listed = {marks.address for marks in listed}
    guids = Counter(marks.guid for marks in listed)
    seen = set(known.addresses)
    titles = dict(known.titles)
    new = []
    for place, marks in enumerate(listed):
        owner = known.guids.get(marks.guid) if marks.guid and guids[marks.guid] == 1 else None
        moved = owner is not None and owner not in still_listed
        if marks.address in seen or moved or (marks.title and marks.title in titles):
            continue
        seen.add(marks.address)
        if marks.title:
            titles[marks.title] = marks.address
        new.append(place)
    return tuple(new)


OLD_AFTER = timedelta(days=2)
"""An article that is older than this when a source first lists it is no news: a list of what is read most
names such, and so does a site that moves."""


def is_old(published_at: datetime, *, last_look: datetime) -> bool:
    """Whether an article that the last look did not see was printed long before it."""
    return published_at < last_look - OLD_AFTER


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(errors="replace"), digest_size=16).hexdigest()
