"""One HTML page to an Article, field by field, with where each field came from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, unquote

from lxml.html import HtmlElement

from bot.core.article import Article, BlockKind
from bot.errors import NotAnArticle, UnreadableSource
from bot.sources.addresses import LONGEST as LONGEST_ADDRESS
from bot.sources.addresses import absolute, path_of, query_of, site
from bot.sources.document import Document
from bot.sources.found import Found
from bot.sources.json_ld import read_json_ld
from bot.sources.main_text import find_main_text
from bot.sources.page_body import LONGEST, MOST_LINES, PageBody, read_page_body
from bot.sources.page_lines import remove_unseen
from bot.sources.page_marks import metas_of, printed_time, read_marks, read_opengraph
from bot.sources.page_shapes import read_by_profile
from bot.sources.plain import short_text
from bot.sources.profiles import Profile, zone_of
from bot.sources.reading import Origin, Reading
from bot.sources.trees import parse_html

_NO_PAGE = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b")
_PAGE_IN_PATH = re.compile(r"(?:/(?:page|halaman|hal))?/(\d{1,3})", re.IGNORECASE)
_PAGE_NAMED = re.compile(r"/(?:page|halaman|hal)/(\d{1,3})$", re.IGNORECASE)
_PAGE = re.compile(r"\d{1,3}", re.ASCII)
_PAGE_IN_QUERY = ("page", "halaman", "hal")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What one page gave.

    ``origins`` says for each field of ``article`` that the page or its listing filled where it came from, by
    ``Origin``'s values. ``next_page`` is the address of the article's next page. ``etag`` and
    ``last_modified`` are its server's, for a later question whether it has changed.
    """

    article: Article
    origins: Mapping[str, str]
    next_page: str | None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def picture(self) -> str | None:
        """The address of the article's picture."""
        return self.article.picture


def read_article(document: Document, *, profile: Profile | None, found: Found | None) -> ReadArticle:
    """The article on one HTML page.

    ``profile`` says how the site's pages are made; without one, or where its selectors find nothing,
    JSON-LD, OpenGraph, the page's other marks and trafilatura decide, in this order. ``found`` fills in what
    the page does not say. Raises UnreadableSource for what is no HTML page, NotAnArticle when there is no
    title, date or text on it.
    """
    name = document.address
    text = document.text()
    if _NO_PAGE.match(text):
        raise UnreadableSource("this is a feed or sitemap; expected the HTML page of an article", name=name)
    tree = parse_html(text, name=name)
    address = _address(tree, document.address)
    readings, next_page = _readings(tree, address, profile)
    text_from = next((one for one in readings if one.lines), None)
    if text_from is None:
        raise NotAnArticle("no text of an article was found on the page", name=name)
    _refuse_endless(text_from, name)
    readings += _from_outside(address, found, profile)
    fields, origins = _laid_over(readings)
    _complete(fields, origins, tree, name)
    body = read_page_body(
        text_from.lines,
        besides=(fields["title"], *fields.get("captions", ())),
        dateline=profile.dateline if profile else None,
    )
    if not any(block.kind is BlockKind.PARAGRAPH for block in body.blocks):
        raise NotAnArticle("no paragraph was left of the text on the page", name=name)
    next_page = next_page or _next_page(tree, address, profile, body)
    article = Article(
        **fields,
        blocks=body.blocks,
        related=body.related,
        url=address,
        page=max(page_of(address, profile), body.page),
        has_next=next_page is not None,
        channel_link=body.channel_link,
    )
    origins |= {"blocks": text_from.origin.value}
    origins |= {"related": text_from.origin.value} if body.related else {}
    return ReadArticle(article, origins, next_page)


def _readings(tree: HtmlElement, address: str, profile: Profile | None) -> tuple[list[Reading], str | None]:
    """What every way of reading the page found, the most trusted first, and the next page's address."""
    zone = zone_of(profile)
    metas = metas_of(tree)
    marks = read_marks(tree, metas, address=address, zone=zone)
    graph = read_opengraph(metas, address=address, zone=zone)
    titles = " ".join(filter(None, (marks.title, graph.title, tree.findtext(".//title"))))
    described = read_json_ld(tree, address=address, zone=zone, titles=titles)
    remove_unseen(tree)
    shaped, next_page = Reading(Origin.PROFILE), None
    if profile is not None:
        shaped, next_page = read_by_profile(tree, profile, address=address)
    if shaped.lines:
        return [shaped, replace(described, lines=()), graph, marks], next_page
    main = Reading(Origin.TRAFILATURA, lines=find_main_text(tree))
    # The text in JSON-LD often has lost its paragraphs: it is for pages that show little of theirs.
    if main.lines and _length(described) < 2 * _length(main):
        described = replace(described, lines=())
    return [shaped, described, graph, marks, main], next_page


