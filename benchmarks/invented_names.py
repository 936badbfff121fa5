"""Annotated articles with every speaker's name replaced by an invented one, which no list can have."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.core.lexicon import is_common, is_title

Record = dict[str, Any]
"""An annotated article, or a label of ours; see benchmarks/quality.py."""

_CONSONANTS, _VOWELS, _ENDS = "bcdfghjklmnprstwyz", "aiueo", ("", "n", "r", "s", "h")
_SHORTEST = 3


def with_invented_names(
    articles: Sequence[Record], labels: Sequence[Record]
) -> tuple[list[Record], list[Record]]:
    """The same articles and ``labels``; within an article a word is always replaced by the same other."""
    renamed, relabelled = [], []
    for seed, article in enumerate(articles):
        own = [label for label in labels if label["id"] == article["id"]]
        rename = _renaming([each["speaker"] for each in (*article["quotations"], *own)], seed)
        quotations = [
            quotation | {key: rename(quotation[key]) for key in ("text", "speaker", "named")}
            for quotation in article["quotations"]
        ]
        paragraphs = [rename(paragraph) for paragraph in article["paragraphs"]]
        renamed.append(article | {"paragraphs": paragraphs, "quotations": quotations})
        relabelled += [label | {"speaker": rename(label["speaker"])} for label in own]
    return renamed, relabelled


def _renaming(speakers: Iterable[str | None], seed: int) -> Callable[[str | None], str | None]:
    """What replaces the words of the names of ``speakers`` in a text."""
    parts = " ".join(filter(None, speakers)).split()
    words = dict.fromkeys(word for word in (part.strip(".,()") for part in parts) if _is_name(word))
    invented = {word: _invent(len(word), seed * 31 + number) for number, word in enumerate(words)}
    names = sorted(map(re.escape, invented), key=len, reverse=True)
    printed = re.compile(rf"\b(?:{'|'.join(names)})\b" if names else r"(?!)")
    return lambda text: text and printed.sub(lambda found: invented[found[0]], text)


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
