"""What one way of reading a page found. Several are laid over each other to make an article."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.sources.page_lines import Line


class Origin(StrEnum):
    """Where a field of an article came from."""

    PROFILE = "profile"
    JSON_LD = "json-ld"
    OPENGRAPH = "opengraph"
    PAGE = "page"
    """The page's other marks: its headings, its ``meta`` and ``time``, a date as it is printed."""
    TRAFILATURA = "trafilatura"
    FEED = "feed"
    """The listing that named the article."""
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields that one way of reading found; None or empty is what it did not find.

    Texts are plain, one line each; ``picture`` is an absolute address; ``lines`` are the body's.
    """

    origin: Origin
    title: str | None = None
    published_at: datetime | None = None
    kicker: str | None = None
    section: str | None = None
    byline: str | None = None
    captions: tuple[str, ...] = ()
    picture: str | None = None
    lines: tuple[Line, ...] = ()
