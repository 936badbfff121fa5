"""The place and paper before an article's first words (`Jakarta, CNN Indonesia --`)."""

import re

from bot.core.places import PLACES

_REACH = 70
_DATELINE = re.compile(
    r"(?:[A-Z][\w.]*|\([^()]{2,30}\)|[,/\s]){1,14}?(?P<dash>\s*(?:-\s?-|[—–])\s*|\s+-\s*|-)(?=[^\W_a-z]|[\"“])"
)
_PAPER = re.compile(r"[\w.]*\w\.(?:co|com|id|net|tv|news)\b|CNN|ANTARA|\(|\b[A-Z]{4,}\b", re.IGNORECASE)


def without_dateline(paragraph: str) -> str:
    """An article's first ``paragraph``, verbatim, from where the dateline ends; the whole one when it has none."""
    found = _DATELINE.match(paragraph[:_REACH])
    if not found:
        return paragraph
    place = paragraph[: found.start("dash")]
    words = place.split()
    glued = found["dash"] == "-"
    known = _PAPER.search(place) is not None
    if glued and not known or not known and len(words) > 1 and words[0].strip(",").lower() not in PLACES:
        return paragraph
    return paragraph[found.end() :]
