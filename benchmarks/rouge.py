"""ROUGE-1, -2 and -Lsum F1 as the package rouge-score computes them without stemming, in plain Python."""

import re
from collections import Counter
from collections.abc import Sequence

_NO_TOKEN = re.compile(r"[^a-z0-9]+")


def rouge(reference: Sequence[str], answer: Sequence[str]) -> tuple[float, float, float]:
    """F1 of ROUGE-1, -2 and -Lsum in percent, of the sentences ``answer`` against ``reference``."""
    wanted = [_tokens(sentence) for sentence in reference]
    given = [_tokens(sentence) for sentence in answer]
    return _overlap(wanted, given, 1), _overlap(wanted, given, 2), _longest(wanted, given)


def _tokens(text: str) -> list[str]:
    return [token for token in _NO_TOKEN.split(text.lower()) if token]


def _overlap(wanted: list[list[str]], given: list[list[str]], size: int) -> float:
    reference, answer = (_grams([t for sentence in side for t in sentence], size) for side in (wanted, given))
    return _f1((reference & answer).total(), reference.total(), answer.total())


def _grams(tokens: list[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(tokens[at:] for at in range(size)), strict=False))


def _longest(wanted: list[list[str]], given: list[list[str]]) -> float:
    """Each reference sentence's union of longest common subsequences with every sentence of the answer."""
    left_wanted = Counter(token for sentence in wanted for token in sentence)
    left_given = Counter(token for sentence in given for token in sentence)
    sizes = left_wanted.total(), left_given.total()
    hits = 0
    for sentence in wanted:
        union: set[int] = set()
        for other in given:
            union.update(_common(sentence, other))
        for at in sorted(union):
            token = sentence[at]
            if left_wanted[token] > 0 and left_given[token] > 0:
                hits += 1
                left_wanted[token] -= 1
                left_given[token] -= 1
    return _f1(hits, *sizes)


def _common(one: list[str], other: list[str]) -> list[int]:
    """Where in ``one`` the tokens of the longest common subsequence stand."""
    rows = [[0] * (len(other) + 1)]
    for token in one:
        above, row = rows[-1], [0]
        for at, against in enumerate(other):
            row.append(above[at] + 1 if token == against else max(row[at], above[at + 1]))
        rows.append(row)
    places = []
    i, j = len(one), len(other)
    while i and j:
        if one[i - 1] == other[j - 1]:
            places.append(i - 1)
            i, j = i - 1, j - 1
        elif rows[i][j - 1] > rows[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return places


def _f1(hits: int, reference: int, answer: int) -> float:
    if not hits:
        return 0.0
    return 100 * 2 * hits / (reference + answer)
