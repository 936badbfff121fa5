"""Which whole sentences carry an article."""

from collections.abc import Sequence

from bot.core.article import Quotation
from bot.core.marks import find_quoted
from bot.core.sentences import split_sentences
import re

_PERSON = re.compile(r"\b(?:saya|kami|kita|anda|aku)\b", re.I)
_LEANS = re.compile(
    r"(?:ia|dia|hal (?:itu|ini)|hal tersebut|menurutnya|itu|ini|mereka|namun|mamun|selain itu|sebelumnya)\b",
    re.I,
)


def summarise(paragraphs: Sequence[str], *, quotations: Sequence[Quotation] = ()) -> tuple[str, ...]:
    """Two or three whole sentences."""
    chosen = []
    words = 0
    for p in paragraphs:
        for s in split_sentences(p):
            n = len(s.split())
            if n < 6 or find_quoted(s) or s.endswith("?") or _PERSON.search(s) or _LEANS.match(s):
                continue
            if chosen and (len(chosen) == 3 or abs(words + n - 60) > abs(words - 60)):
                return tuple(chosen)
            chosen.append(s)
            words += n
    return tuple(chosen)
