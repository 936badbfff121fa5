"""What every kind of listing gives: the articles that it names, each with what it says about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class ListingKind(StrEnum):
    """What a document that names articles is."""

    FEED = "feed"
    """RSS 0.9x, 1.0, 2.0 or Atom."""
    JSON_FEED = "json-feed"
    SITEMAP = "sitemap"
    """A urlset, be it of news or not."""
    SITEMAP_INDEX = "sitemap-index"
    """What is found in it are sitemaps, no articles."""
    INDEX = "index"
    """An HTML page of links, such as a section's."""


@dataclass(frozen=True, slots=True)
class Found:
    """One article as a listing names it.

    ``address`` is absolute, http or https, without a fragment. ``guid`` is the feed's own id, as it stands
    there. ``title`` is plain text. ``published_at`` is aware; a sitemap that gives no date of publication
    gives that of the last change. ``section`` is a slug.
    """

    address: str
    guid: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed that a page names, and what it calls it."""

    address: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing that was read: ``found`` in the document's order, each address once.

    ``feeds`` are those that a page of links names.
    """

    kind: ListingKind
    title: str | None
    found: tuple[Found, ...]
    feeds: tuple[NamedFeed, ...] = ()


def distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    """Each address once, the first time that it is named, and only ids that are one article's alone."""
    kept: dict[str, Found] = {}
    for one in found:
        kept.setdefault(one.address, one)
    uses = Counter(one.guid for one in kept.values())
    return tuple(replace(one, guid=None) if uses[one.guid] > 1 else one for one in kept.values())
