"""A section's index page: the articles that its links lead to, by a profile's selectors or by their shape."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from bot.sources.addresses import absolute, path_of, query_of, site
from bot.sources.discovery import named_feeds
from bot.sources.document import Document
from bot.sources.found import Found, Listing, ListingKind, distinct
from bot.sources.moments import read_moment
from bot.sources.plain import one_line, short_text
from bot.sources.profiles import IndexPage, Profile, zone_of
from bot.sources.selectors import Selector, texts
from bot.sources.trees import parse_html

_MOST_LINKS = 20_000
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_NO_ARTICLES = re.compile(
    r"/(?:tags?|topi[ck]s?|author|penulis|user|search|cari|page|halaman|kategori|category|login|daftar|redaksi"
    r"|about|tentang|privacy|pedoman|kontak|contact|feed|rss|wp-content|wp-json|share)(?:/|$)"
    r"|\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|css|js|xml)$",
    re.IGNORECASE,
)
_SHORTEST_TITLE = 15
_FEWEST_BREAKS = 3
"""Between the words of a headline in an address."""


def read_index(document: Document, *, profile: Profile | None = None) -> Listing:
    """The articles that an HTML page links to; raises UnreadableSource for what is no HTML page.

    Without a profile for such pages an article's link is one that leads to the same site and has a slug of
    several words or a long number in its path.
    """
    tree = parse_html(document.text(), name=document.address)
    base = _base(tree, document.address)
    if profile and profile.index:
        found = distinct(_by_profile(tree, base, profile, profile.index))
    else:
        found = distinct(_by_shape(tree, base, document, profile))
    title = tree.findtext(".//title")
    return Listing(ListingKind.INDEX, short_text(title), found, named_feeds(tree, base, profile))


def _base(tree: HtmlElement, address: str) -> str:
    element = tree.find(".//base[@href]")
    return (absolute(address, element.get("href")) if element is not None else None) or address


def _by_profile(tree: HtmlElement, base: str, profile: Profile, index: IndexPage) -> Iterator[Found]:
    base = index.base or base
    for selector in index.item:
        for item in selector.of(tree):
            if not isinstance(item, HtmlElement):
                continue
            address = _first_link(index.link, item, base)
            if address is None or not profile.is_article(address):
                continue
            times = (
                read_moment(text, zone_of(profile)) for group in texts(index.time, item) for text in group
            )
            titles = (short_text(text) for group in texts(index.title, item) for text in group)
            yield Found(
                address,
                title=next(filter(None, titles), None),
                published_at=next(filter(None, times), None),
                section=profile.section_of(address),
            )


def _first_link(selectors: tuple[Selector, ...], item: HtmlElement, base: str) -> str | None:
    for selector in selectors:
        for one in selector.of(item):
            written = one if isinstance(one, str) else one.get("href")
            if address := absolute(base, written):
                return address
    return None


def _by_shape(tree: HtmlElement, base: str, document: Document, profile: Profile | None) -> Iterator[Found]:
    own = site(document.address)
    titles: dict[str, str | None] = {}
    for link in list(tree.iter("a"))[:_MOST_LINKS]:
        address = absolute(base, link.get("href"))
        if address is None or site(address) != own or not _is_article(address, document, profile):
            continue
        # A picture and a headline lead to one article, and the headline is the longer text.
        text = one_line(str(link.text_content()))
        title = short_text(text) if len(text) >= _SHORTEST_TITLE else None
        if len(title or "") > len(titles.setdefault(address, None) or ""):
            titles[address] = title
    for address, title in titles.items():
        yield Found(address, title=title, section=profile.section_of(address) if profile else None)


def _is_article(address: str, document: Document, profile: Profile | None) -> bool:
    if profile and profile.address:
        return profile.is_article(address)
    path = path_of(address)
    if not path or path == path_of(document.address) or _NO_ARTICLES.search(path):
        return False
    last = path.rpartition("/")[2]
    query = query_of(address)
    return bool(_is_slug(last) or _NUMBER.search(path) or (last.endswith(".php") and _NUMBER.search(query)))


def _is_slug(last: str) -> bool:
    """Whether the last part of a path is a headline: four words or more."""
    words = [word for word in re.split("[-_]", last) if word]
    return len(words) > _FEWEST_BREAKS and _LETTER.search(last) is not None
