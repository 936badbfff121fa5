"""What is remembered of a source and of the articles that it listed."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.checking import Course
from bot.core.newness import Marks


class ItemState(StrEnum):
    """What became of an article that a source listed."""

    WAITING = "waiting"
    """To be read when its time comes."""
    HELD = "held"
    """One of too many at once: a person decides."""
    TAKEN = "taken"
    PASSED = "passed"
    """It was there before the source was first looked at, or is another's content under a new address."""
    GIVEN_UP = "given-up"


class Sending(StrEnum):
    """Whether an article is sent once it is in the archive."""

    QUIET = "quiet"
    IF_FRESH = "if-fresh"
    """Unless its page says that it is old."""
    ASKED = "asked"
    """Whatever its age: a person asked for it."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One source between two looks; the default is one that nobody looked at yet.

    ``etag`` and ``last_modified`` are the server's, ``digest`` is over the bytes that came last.
    ``waiting_at`` is when the first of its articles is to be read, or read again, if one is.
    """

    course: Course = field(default_factory=Course)
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    waiting_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as a source listed it; ``due_at`` is when it is to be read, where its state is WAITING."""

    address: str
    marks: Marks
    state: ItemState
    sending: Sending
    title: str | None = None
    published_at: datetime | None = None
    section: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A listed article that is to be read now; ``attempts`` counts the tries before."""

    id: int
    address: str
    title: str | None
    published_at: datetime | None
    section: str | None
    sending: Sending
    attempts: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was sent and whose page is to be looked at again now, for what was corrected since.

    ``content_mark`` is over the words that were taken, ``attempts`` counts the looks since. ``etag`` and
    ``last_modified`` are what the page's server gave at the last of them.
    """

    id: int
    address: str
    title: str | None
    published_at: datetime | None
    section: str | None
    attempts: int
    content_mark: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles of one source were taken in lately, wait, and are held."""

    taken: int = 0
    waiting: int = 0
    held: int = 0
