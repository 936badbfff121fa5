"""What a capitalised word is by itself: surely no name, perhaps one, or a title before one."""

import re
from functools import lru_cache

from bot.core.bodies import BODIES
from bot.core.common_words import COMMON_WORDS
from bot.core.offices import PRIVATE_ROLES, ROLES, TITLES
from bot.core.openers import OPENERS
from bot.core.places import PLACES

_COMMON = BODIES | COMMON_WORDS | PLACES | ROLES | PRIVATE_ROLES | TITLES | OPENERS

_MAYBE_NAMES = """
    anak batu bima bina bintang budaya bulan bumi cahaya daya demak duta elang ende fajar gelora guntur
    gunung haji hari ilham imam indra insan islam jawa jaya juli karo kartika kusuma lalu landak lautan
    lingga malik matahari mei melati merah metro mulia muna muslim mutiara natal novel padang perdana
    perkasa permata persada pertama peru pratama prima puncak putra putri raja ramadan ramadhan ratu raya
    roma sabar sabu sakti santri satria satya setia sinar sultan sumber surya syukur tanjung teguh toba
    utama utomo wahyu wijaya wina wisnu yudha
"""
MAYBE_NAMES = frozenset(_MAYBE_NAMES.split())
"""Listed words that are parts of names as well when a surer part stands beside them (`Putra`); lower-case."""

_FORMED = re.compile(
    r"(?:ke|pe)\w{5,}an|\w{4,}(?:kasi|sasi|rasi|logi|nomi)|(?:me|ber|ter|di)\w{3,}kan|\w{4,}nya|"
    r"kemen\w{2,}|(?:kapus|kasub|kabid|kadis|wakap|direskrim)\w+|(?:diaku|dibareng|didamping|dihubung|dijumpa|ditangga?p|ditemu)i|(?:dikonfirmasi|diminta|ditanya)|jum['’]at"
)
"""Derived common nouns and verbs, which no name looks like."""

_ACRONYM = re.compile(r"[A-Z]{3,}[\w-]*|\w*\d[\w-]*|[\w-]+-\d+|[IVX]{2,4}|[A-Z]{2,}-\w+")
_TWO_LETTERS = """
    AC AI AS BI CV DI GM HP IP IQ IT KA KM MA MK NU PD PN PO PP PR PT RI RS RT RW SD TK TV UD UE
    UI UN UU VP WA
"""
_SHORT = frozenset(_TWO_LETTERS.split())
"""Acronyms that look like initials."""


def is_title(word: str) -> bool:
    """Whether ``word`` is a rank, a degree or a form of address before a name."""
    return word.strip("().,").lower() in TITLES


def is_maybe_name(word: str) -> bool:
    """Whether ``word`` is an ordinary word that parents also give as a name (`Putra`, `Wahyu`)."""
    return word.lower() in MAYBE_NAMES


@lru_cache(maxsize=8192)
def is_common(word: str) -> bool:
    """Whether a capitalised ``word`` is surely no part of a person's name."""
    lower = word.lower()
    return (
        lower.rstrip(".") in _COMMON
        or word in _SHORT
        or _ACRONYM.fullmatch(word) is not None
        or _FORMED.fullmatch(lower) is not None
    )
