"""Runs of capitalised words in a paragraph, and the person's name at the end of such a run."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.core.common_words import COMMON_WORDS
from bot.core.given_names import GIVEN_NAMES
from bot.core.lexicon import is_common, is_maybe_name, is_title
from bot.core.openers import OPENERS
from bot.core.places import PLACES

_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĐĒĞĪİŁŃŌŚŞŠŪŹŻŽ"
_WORD = rf"[{_UPPER}](?:[\w’'‘`-]*\w)?"
_RANK = (
    r"\((?:Adm|Art|Cba|Chb|Cpn|Czi|E|Elb|HC|Inf|Kav|Kes|Laut|Lek|Mar|Nav|P|Pnb|Pol|Psk|Purn|"
    r"Ret|S|Sus|T|Tek)\.?\)"
)
_SHORTENED = """
    Abd Brigjen Dr Dra Drs Hj Ir Irjen Jend KH Komjen Letjen Mayjen Moh Muh Ny Pdt Pol Prof Purn St Tb Tgk Tn
"""
_FULL_STOP = (
    rf"\.(?= [{_UPPER}])(?:"
    + "|".join(rf"(?<=\b{word}\.)" for word in (f"[{_UPPER}]", *_SHORTENED.split()))
    + ")"
)
"""A full stop after an initial or a shortened title, which ends no sentence."""

_PARTICLE = r"(?:bin|binti|de|del|da|dos|van|von|der|den|el|al|ibn|la) "
_RUN = re.compile(rf"{_WORD}(?:{_FULL_STOP})?(?: (?:{_PARTICLE})?(?:{_WORD}(?:{_FULL_STOP})?|{_RANK}))*")
_FIRST_PARTICLES = frozenset(
    ("andi", "gusti", "i", "ida", "kiagus", "m", "moh", "muh", "ni", "raden", "tubagus")
)
_NAME_WORDS = 6
_DEGREES = frozenset(
    ("MBA", "MH", "MHum", "MKes", "MM", "MPd", "MSc", "MSi", "PhD", "SE", "SH", "SIK", "SIP", "SPd", "SSos")
)

_NAMED_AFTER_WORDS = """
    apotek bandara bank bareskrim bawaslu bupati camat cv desa dinas dinkes dinsos disdik dishub distrik
    dpc dpd dprd dpw dusun gang gubernur gunung hotel institut kabupaten kafe kampung kantor kawasan
    kecamatan kejari kejati kelurahan klinik kodim komunitas kopi kota kpu kpud lapas lurah mal mall
    masjid museum pantai partai pasar pengadilan perusahaan pesantren polda polres polresta polsek provinsi pt
    puskesmas restoran rs rsud rsup rutan sd sekolah sma smk smp stasiun taman terminal toko universitas
    wali walikota yayasan
"""
_NAMED_AFTER = frozenset(_NAMED_AFTER_WORDS.split())
"""Words that a place or a firm of any name follows, here a name that nobody lists."""

_NEEDS_BODY_WORDS = """
    anggota bicara ceo cfo chairman co-founder coo cto direktur dirut founder head jubir juru kepala ketua
    manager manajer of officer pengamat politikus politisi presdir pt
"""
_NEEDS_BODY = frozenset(_NEEDS_BODY_WORDS.split())
"""Offices that hardly ever stand without the body they are held in."""

_ENGLISH_JOINERS = frozenset(("and", "for", "of"))
"""Small words inside an English name of a body (`House of Wana`), which break its run of capitals."""

_PAIR = re.compile(r"([A-Z]\w{3,})-[A-Z]\w{3,}")
"""Two who stand for an election together (`Damar-Laras`)."""

_HIGH_COURT = frozenset(("Hakim", "Jaksa", "Kejaksaan", "Mahkamah"))
"""Before `Agung`, which is a name elsewhere."""


class Run(NamedTuple):
    """Capitalised words that stand together: ``text[start:end]`` of their paragraph."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hints:
    """What an article itself shows of its words: ``alone`` are persons who say something by themselves."""

    alone: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


NO_HINTS = Hints()


