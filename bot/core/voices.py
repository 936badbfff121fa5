"""Who speaks for something, and whose words are a vox pop: a resident's or a passer-by's."""

import re
from collections.abc import Sequence

from bot.core.article import Quotation
from bot.core.offices import PRIVATE_ROLES

_BEFORE_ROLE = re.compile(r"(?:mantan|eks|dua|tiga|para|seorang|(?:salah )?(?:satu|seorang)) ", re.IGNORECASE)
_NEIGHBOUR = re.compile(r"(?:ketua|pengurus) (?:rt|rw|rukun (?:tetangga|warga))\b", re.IGNORECASE)
_AGE = re.compile(r" \(\d\d(?: tahun)?\)")


def part_voices(
    said: Sequence[Quotation], paragraphs: Sequence[str]
) -> tuple[tuple[Quotation, ...], tuple[Quotation, ...]]:
    """The quotations of officials, experts and others who speak for something, and apart the vox pops.

    Who is introduced as a resident, a head of neighbours (`ketua RT`), a driver, a customer, or with an age
    and no office (`Laras (37)`), speaks for nobody else. Where only they speak, they are whom the article
    quotes, and none is a vox pop.
    """
    voices = {(quotation.speaker, quotation.role): quotation for quotation in said}
    private = {voice for voice, quotation in voices.items() if _is_private(quotation, paragraphs)}
    key = tuple(quotation for quotation in said if (quotation.speaker, quotation.role) not in private)
    if not key:
        return tuple(said), ()
    return key, tuple(quotation for quotation in said if (quotation.speaker, quotation.role) in private)


def _is_private(quotation: Quotation, paragraphs: Sequence[str]) -> bool:
    if quotation.role:
        role = _BEFORE_ROLE.sub("", quotation.role)
        return role.split(" ", 1)[0].lower() in PRIVATE_ROLES or _NEIGHBOUR.match(role) is not None
    return quotation.speaker is not None and any(
        _has_age(quotation.speaker, paragraph) for paragraph in paragraphs
    )


def _has_age(name: str, paragraph: str) -> bool:
    at = paragraph.find(name)
    while at >= 0:
        if _AGE.match(paragraph, at + len(name)):
            return True
        at = paragraph.find(name, at + 1)
    return False
