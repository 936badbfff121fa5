"""Any document that names articles, read: its bytes decide what it is, not what the server calls it."""

import re
import zlib
from dataclasses import replace

from bot.errors import UnreadableSource
from bot.sources.document import Document
from bot.sources.found import Found, Listing, ListingKind
from bot.sources.index import read_index
from bot.sources.jsonfeed import read_json_feed
from bot.sources.profiles import Profile
from bot.sources.sitemap import read_sitemap

__all__ = ["Found", "Listing", "ListingKind", "read_listing"]

LARGEST = 10 * 1024 * 1024
"""Bytes of a packed sitemap once it is unpacked."""

_GZIP = b"\x1f\x8b"
_FIRST_ELEMENT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)")
_BEFORE_ROOT = re.compile(
    r"\A(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+", re.DOTALL | re.IGNORECASE
)
_ROOTS = {
    "rss": ListingKind.FEED,
    "rdf": ListingKind.FEED,
    "feed": ListingKind.FEED,
    "urlset": ListingKind.SITEMAP,
    "sitemapindex": ListingKind.SITEMAP,
}


def read_listing(
    document: Document, *, kind: ListingKind | None = None, profile: Profile | None = None
) -> Listing:
    """The articles that ``document`` names; without ``kind``, it is told from the bytes.

    A sitemap index may come where a sitemap was asked for; ``Listing.kind`` says what it was. ``profile``
    gives the selectors of an index page and the zone of times without one. Raises UnreadableSource.
    """
    document = _unpacked(document)
    match kind or _kind_of(document):
        case ListingKind.FEED:
            # feedparser is slow to import, and many sources are no feeds.
            from bot.sources.feeds import read_feed  # noqa: PLC0415

            return read_feed(document, profile=profile)
        case ListingKind.JSON_FEED:
            return read_json_feed(document, profile=profile)
        case ListingKind.SITEMAP | ListingKind.SITEMAP_INDEX:
            return read_sitemap(document, profile=profile)
        case ListingKind.INDEX:
            return read_index(document, profile=profile)


def _kind_of(document: Document) -> ListingKind:
    text = document.text().lstrip()
    if text.startswith(("{", "[")):
        return ListingKind.JSON_FEED
    before = _BEFORE_ROOT.match(text)
    root = _FIRST_ELEMENT.match(text, before.end() if before else 0)
    name = root["name"].lower() if root else ""
    if name == "opml":
        cause = "this is an OPML file, which names feeds, not articles: kabar sources import takes its file"
        raise UnreadableSource(cause, name=document.address)
    if kind := _ROOTS.get(name):
        return kind
    if root is None and not _FIRST_ELEMENT.search(text):
        cause = "this is no feed, sitemap or page; expected RSS, Atom, JSON Feed, a sitemap or HTML"
        raise UnreadableSource(cause, name=document.address)
    return ListingKind.INDEX


def _unpacked(document: Document) -> Document:
    """``document`` without the gzip in which sitemaps are often kept; as far as LARGEST, no further."""
    if not document.content.startswith(_GZIP):
        return document
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = unpacker.decompress(document.content, LARGEST + 1)
    except zlib.error as error:
        raise UnreadableSource(f"the gzip is broken: {error}", name=document.address) from error
    if len(content) > LARGEST:
        cause = f"it is larger than {LARGEST // 1024**2} MB when unpacked"
        raise UnreadableSource(cause, name=document.address)
    return replace(document, content=content)
