"""The feeds that a page names: those for feed readers in its head, links to others, and the profile's."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from bot.sources.addresses import absolute, path_of, site
from bot.sources.found import NamedFeed
from bot.sources.plain import short_text
from bot.sources.profiles import Profile

MOST_FEEDS = 50

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_NAMES = frozenset(
    {"rss", "feed", "feeds", "atom", "rss.xml", "feed.xml", "atom.xml", "feed.json", "rss.php"}
)


def named_feeds(tree: HtmlElement, base: str, profile: Profile | None) -> tuple[NamedFeed, ...]:
    """Each feed once, at most MOST_FEEDS; relative links are relative to ``base``.

    A link in the text is taken for one to a feed when its path ends as feeds' do, so it may lead to a page
    about feeds.
    """
    found: dict[str, NamedFeed] = {}
    for feed in (*_of_profile(profile), *_of_head(tree, base), *_of_links(tree, base)):
        found.setdefault(feed.address, feed)
    return tuple(found.values())[:MOST_FEEDS]


def _of_profile(profile: Profile | None) -> Iterator[NamedFeed]:
    for section, address in (profile.feeds if profile else {}).items():
        yield NamedFeed(address, section)


def _of_head(tree: HtmlElement, base: str) -> Iterator[NamedFeed]:
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind in _TYPES and "alternate" in (link.get("rel") or "").lower().split():
            address = absolute(base, link.get("href"))
            if address is not None:
                yield NamedFeed(address, short_text(link.get("title")))


def _of_links(tree: HtmlElement, base: str) -> Iterator[NamedFeed]:
    for link in tree.iter("a"):
        address = absolute(base, link.get("href"))
        if address is None or site(address) != site(base):
            continue
        if path_of(address).rstrip("/").rpartition("/")[2].lower() in _NAMES:
            yield NamedFeed(address, short_text(str(link.text_content())))
