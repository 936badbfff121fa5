"""Selectors as people write them in a profile, CSS or XPath, ready to be asked of a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector: CSS, or XPath where it begins with ``/``, ``.//``, ``./`` or ``(``.

    XPath may end in an attribute or ``text()`` and then gives texts, CSS always gives elements.
    """

    written: str
    _find: etree.XPath

    @classmethod
    def read(cls, written: str) -> "Selector":
        """The selector that ``written`` spells; raises ValueError that says what is wrong with it."""
        try:
            if written.startswith(("/", "./", ".//", "(")):
                return cls(written, etree.XPath(written, smart_strings=False))
            return cls(written, CSSSelector(written))
        except (etree.XPathError, SelectorError) as error:
            raise ValueError(f"{written!r} is neither CSS nor XPath that can be read: {error}") from error

    def of(self, tree: HtmlElement) -> list[HtmlElement | str]:
        """The elements and texts that it selects, in the page's order."""
        try:
            found = self._find(tree)
        except etree.XPathError:
            return []  # a function of XPath given what it cannot take, such as a number where nodes belong
        if not isinstance(found, list):
            return [str(found)]
        return [one for one in found if isinstance(one, HtmlElement | str)]


def elements(selectors: Iterable[Selector], tree: HtmlElement) -> list[HtmlElement]:
    """What the first of ``selectors`` that selects any element selects."""
    for selector in selectors:
        if found := [one for one in selector.of(tree) if isinstance(one, HtmlElement)]:
            return found
    return []


def all_elements(selectors: Iterable[Selector], tree: HtmlElement) -> Iterator[HtmlElement]:
    """What all of ``selectors`` select."""
    for selector in selectors:
        yield from (one for one in selector.of(tree) if isinstance(one, HtmlElement))


def texts(selectors: Iterable[Selector], tree: HtmlElement) -> list[list[str]]:
    """The texts that each of ``selectors`` selects; a ``meta`` has its content, a ``time`` its time."""
    return [[_text(one) for one in selector.of(tree)] for selector in selectors]


def _text(one: HtmlElement | str) -> str:
    if isinstance(one, str):
        return one
    if one.tag == "meta":
        return one.get("content") or ""
    if one.tag == "time":
        return one.get("datetime") or str(one.text_content())
    return str(one.text_content())
