"""Sitemaps: of news, of any pages with their last change, and indexes of further sitemaps."""

from collections.abc import Iterator

from lxml import etree

from bot.errors import UnreadableSource
from bot.sources.addresses import absolute
from bot.sources.document import Document
from bot.sources.found import Found, Listing, ListingKind, distinct
from bot.sources.moments import read_moment
from bot.sources.plain import short_html
from bot.sources.profiles import Profile, zone_of
from bot.sources.trees import local_name, parse_xml

_MOST_ENTRIES = 50_000
"""As many as the protocol allows."""

_KINDS = {"urlset": ListingKind.SITEMAP, "sitemapindex": ListingKind.SITEMAP_INDEX}


def read_sitemap(document: Document, *, profile: Profile | None = None) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index, which ``kind`` tells; raises UnreadableSource.

    ``published_at`` is the news's date, else that of the last change.
    """
    tree = parse_xml(document.text(), name=document.address)
    kind = _KINDS.get(local_name(tree))
    if kind is None:
        cause = f"this is no sitemap; expected <urlset> or <sitemapindex>, found <{local_name(tree)}>"
        raise UnreadableSource(cause, name=document.address)
    found = distinct(_entries(tree, document, profile, kind))
    return Listing(kind, None, found)


def _entries(
    tree: etree._Element, document: Document, profile: Profile | None, kind: ListingKind
) -> Iterator[Found]:
    for entry in tree[:_MOST_ENTRIES]:
        said = {local_name(part): part.text for part in entry if len(part) == 0}
        news = {
            local_name(part): part.text
            for block in entry
            if local_name(block) == "news"
            for part in block
            if len(part) == 0
        }
        address = absolute(document.address, said.get("loc"))
        if address is None:
            continue
        if kind is ListingKind.SITEMAP_INDEX:
            yield Found(address, published_at=read_moment(said.get("lastmod"), zone_of(profile)))
            continue
        times = (
            read_moment(text, zone_of(profile))
            for text in (news.get("publication_date"), said.get("lastmod"))
        )
        yield Found(
            address,
            title=short_html(news.get("title")),
            published_at=next(filter(None, times), None),
            section=profile.section_of(address) if profile else None,
        )
