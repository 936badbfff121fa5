"""Text as plain words: one reading for whatever is compared, be it searched, followed or archived."""

import re
import unicodedata

# "Jum'at" and "Jumat", "Ma'ruf" and "Maruf" are one word, whatever mark a keyboard has.
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`](?=\w)")


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """``text`` without case, accents and the apostrophes inside its words."""
    return _APOSTROPHE.sub("", _NOT_ASCII.sub(_without_accents, text)).lower()


def _without_accents(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", found[0]).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
