"""The lines that people see in a part of a page, each with what its marks say of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bot.sources.plain import one_line

_BREAKS = frozenset({"br", "lb"})
_BLOCK_NAMES = """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr item li list main nav ol p pre quote section summary table tbody td tfoot
    th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})
_BOLD = frozenset({"b", "strong"})
_LINKS = frozenset({"a", "ref"})

_NEVER_SEEN = ("script", "style", "template", "noscript", "iframe", "svg", "object", "select", "textarea")
_NO_TEXT = frozenset({"aside", "nav", "form", "button", "figure", "figcaption", "video", "audio", "ins"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:ads?|adv|adsense|adsbygoogle|advertisement|iklan|banner|share|sharing|sosmed|social|sosial"
    r"|newsletter|comments?|komentar|tags?|breadcrumbs?|pagination|paging)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    ``heading`` when it is marked as one, ``bold`` when all of it is bold; ``linked`` is its text that leads
    elsewhere. ``joined`` when only a line break, no new paragraph, parts it from the line before.
    """

    text: str
    heading: bool = False
    bold: bool = False
    linked: str = ""
    joined: bool = False


def remove_unseen(tree: etree._Element) -> None:
    """Take off ``tree`` what no reader sees: scripts, styles, frames."""
    etree.strip_elements(tree, *_NEVER_SEEN, with_tail=False)


def remove_furniture(part: etree._Element, also: Iterable[etree._Element] = ()) -> None:
    """Take off ``part`` of a page what is not its text: adverts, buttons, captions, hidden things."""
    unwanted = [element for element in part.iterdescendants() if _is_furniture(element)]
    for element in (*unwanted, *also):
        parent = element.getparent()
        if parent is not None and element is not part:
            _remove(parent, element)


def _is_furniture(element: etree._Element) -> bool:
    if element.tag in _NO_TEXT or element.get("hidden") is not None:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_FURNITURE.search(named[:300]) or _HIDDEN.search((element.get("style") or "")[:300]))


def _remove(parent: etree._Element, element: etree._Element) -> None:
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def lines_of(part: etree._Element, *, until: etree._Element | None = None) -> list[Line]:
    """The lines of ``part``, of a page or of what trafilatura made of it, as far as ``until``."""
    return list(_Lines(part, until).read())


class _Lines:
    def __init__(self, part: etree._Element, until: etree._Element | None) -> None:
        self._part = part
        self._until = until
        self._texts: list[str] = []
        self._linked: list[str] = []
        self._plain = False
        self._inside = {"heading": 0, "bold": 0, "link": 0}
        self._joined = False

    def read(self) -> Iterator[Line]:
        for event, element in etree.iterwalk(self._part, events=("start", "end")):
            if element is self._until:
                break
            tag = element.tag
            if event == "end" and element is self._part:
                break
            if tag in _BLOCKS or tag in _BREAKS:
                yield from self._end_line(joined=tag in _BREAKS)
            if event == "start":
                self._enter(element, 1)
                self._take(element.text)
            else:
                self._enter(element, -1)
                self._take(element.tail)
        yield from self._end_line(joined=False)

    def _enter(self, element: etree._Element, step: int) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._inside["heading"] += step
        elif tag in _BOLD or (tag == "hi" and element.get("rend") == "#b"):
            self._inside["bold"] += step
        elif tag in _LINKS:
            self._inside["link"] += step

    def _take(self, text: str | None) -> None:
        if not text:
            return
        self._texts.append(text)
        if self._inside["link"]:
            self._linked.append(text)
        if not self._inside["bold"] and not text.isspace():
            self._plain = True

    def _end_line(self, *, joined: bool) -> Iterator[Line]:
        text = one_line("".join(self._texts)) if self._texts else ""
        if text:
            # The end of a heading's element comes before its depth is counted down.
            yield Line(
                text,
                heading=self._inside["heading"] > 0,
                bold=not self._plain,
                linked=one_line("".join(self._linked)),
                joined=self._joined,
            )
        # Two breaks in a row make a paragraph, as people write them.
        self._joined = joined and bool(text)
        self._texts, self._linked, self._plain = [], [], False
