"""Who speaks for something, and whose words are a vox pop: a resident's or a passer-by's."""

import re
from collections.abc import Sequence

from bot.core.article import Quotation
from bot.core.offices import PRIVATE_ROLES

_BEFORE_ROLE = re.compile(
    r"(?:bekas|mantan|eks|dua|tiga|para|seorang|(?:salah )?(?:satu|seorang)) ", re.IGNORECASE
)
_NEIGHBOUR = re.compile(r"(?:ketua|pengurus) (?:rt|rw|rukun (?:tetangga|warga))\b", re.IGNORECASE)
_AGE = re.compile(r" \(\d\d(?: tahun)?\)")
_NAME_WORDS, _NAME_LIMIT = 6, 80
_OPENING_MARKS = "\"“‘'("


def part_voices(
    said: Sequence[Quotation], paragraphs: Sequence[str]
) -> tuple[tuple[Quotation, ...], tuple[Quotation, ...]]:
    """The quotations of officials, experts and others who speak for something, and apart the vox pops.

    Who is introduced as a resident, a head of neighbours (`ketua RT`), a driver, a customer, or with an age
    and no office (`Laras (37)`), speaks for nobody else. Where only they speak, they are whom the article
    quotes, and none is a vox pop.
    """
    voices = dict.fromkeys((quotation.speaker, quotation.role) for quotation in said)
    aged = (
        _names_with_age(paragraphs) if any(speaker and not role for speaker, role in voices) else frozenset()
    )
    private = {voice for voice in voices if _is_private(*voice, aged)}
    key = tuple(quotation for quotation in said if (quotation.speaker, quotation.role) not in private)
    if not key:
        return tuple(said), ()
    return key, tuple(quotation for quotation in said if (quotation.speaker, quotation.role) in private)


def _is_private(speaker: str | None, role: str | None, aged: frozenset[str]) -> bool:
    if role:
        role = _BEFORE_ROLE.sub("", role)
        return role.split(" ", 1)[0].lower() in PRIVATE_ROLES or _NEIGHBOUR.match(role) is not None
    return speaker in aged


def _names_with_age(paragraphs: Sequence[str]) -> frozenset[str]:
    """Whatever may be a name of a few words that an age follows (`Laras Ayuningtyas (37)`, `Laras (37)`)."""
    names: set[str] = set()
    for paragraph in paragraphs:
        for age in _AGE.finditer(paragraph):
            words = paragraph[max(0, age.start() - _NAME_LIMIT) : age.start()].split(" ")[-_NAME_WORDS:]
            names.update(" ".join(words[at:]).lstrip(_OPENING_MARKS) for at in range(len(words)))
    return frozenset(names)
