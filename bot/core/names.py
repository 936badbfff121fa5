"""Runs of capitalised words in a paragraph, and the person's name at the end of such a run."""

import re
from collections.abc import Container
from dataclasses import dataclass

from bot.core.given_names import GIVEN_NAMES
from bot.core.lexicon import is_common, is_maybe_name

_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĐĒĞĪİŁŃŌŚŞŠŪŹŻŽ"
_WORD = rf"[{_UPPER}](?:[\w’'‘`-]*\w)?"
_RANK = r"\((?:Pol|Purn|Mar|Inf|Kav|Art|Czi|Laut|Tek|Cpn|Pnb|Psk|Sus|HC|Ret|Elb|Chb|Cba|Adm|Lek|Nav|Kes|E|P|T|S)\.?\)"
_STOP = rf"\.(?= [{_UPPER}])"
_SHORTENED = rf"(?:(?:[{_UPPER}]|Dr|Drs|Dra|Prof|Ir|Hj|KH|Moh|Muh|Abd|Tb|Tgk|Pdt|St|Ny|Tn|Jend|Pol|Purn|Brigjen|Irjen|Komjen|Letjen|Mayjen){_STOP}|{_WORD})"
_RUN = re.compile(
    rf"{_SHORTENED}(?: (?:(?:bin|binti|de|del|da|dos|van|von|der|den|el|al|ibn|la) )?(?:{_RANK}|{_SHORTENED}))*"
)
_PARTICLES = frozenset("bin binti de del da dos van von der den el al ibn la".split())
_FIRST_PARTICLES = frozenset("i m ni gusti ida raden tubagus andi moh muh".split())
_NAME_WORDS = 6

_NAMED_AFTER = frozenset(
    "apotek bandara bank bareskrim bawaslu bupati camat cv desa dinas dinkes dinsos disdik dishub distrik dpc dpd dprd dpw dusun gang gubernur "
    "gunung hotel institut kabupaten kafe kampung kantor kawasan kecamatan kejari kejati kelurahan klinik kodim komunitas kopi kota kpu kpud lapas "
    "lurah mal mall masjid museum pantai pasar pengadilan perusahaan pesantren polda polres polresta polsek provinsi pt puskesmas restoran rs rsud "
    "rsup rutan sd sekolah sma smk smp stasiun taman terminal toko universitas wali walikota yayasan".split()
)
"""Words that a place or a firm of any name follows, here a name that nobody lists."""

_NEEDS_BODY = frozenset(
    "anggota ceo cfo chairman coo cto co-founder direktur dirut founder head jubir juru bicara kepala ketua manajer manager of officer pengamat "
    "politikus politisi presdir pt".split()
)
"""Offices that hardly ever stand without the body they are held in."""

_HIGH_COURT = frozenset(("Hakim", "Jaksa", "Kejaksaan", "Mahkamah"))
"""Before `Agung`, which is a name elsewhere."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand together: ``text[start:end]`` of their paragraph."""

    start: int
    end: int
    words: tuple[str, ...]


def find_runs(text: str, start: int = 0, end: int | None = None) -> list[Run]:
    """The runs of ``text[start:end]`` in order."""
    stop = len(text) if end is None else end
    return [
        Run(found.start(), found.end(), tuple(found[0].split())) for found in _RUN.finditer(text, start, stop)
    ]


def name_start(words: tuple[str, ...], *, alone: Container[str] = (), before: str = "") -> int:
    """Where in ``words`` the person's name at their end begins; ``len(words)`` when there is none.

    ``alone`` are the words that the article uses by themselves where it names a person; ``before`` is the word
    in front of ``words``.
    """
    start = _unlisted_from(words)
    if start == len(words):
        return start
    for at in range(start, len(words) - 1):
        if words[at] in alone and not any(map(_is_given, words[start:at])):
            return at
    lead = (words[start - 1] if start else before).lower()
    if lead in _NAMED_AFTER or lead in _NEEDS_BODY:
        return _past_body(words, start, surely=lead in _NAMED_AFTER)
    return start


def _past_body(words: tuple[str, ...], start: int, *, surely: bool) -> int:
    """Where the name begins when a body's own name may stand before it from ``start`` on."""
    given = next((at for at in range(start, len(words)) if _is_given(words[at])), None)
    if given is not None:
        return given
    return start + 1 if surely or len(words) - start > 2 else start


def _unlisted_from(words: tuple[str, ...]) -> int:
    at = sure = len(words)
    while at and len(words) - at < _NAME_WORDS:
        word = words[at - 1]
        if word.startswith("("):
            break
        if not is_common(word) and not (word == "Agung" and at > 1 and words[at - 2] in _HIGH_COURT):
            sure = at - 1
        elif not is_maybe_name(word):
            break
        at -= 1
    while 0 < sure < len(words) and _leads_name(words, sure - 1):
        sure -= 1
    return sure


def _leads_name(words: tuple[str, ...], at: int) -> bool:
    """Whether a listed word before a surer name belongs to it: the Balinese `I`, a place that is a given name too."""
    word = words[at]
    if word == "I":
        return True
    if at == 0 and word.lower() in OPENERS:
        return False
    place_after = at > 0 and words[at - 1].lower() in _NAMED_AFTER
    return is_maybe_name(word) and word.lower() in GIVEN_NAMES and not place_after


def _is_given(word: str) -> bool:
    lower = word.lower()
    initials = len(word) <= 2 and word.isupper()
    return initials or lower in GIVEN_NAMES or lower in _FIRST_PARTICLES
