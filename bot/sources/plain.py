"""Texts of feeds and pages to what people read: no markup, entities read once, one line."""

import re
from html import unescape

from lxml import etree
from lxml.html import HTMLParser

from bot.core.text import clean_lines

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_HIDDEN = ("script", "style", "template", "noscript")
_NOT_IN_SLUGS = re.compile(r"[^a-z\d]+")
_NO_CHARACTERS = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
LONGEST = 2_000
"""Characters of a title, name or caption; what is longer is something else."""


def one_line(text: str) -> str:
    """``text`` without line breaks, doubled spaces, and characters that are not seen or cannot be sent."""
    whole = _NO_CHARACTERS.sub("", text)
    return " ".join(" ".join(clean_lines(" ".join(whole.split()))).split())


def short_text(written: object) -> str | None:
    """Plain text as it stands; None for what is empty, no text, or too long for a line of a page."""
    if not isinstance(written, str) or len(written) > 20 * LONGEST:
        return None
    text = one_line(without_tags(written))
    return text if 0 < len(text) <= LONGEST else None


def short_html(written: object) -> str | None:
    """Text that may hold entities or tags, as what is seen of it; None as for ``short_text``."""
    if not isinstance(written, str) or len(written) > 20 * LONGEST:
        return None
    return short_text(unescape(without_tags(written)))


def without_tags(text: str) -> str:
    """``text`` without the tags in it, its entities as they are; what is no tag (``3 < 5``) stays."""
    if not _TAG.search(text):
        return text
    # A parser knows where a tag ends; entities are made safe from it, as they are the caller's to read.
    kept = f"<div>{text.replace('&', '&amp;')}</div>".encode("utf-8", "ignore")
    try:
        root = etree.fromstring(kept, HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.LxmlError:
        return _TAG.sub(" ", text)
    etree.strip_elements(root, *_HIDDEN, with_tail=False)
    return "".join(root.itertext())


def slug(written: object) -> str | None:
    """A section's name (``Zona Sport``) as its slug (``zona-sport``); None for what cannot be one."""
    text = short_text(written)
    if text is None or len(text) > 60:
        return None
    return _NOT_IN_SLUGS.sub("-", text.lower().replace("&", " ")).strip("-") or None
