"""What a page says of itself in JSON-LD, in all the shapes that sites write it in."""

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from lxml.html import HtmlElement

from bot.sources.addresses import absolute, path_of
from bot.sources.moments import read_moment
from bot.sources.page_lines import Line
from bot.sources.plain import one_line, short_html, slug, without_tags
from bot.sources.reading import Origin, Reading

_MOST_SCRIPTS, _LONGEST_SCRIPT, _MOST_THINGS = 20, 1_000_000, 5_000
_WRAPPING = re.compile(r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)(?:\s*;)?\Z|;\Z")
_LOST_COMMA = re.compile(r",(\s*[}\]])")
_ARTICLES = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|(?:Live)?BlogPosting)", re.IGNORECASE)
_CUT = ("...", "…")
_MOST_AUTHORS = 6

Thing = dict[str, Any]


def read_json_ld(tree: HtmlElement, *, address: str, zone: tzinfo, titles: str) -> Reading:
    """What JSON-LD says of the article at ``address``.

    ``titles`` is what the page prints as its titles. An article that is neither at this address nor called
    by one of them is another one, such as a list's, and is passed over.
    """
    things = list(_things(tree))
    by_id = {thing["@id"]: thing for thing in reversed(things) if isinstance(thing.get("@id"), str)}
    printed = squeezed(titles)
    ranked = [(rank, thing) for thing in things if (rank := _rank(thing, address, printed)) is not None]
    if not ranked:
        return Reading(Origin.JSON_LD)
    _, article = min(ranked, key=lambda pair: pair[0])
    title = short_html(article.get("headline")) or short_html(article.get("name"))
    picture, caption = _picture(article.get("image"), address, by_id)
    return Reading(
        Origin.JSON_LD,
        title=None if title and title.endswith(_CUT) else title,
        published_at=read_moment(article.get("datePublished"), zone),
        section=slug(_first(article.get("articleSection"))),
        byline=_byline(article, by_id),
        captions=(caption,) if caption else (),
        picture=picture,
        lines=_lines(article.get("articleBody")),
    )


def squeezed(text: str) -> str:
    """The letters and digits of ``text``, by which two copies of a title are the same."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _things(tree: HtmlElement) -> Iterator[Thing]:
    """Every object in the page's JSON-LD, outer ones before those in them."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]")
    level: list[Any] = [_parsed(script.text or "") for script in scripts[:_MOST_SCRIPTS]]
    count = 0
    while level and count < _MOST_THINGS:
        inner: list[Any] = []
        for value in level:
            count += 1
            if isinstance(value, dict):
                yield value
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = inner


def _parsed(text: str) -> Any:
    if len(text) > _LONGEST_SCRIPT:
        return None
    text = _WRAPPING.sub("", text.strip())
    for attempt in (text, _LOST_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _rank(thing: Thing, address: str, printed: str) -> tuple[bool, bool] | None:
    """How surely ``thing`` is the article at ``address``, the surest first; None when it is not."""
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(name, str) and _ARTICLES.fullmatch(name) for name in names):
        return None
    headline = squeezed(short_html(thing.get("headline")) or short_html(thing.get("name")) or "")
    called_so = bool(headline) and (headline in printed or not printed)
    place = _place(thing, address)
    here = place is not None and path_of(place) == path_of(address)
    if not called_so and not here and (place is not None or headline):
        return None
    return not here, not called_so


def _place(thing: Thing, address: str) -> str | None:
    page = thing.get("mainEntityOfPage")
    written = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return absolute(address, thing.get("url")) or absolute(address, written)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _byline(article: Thing, by_id: dict[str, Thing]) -> str | None:
    publisher = _name(article.get("publisher"), by_id)
    value = article.get("author") or article.get("creator")
    people = value if isinstance(value, list) else [value]
    names = [
        name for person in people[:_MOST_AUTHORS] if (name := _name(person, by_id)) and name != publisher
    ]
    return ", ".join(dict.fromkeys(names)) or None


def _name(value: Any, by_id: dict[str, Thing]) -> str | None:
    if isinstance(value, dict):
        named = value if "name" in value else by_id.get(str(value.get("@id")), {})
        value = _first(named.get("name"))
    name = short_html(value)
    return None if name is None or "://" in name else name


def _picture(value: Any, address: str, by_id: dict[str, Thing]) -> tuple[str | None, str | None]:
    image = _first(value)
    if not isinstance(image, dict):
        return absolute(address, image), None
    if "url" not in image and "contentUrl" not in image:
        image = by_id.get(str(image.get("@id")), image)
    written = _first(image.get("url") or image.get("contentUrl"))
    return absolute(address, written), short_html(image.get("caption"))


def _lines(body: Any) -> tuple[Line, ...]:
    if not isinstance(body, str) or len(body) > _LONGEST_SCRIPT:
        return ()
    texts = (short_line for line in without_tags(body).splitlines() if (short_line := one_line(line)))
    return tuple(Line(text) for text in texts)
