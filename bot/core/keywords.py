"""The names and terms an article is about."""

from collections.abc import Sequence
from collections import Counter

from bot.core.names import find_runs, name_start


def find_keywords(paragraphs: Sequence[str], *, title: str | None = None) -> tuple[str, ...]:
    """Three to five names or terms."""
    c = Counter()
    for p in paragraphs:
        for r in find_runs(p):
            c[" ".join(r.words)] += 1
    return tuple(k for k, _ in c.most_common(5))
