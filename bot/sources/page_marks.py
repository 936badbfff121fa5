"""What a page says of itself outside JSON-LD: OpenGraph, other ``meta``, its headings and times."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from itertools import islice

from lxml.html import HtmlElement

from bot.core.dates import parse_date
from bot.sources.addresses import absolute
from bot.sources.moments import read_moment
from bot.sources.plain import one_line, short_text, slug
from bot.sources.reading import Origin, Reading

_MOST_METAS, _MOST_HEADINGS = 500, 20
_MOST_CAPTIONS = 10
_DATES = (
    *("datepublished", "pubdate", "publishdate", "publish_date", "publish-date", "published_date", "date"),
    *("dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date"),
    *("content_publisheddate", "content_publishdate"),
)
_SUFFIX = re.compile(r"\s+[-–—|•»]\s+(?P<site>[^|]{2,60})$")
_NEARBY = 400
"""Texts from the top of a page, among which a printed date stands."""


def metas_of(tree: HtmlElement) -> Mapping[str, str]:
    """The content of every ``meta``, by its property, name or itemprop in small letters; the first counts."""
    found: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]")[:_MOST_METAS]:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content").strip():
            found.setdefault(name.strip().lower(), meta.get("content"))
    return found


def read_opengraph(metas: Mapping[str, str], *, address: str, zone: tzinfo) -> Reading:
    """What OpenGraph says of the article."""
    pictures = ("og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src")
    author = short_text(metas.get("article:author"))
    return Reading(
        Origin.OPENGRAPH,
        title=_without_site(short_text(metas.get("og:title")), metas),
        published_at=read_moment(metas.get("article:published_time"), zone),
        section=slug(metas.get("article:section")),
        byline=None if author and ("://" in author or "www." in author) else author,
        picture=next(filter(None, (absolute(address, metas.get(name)) for name in pictures)), None),
    )


def read_marks(tree: HtmlElement, metas: Mapping[str, str], *, address: str, zone: tzinfo) -> Reading:
    """What the page's headings, times, captions and other ``meta`` say."""
    big = islice(tree.iter("h1"), _MOST_HEADINGS)
    headings = [title for one in big if (title := short_text(str(one.text_content())))]
    named = _without_site(short_text(tree.findtext(".//title")), metas)
    return Reading(
        Origin.PAGE,
        # Several big headings are the paper's name, or lists'.
        title=headings[0] if len(headings) == 1 else named or next(iter(headings), None),
        published_at=_time(tree, metas, zone),
        section=slug(metas.get("section")),
        byline=_author(metas),
        captions=_captions(tree),
        picture=absolute(address, metas.get("thumbnailurl")),
    )


def _without_site(title: str | None, metas: Mapping[str, str]) -> str | None:
    """``title`` without the site's name, where the page says that this is what stands at its end."""
    found = _SUFFIX.search(title or "")
    if title is None or found is None:
        return title
    name = one_line(metas.get("og:site_name", "")).casefold()
    return title[: found.start()] if name and found["site"].casefold() == name else title


def _author(metas: Mapping[str, str]) -> str | None:
    author = short_text(metas.get("author"))
    site = one_line(metas.get("og:site_name", ""))
    return None if author is None or "://" in author or author.casefold() == site.casefold() else author


def _time(tree: HtmlElement, metas: Mapping[str, str], zone: tzinfo) -> datetime | None:
    for name in _DATES:
        if moment := read_moment(metas.get(name), zone):
            return moment
    marked = tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate] | //article//time | //main//time")
    for one in marked[:3]:
        written = one.get("datetime") or one.get("content") or str(one.text_content())
        if moment := read_moment(written, zone):
            return moment
    return None


def printed_time(tree: HtmlElement) -> datetime | None:
    """The date that stands near the top of the page, as it is printed for people."""
    count = 0
    for text in tree.itertext():
        if text.isspace():
            continue
        count += 1
        if count > _NEARBY:
            return None
        if len(text) < 200 and (moment := parse_date(one_line(text))):
            return moment
    return None


def _captions(tree: HtmlElement) -> tuple[str, ...]:
    found = tree.xpath("(//article | //main)//figure//figcaption")[:_MOST_CAPTIONS]
    texts = (short_text(str(one.text_content())) for one in found)
    return tuple(dict.fromkeys(text for text in texts if text))