def _from_outside(address: str, found: Found | None, profile: Profile | None) -> Iterator[Reading]:
    """What is known without the page: from its listing, and from its address."""
    if found is not None:
        yield Reading(Origin.FEED, title=found.title, published_at=found.published_at, section=found.section)
    section = profile.section_of(address) if profile else None
    yield Reading(Origin.ADDRESS, title=_title_in(address), section=section)


def _laid_over(readings: Sequence[Reading]) -> tuple[dict[str, Any], dict[str, str]]:
    """Each field from the first reading that has it, and that reading's origin."""
    fields: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for field in ("title", "published_at", "kicker", "section", "byline", "captions", "picture"):
        # What the site puts into its addresses is its own slug; elsewhere stands what people call it.
        trusted = (readings[-1], *readings) if field == "section" else readings
        for reading in trusted:
            if value := getattr(reading, field):
                fields[field] = value
                origins[field] = reading.origin.value
                break
    if fields.get("kicker") == fields.get("title"):
        fields.pop("kicker", None)
        origins.pop("kicker", None)
    return fields, origins


def _complete(fields: dict[str, Any], origins: dict[str, str], tree: HtmlElement, name: str) -> None:
    if "title" not in fields:
        raise NotAnArticle("no title: neither a heading nor a mark such as og:title", name=name)
    if "published_at" in fields:
        return
    moment = printed_time(tree)
    if moment is None:
        cause = "no date: neither a mark such as article:published_time nor one that is printed"
        raise NotAnArticle(cause, name=name)
    fields["published_at"] = moment
    origins["published_at"] = Origin.PAGE.value


def _length(reading: Reading) -> int:
    return sum(len(line.text) for line in reading.lines)


def _refuse_endless(reading: Reading, name: str) -> None:
    if len(reading.lines) > MOST_LINES or _length(reading) > LONGEST:
        cause = f"the text is endless: more than {MOST_LINES} lines or {LONGEST} characters"
        raise NotAnArticle(cause, name=name)


def _address(tree: HtmlElement, fetched: str) -> str:
    """The page's canonical address, where it is the same article's on the same site; else the fetched one.

    Some sites call their front page the canonical one of every article.
    """
    for link in tree.xpath("//link[@rel='canonical'][@href]")[:1]:
        named = absolute(fetched, link.get("href"))
        same_end = (
            named is not None and path_of(named).rpartition("/")[2] == path_of(fetched).rpartition("/")[2]
        )
        if named is not None and same_end and site(named) == site(fetched) and path_of(named):
            return named
    return absolute(fetched, fetched) or fetched


def page_of(address: str, profile: Profile | None) -> int:
    """Which page of a split article an address is, counted from 1, by its profile or by its usual marks."""
    if profile and profile.address:
        return profile.page_of(address)
    in_path = _PAGE_NAMED.search(path_of(address))
    numbers = [in_path[1]] if in_path else _asked_page(address)
    return max(1, int(numbers[0])) if numbers else 1


def _asked_page(address: str) -> list[str]:
    asked = parse_qs(query_of(address)[:LONGEST_ADDRESS])
    return [number for name in _PAGE_IN_QUERY for number in asked.get(name, ()) if _PAGE.fullmatch(number)]


def _next_page(tree: HtmlElement, address: str, profile: Profile | None, body: PageBody) -> str | None:
    """The address of the page after this one: as the text or a mark says, and only of the same article."""
    if profile and profile.address:
        return profile.page_after(address) if body.has_next else None
    number = page_of(address, profile) + 1
    start = _PAGE_NAMED.sub("", path_of(address))
    for link in tree.xpath("//*[self::link or self::a][@rel='next'][@href]")[:5]:
        following = absolute(address, link.get("href"))
        if following is None or site(following) != site(address):
            continue
        path = path_of(following)
        rest = _PAGE_IN_PATH.fullmatch(path.removeprefix(start)) if path.startswith(start) else None
        asked = _asked_page(following) if path == path_of(address) else []
        if (rest and rest[1] == str(number)) or asked[:1] == [str(number)]:
            return following
    return None


def _title_in(address: str) -> str | None:
    """The words of an address's last part, for want of a better title."""
    last = (
        unquote(path_of(address).rpartition("/")[2]).rpartition(".")[0] or path_of(address).rpartition("/")[2]
    )
    words = [word for word in re.split(r"[-_\s]+", last) if word and not word.isdecimal()]
    return short_text(" ".join(words).capitalize()) if len(words) > 2 else None
