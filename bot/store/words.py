"""Text as plain words, one reading for what is indexed, what is searched and which titles are the same."""

import re
import unicodedata

LONGEST = 64
"""Characters of a word that count; PostgreSQL takes lexemes of at most 2,046 bytes."""

# "Jum'at" and "Jumat", "Ma'ruf" and "Maruf" are one word, whatever mark a keyboard has.
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`](?=\w)")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of ``text`` in order: letters and digits only, without case, accents or apostrophes."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return [word[:LONGEST] for word in _WORD.findall(_APOSTROPHE.sub("", bare))]
