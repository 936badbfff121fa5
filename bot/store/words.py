"""Text as the words that are indexed, searched and compared in titles."""

import re

from bot.core.words import fold

LONGEST = 64
"""Characters of a word that count; PostgreSQL takes lexemes of at most 2,046 bytes."""

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of ``text`` in order: letters and digits only, without case, accents or apostrophes."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]
