"""Annotated articles with every speaker's name replaced by an invented one, which no list can have."""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from bot.core.lexicon import is_common, is_title

_CONSONANTS, _VOWELS, _ENDS = "bcdfghjklmnprstwyz", "aiueo", ("", "n", "r", "s", "h")
_SHORTEST = 3


def with_invented_names(articles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same articles and markings; within one, a word of a name is always replaced by the same other."""
    return [_renamed(article, seed) for seed, article in enumerate(articles)]


def _renamed(article: dict[str, Any], seed: int) -> dict[str, Any]:
    names = " ".join(quotation["speaker"] or "" for quotation in article["quotations"])
    words = dict.fromkeys(word for word in (part.strip(".,()") for part in names.split()) if _is_name(word))
    numbers = count(seed * 31)
    invented = {word: _invent(len(word), next(numbers)) for word in words}
    if not invented:
        return article
    printed = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, invented), key=len, reverse=True))})\b")

    def rename(text: str | None) -> str | None:
        return text and printed.sub(lambda found: invented[found[0]], text)

    quotations = [
        quotation | {key: rename(quotation[key]) for key in ("text", "speaker", "named")}
        for quotation in article["quotations"]
    ]
    return article | {
        "paragraphs": [rename(each) for each in article["paragraphs"]],
        "quotations": quotations,
    }


def _is_name(word: str) -> bool:
    capital = word[:1].isupper() and not word.isupper()
    return capital and len(word) >= _SHORTEST and not is_title(word) and not is_common(word)


def _invent(length: int, number: int) -> str:
    """A word of about ``length`` letters that can be said; each number has its own."""
    digits = number * 7_919 + 1_000_003
    word = ""
    for _ in range(max(2, length // 2)):
        digits, consonant = divmod(digits, len(_CONSONANTS))
        word += _CONSONANTS[consonant] + _VOWELS[(digits + consonant) % len(_VOWELS)]
        digits = digits * 31 + length
    invented = (word + _ENDS[digits % len(_ENDS)]).capitalize()
    return f"{invented}x" if is_common(invented) else invented
