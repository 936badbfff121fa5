"""A page of a known newspaper, read by its profile's selectors."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from bot.core.dates import parse_date
from bot.core.rmid_head import read_headline, read_under_date
from bot.sources.addresses import absolute
from bot.sources.json_ld import squeezed
from bot.sources.moments import read_moment
from bot.sources.page_lines import Line, lines_of, remove_furniture
from bot.sources.plain import short_text
from bot.sources.profiles import PageShape, Profile
from bot.sources.reading import Origin, Reading
from bot.sources.selectors import Selector, all_elements, elements, texts

_CREDIT = re.compile(r"\bfoto\w?\s?[:)]|\(foto", re.IGNORECASE)
_MOST_LINES_OVER_TEXT = 40
_MOST_CAPTIONS, _MOST_HEADINGS = 10, 20


def read_by_profile(tree: HtmlElement, profile: Profile, *, address: str) -> tuple[Reading, str | None]:
    """What the first of the profile's shapes that fits finds, and the address of the next page.

    Where none fits, both are empty. The page's body is cleared of furniture on the way.
    """
    for shape in profile.pages:
        body = _body(tree, shape)
        if body is not None:
            return _read(tree, body, shape, profile, address), _next(tree, shape, profile, address)
    return Reading(Origin.PROFILE), None


def _body(tree: HtmlElement, shape: PageShape) -> HtmlElement | None:
    for selector in shape.body:
        candidates = [one for one in elements((selector,), tree) if str(one.text_content()).strip()]
        if candidates:
            return max(candidates, key=lambda one: len(str(one.text_content())))
    return None


def _read(tree: HtmlElement, body: HtmlElement, shape: PageShape, profile: Profile, address: str) -> Reading:
    title = _text(shape.title, tree)
    captions = _captions(shape.caption or (_FIGCAPTION,), tree if shape.caption else body)
    kicker, byline = _text(shape.kicker, tree), _text(shape.byline, tree)
    if byline and squeezed(byline) == squeezed(profile.name):
        byline = None  # the paper names itself where it names nobody
    moment = _moment(shape, tree, profile)
    if shape.head and title:
        above, under = _around_title(tree, body, title)
        kicker = kicker or read_headline([*above, title])[0]
        section = profile.section_of(address)
        printed, author = _under_date(under, title, section)
        captions, byline = captions or printed, author or byline
        moment = moment or next(filter(None, map(parse_date, under)), None)
    remove_furniture(body, all_elements(shape.drop, body))
    return Reading(
        Origin.PROFILE,
        title=title,
        published_at=moment,
        kicker=kicker,
        byline=byline,
        captions=captions,
        picture=_picture(shape, tree, address),
        lines=tuple(lines_of(body)),
    )


_FIGCAPTION = Selector.read("figcaption")


def _text(selectors: Sequence[Selector], tree: HtmlElement) -> str | None:
    for group in texts(selectors, tree):
        for written in group:
            if text := short_text(written):
                return text
    return None


def _captions(selectors: Sequence[Selector], tree: HtmlElement) -> tuple[str, ...]:
    for group in texts(selectors, tree):
        found = [text for written in group[:_MOST_CAPTIONS] if (text := short_text(written))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _moment(shape: PageShape, tree: HtmlElement, profile: Profile) -> datetime | None:
    for group in texts(shape.time, tree):
        for written in group:
            if moment := read_moment(written.partition("||")[0], profile.time_zone):
                return moment
    return None


def _picture(shape: PageShape, tree: HtmlElement, address: str) -> str | None:
    for group in texts(shape.picture, tree):
        for written in group:
            if picture := absolute(address, written):
                return picture
    return None


def _around_title(tree: HtmlElement, body: HtmlElement, title: str) -> tuple[list[str], list[str]]:
    """The lines over the title and those between it and the body, in what holds both."""
    same = squeezed(title)
    big = islice(tree.iter("h1"), _MOST_HEADINGS)
    heading = next((one for one in big if squeezed(str(one.text_content())) == same), None)
    if heading is None:
        return [], []
    over = set(heading.iterancestors())
    whole = next((one for one in body.iterancestors() if one in over), None)
    if whole is None or body in over:
        return [], []
    lines = lines_of(whole, until=body)
    at = next((at for at, line in enumerate(lines) if squeezed(line.text) == same), None)
    if at is None or len(lines) > _MOST_LINES_OVER_TEXT:
        return [], []
    return _texts(lines[:at]), _texts(lines[at + 1 :])


def _texts(lines: Iterable[Line]) -> list[str]:
    return [line.text for line in lines]


def _under_date(lines: Sequence[str], title: str, section: str | None) -> tuple[tuple[str, ...], str | None]:
    """Captions and author, where the lines show that they are there: printed twice, or with a credit."""
    texts_ = [
        line for line in lines if parse_date(line) is None and read_moment(line.partition("||")[0]) is None
    ]
    if len(set(texts_)) < len(texts_) or any(_CREDIT.search(text) for text in texts_):
        return read_under_date(texts_, title=title, section=section)
    return (), None


def _next(tree: HtmlElement, shape: PageShape, profile: Profile, address: str) -> str | None:
    for group in texts(shape.next, tree):
        for written in group:
            following = absolute(address, written)
            if following and following == profile.page_after(address):
                return following
    return None
