"""RSS 0.9x, 1.0 and 2.0 and Atom, with the faults that feeds have, by feedparser on bytes that are there."""

import io
from collections.abc import Mapping
from typing import Any

import feedparser
from lxml import etree

from bot.errors import UnreadableSource
from bot.sources.addresses import absolute
from bot.sources.document import Document
from bot.sources.found import Found, Listing, ListingKind, distinct
from bot.sources.moments import read_moment
from bot.sources.plain import short_html, short_text, slug
from bot.sources.profiles import Profile, zone_of
from bot.sources.trees import local_name, parse_xml

_MOST_ENTRIES = 1_000
"""Feeds have some dozen; a longer one is read as far as that."""

_ENTRIES = frozenset({"item", "entry"})
_READ = frozenset(
    (
        *("title", "link", "origlink", "guid", "id", "category", "subject"),
        *("pubdate", "published", "issued", "created", "date", "updated", "modified"),
    )
)
_ATTRIBUTES = frozenset({"href", "rel", "type", "mode", "version", "base", "about", "ispermalink", "term"})
_MOST_PARTS, _LONGEST_PART = 200, 20_000
"""Elements and characters in one thing that is read of an entry."""


def read_feed(document: Document, *, profile: Profile | None = None) -> Listing:
    """The entries of an RSS or Atom feed that have an address; raises UnreadableSource.

    An id that several articles share is no id and is left out.
    """
    # A well-formed feed never gets into feedparser's other, lenient parser, whose time grows with the square.
    tree = _slimmed(parse_xml(document.text(), name=document.address))
    parsed = feedparser.parse(
        io.BytesIO(etree.tostring(tree, encoding="utf-8")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": document.address,
        },
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version") and not parsed["entries"]:
        raise UnreadableSource("this is neither RSS nor Atom", name=document.address)
    typed = parsed["version"].startswith("atom")
    read = (_entry(entry, document, profile, typed=typed) for entry in parsed["entries"])
    found = distinct(one for one in read if one is not None)
    return Listing(ListingKind.FEED, _title(parsed["feed"], typed=typed), found)


def _slimmed(tree: etree._Element) -> etree._Element:
    """``tree`` with what is read here alone: no texts of articles, no endless lists of anything."""
    channels = [part for part in tree if local_name(part) == "channel"]
    left = _MOST_ENTRIES
    for container in (tree, *channels):
        for part in list(container):
            is_entry = local_name(part) in _ENTRIES
            left -= is_entry
            if not (is_entry and left >= 0) and part not in channels and not _is_title(part):
                container.remove(part)
            elif is_entry:
                _slim_entry(part)
    for element in tree.iter():
        for attribute in list(element.attrib):
            if attribute.rpartition("}")[2].lower() not in _ATTRIBUTES:
                del element.attrib[attribute]
    etree.cleanup_namespaces(tree, keep_ns_prefixes=["xml"])
    return tree


def _is_title(part: etree._Element) -> bool:
    return local_name(part) == "title" and _is_short(part)


def _slim_entry(entry: etree._Element) -> None:
    for part in list(entry):
        if local_name(part) not in _READ or not _is_short(part):
            entry.remove(part)
        elif local_name(part) == "guid":
            # Only an address is one: what feedparser makes of other ids leads nowhere.
            part.set("isPermaLink", "false")


def _is_short(part: etree._Element) -> bool:
    length = 0
    for parts, element in enumerate(part.iter()):
        length += len(element.text or "") + len(element.tail or "")
        if parts > _MOST_PARTS or length > _LONGEST_PART:
            return False
    return True


def _entry(
    entry: dict[str, Any], document: Document, profile: Profile | None, *, typed: bool
) -> Found | None:
    guid = entry.get("id")
    written = entry.get("feedburner_origlink") or entry.get("link") or guid
    # An id without a scheme is no address that somebody left out.
    if written is guid and not str(guid).startswith(("http://", "https://")):
        return None
    address = absolute(document.address, written)
    if address is None:
        return None
    zone = zone_of(profile)
    # Asked plainly, as feedparser gives other fields, and a warning, for those that are missing.
    times = (read_moment(dict.get(entry, key), zone) for key in ("published", "updated", "created"))
    own = profile.section_of(address) if profile else None
    return Found(
        address,
        guid=short_text(guid),
        title=_title(entry, typed=typed),
        published_at=next(filter(None, times), None),
        section=own or _section(entry),
    )


def _title(part: Mapping[str, Any], *, typed: bool) -> str | None:
    """The title of a feed or entry. RSS does not say what it is, so it is HTML, as everybody reads it."""
    plain = typed and (part.get("title_detail") or {}).get("type") == "text/plain"
    return short_text(part.get("title")) if plain else short_html(part.get("title"))


def _section(entry: Mapping[str, Any]) -> str | None:
    """The category where there is one; several are keywords."""
    tags = entry.get("tags") or []
    return slug(tags[0].get("term")) if len(tags) == 1 else None
