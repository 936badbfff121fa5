"""The place and paper before an article's first words (`Jakarta, CNN Indonesia --`)."""

import re

from bot.core.places import PLACES

_REACH = 70
_DATELINE = re.compile(
    r"(?:[A-Z][\w.]*+|\([^()]{2,30}\)|[,/\s]){1,14}?"
    r"(?P<dash>\s*(?:-\s?-|[—–])\s*|\s+-\s*|-)(?=[^\W_a-z]|[\"“])"
)
_PAPER = re.compile(r"(?i:\w\.(?:co|com|id|net|tv|news)\b)|news\b|CNN|ANTARA|\(|\b[A-Z]{4,}\b")


def without_dateline(paragraph: str) -> str:
    """An article's first ``paragraph``, verbatim, from where its dateline ends; all of it without one."""
    found = _DATELINE.match(paragraph[:_REACH])
    if not found:
        return paragraph
    place = paragraph[: found.start("dash")]
    if _PAPER.search(place):
        return paragraph[found.end() :]
    words = place.split()
    one_name = len(words) == 1 or (words[:1] and words[0].strip(",").lower() in PLACES)
    return paragraph[found.end() :] if one_name and found["dash"] != "-" else paragraph