def find_runs(text: str, start: int = 0, end: int | None = None) -> list[Run]:
    """The runs of ``text[start:end]`` in order."""
    stop = len(text) if end is None else end
    return [_run(found) for found in _RUN.finditer(text, start, stop)]


def _run(found: re.Match[str]) -> Run:
    words = tuple(found[0].split())
    if words[-1] not in _DEGREES:
        return Run(found.start(), found.end(), words)
    while len(words) > 1 and words[-1] in _DEGREES:
        words = words[:-1]
    return Run(found.start(), found.start() + len(" ".join(words)), words)


def first_of_pair(name: tuple[str, ...]) -> tuple[str, ...]:
    """``name`` up to a hyphen that joins two persons (`Damar Wibisana-Laras Ayuningtyas`).

    In the first of several words a hyphen joins given names.
    """
    for at, word in enumerate(name):
        if (at or len(name) == 1) and (pair := _PAIR.fullmatch(word)):
            return (*name[:at], pair[1])
    return name


def name_start(words: tuple[str, ...], *, hints: Hints = NO_HINTS, before: str = "") -> int:
    """Where in ``words`` the person's name at their end begins; ``len(words)`` when there is none.

    ``before`` is the word in front of ``words``.
    """
    start = _unlisted_from(words)
    while start < len(words) and words[start] in hints.places:
        start += 1
    if start == len(words):
        return start
    if _nothing_but_a_name_follows(words[:start], before):
        return start
    for at in range(start, len(words) - 1):
        if words[at] in hints.alone and not any(map(is_given, words[start:at])):
            return at
    if start == 0 and before in _ENGLISH_JOINERS:
        return _past_body(words, start, surely=True)
    lead = (words[start - 1] if start else before).lower()
    if lead in _NAMED_AFTER or lead in _NEEDS_BODY:
        return _past_body(words, start, surely=lead in _NAMED_AFTER)
    return start


def _nothing_but_a_name_follows(lead: tuple[str, ...], before: str) -> bool:
    """Whether a rank, a place or a comma leads to a name, so that no body's begins it."""
    if not lead:
        return before.endswith(",")
    return lead[-1].lower() in PLACES or is_title(lead[-1])


def _past_body(words: tuple[str, ...], start: int, *, surely: bool) -> int:
    """Where the name begins when a body's own name may stand before it from ``start`` on."""
    given = next((at for at in range(start, len(words)) if is_given(words[at])), None)
    if given is not None:
        return given
    if surely:
        # What is left of `Pasar Wana Lama` or `Universitas Tirta Darma` is more of the body's name.
        return len(words) if len(words) - start < 3 else start + 1
    return start + 1 if len(words) - start > 2 else start


@lru_cache(maxsize=4096)
def _unlisted_from(words: tuple[str, ...]) -> int:
    at = sure = len(words)
    while at and len(words) - at < _NAME_WORDS:
        word = words[at - 1]
        if word.startswith("("):
            break
        if not is_common(word) and not (word == "Agung" and at > 1 and words[at - 2] in _HIGH_COURT):
            sure = at - 1
        elif not is_maybe_name(word) and word.lower() not in COMMON_WORDS:
            break
        at -= 1
    if all(map(_is_initials, words[sure:])):
        return len(words)
    while 0 < sure < len(words) and _leads_name(words, sure - 1):
        sure -= 1
    return sure


def _leads_name(words: tuple[str, ...], at: int) -> bool:
    """Whether a listed word before a surer name belongs to it: `I`, or a place that is a given name too."""
    word = words[at]
    if word == "I" or words[at : at + 2] == ("Anak", "Agung"):
        return True
    if at == 0 and word.lower() in OPENERS:
        return False
    place_after = at > 0 and words[at - 1].lower() in _NAMED_AFTER
    return is_maybe_name(word) and word.lower() in GIVEN_NAMES and not place_after


def is_given(word: str) -> bool:
    """Whether ``word`` is a common given name, an initial or a form such as `Raden` that leads one."""
    lower = word.lower()
    return _is_initials(word) or lower in GIVEN_NAMES or lower in _FIRST_PARTICLES


def _is_initials(word: str) -> bool:
    return len(word.rstrip(".")) <= 2 and word.isupper()
