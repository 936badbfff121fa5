"""What a summary is measured against: leads of an article, and a rule that skips what cannot stand in one."""

import re
from collections.abc import Iterable, Sequence

from bot.core.sentences import split_sentences
from bot.core.summary import WORDS

_SKIPPED = re.compile(r"\b(?:saya|kami|kita|anda)\b", re.IGNORECASE)
_MARK = re.compile('["“”]')
_FEWEST_WORDS = 6


def lead_3(paragraphs: Sequence[str]) -> list[str]:
    """The first three sentences."""
    return _sentences(paragraphs)[:3]


def lead_nearest(paragraphs: Sequence[str]) -> list[str]:
    """The first sentences nearest to 60 words: the fair baseline, as length alone gains three points."""
    return _nearest(_sentences(paragraphs))


def plain_walk(paragraphs: Sequence[str]) -> list[str]:
    """The first sentences nearest to 60 words that are no question, no quotation, short, or of you and me.

    Which marks open a quotation is told by counting them from the top of the article.
    """
    chosen, inside = [], False
    for sentence in _sentences(paragraphs):
        quoted = inside or _MARK.match(sentence) is not None
        for mark in _MARK.findall(sentence):
            inside = mark == "“" or (mark == '"' and not inside)
        short = len(sentence.split()) < _FEWEST_WORDS
        if not (quoted or short or sentence.endswith("?") or _SKIPPED.search(sentence)):
            chosen.append(sentence)
    return _nearest(chosen)


def _nearest(sentences: Iterable[str]) -> list[str]:
    chosen: list[str] = []
    words = 0
    for sentence in sentences:
        size = len(sentence.split())
        if chosen and abs(words + size - WORDS) > abs(words - WORDS):
            break
        chosen.append(sentence)
        words += size
    return chosen


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [sentence for paragraph in paragraphs for sentence in split_sentences(paragraph)]
