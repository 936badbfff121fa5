"""Whether an article holds what a reader follows: the keyword in any inflection, as one look into a set."""

import re
from collections.abc import Iterable, Iterator

from bot.core.stems import stems
from bot.core.words import fold

LONGEST = 4
"""Words of a keyword that count; a longer one is found by its first."""

_ENGLISH_GENITIVE = re.compile(r"(?<=\w\w)['’]s\b")
_WORD_OR_BREAK = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[!?,;:)](?=\s|$)|(?<=\s)\(|(?<=[^\W_]{4})\.(?=\s|$)")


def keyword_key(keyword: str) -> str:
    """What ``keyword`` is kept and compared as: its words without inflection, at most LONGEST of them.

    Two keywords with one key find the same articles. Empty for a text without a word.
    """
    return " ".join(next(_phrases(keyword, broken=False), [])[:LONGEST])


def printed_keys(texts: Iterable[str]) -> frozenset[str]:
    """The keys of every keyword that is printed in ``texts`` (title, paragraphs, captions of one article).

    These are all runs of one to LONGEST words within a clause: ``keyword_key(k) in printed_keys(texts)``
    tells whether the article holds the keyword, however many readers follow it.
    """
    keys: set[str] = set()
    for text in texts:
        for words in _phrases(text, broken=True):
            keys.update(words)
            runs = words
            for size in range(1, LONGEST):
                runs = [f"{run} {word}" for run, word in zip(runs, words[size:], strict=False)]
                keys.update(runs)
    return frozenset(keys)


def _phrases(text: str, *, broken: bool) -> Iterator[list[str]]:
    """The stems of ``text``, clause by clause where it is ``broken``."""
    words: list[str] = []
    for found in _WORD_OR_BREAK.findall(fold(_ENGLISH_GENITIVE.sub("", text))):
        if found[0].isalnum():
            words += stems(found)
        elif broken and words:
            yield words
            words = []
    if words:
        yield words
