"""Whose words are key quotations: who speaks for something, before people met in passing."""

import re
from collections.abc import Sequence

from bot.core.article import Quotation
from bot.core.offices import PRIVATE_ROLES

_BEFORE_ROLE = re.compile(r"(?:mantan|eks|dua|tiga|para|(?:salah )?(?:satu|seorang)) ", re.IGNORECASE)
_AGE = r" \(\d\d(?: tahun)?\)"


def key_quotations(quotations: Sequence[Quotation], paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """``quotations`` without those of private persons; all of them, when nobody else speaks.

    Newspapers print an age with people who speak for nobody but themselves (`Laras (37), warga Wanakarta`); one
    who holds an office is no private person.
    """
    voices = {(quotation.speaker, quotation.role) for quotation in quotations}
    private = {voice for voice in voices if _is_private(*voice, paragraphs)}
    key = tuple(quotation for quotation in quotations if (quotation.speaker, quotation.role) not in private)
    return key or tuple(quotations)


def _is_private(speaker: str | None, role: str | None, paragraphs: Sequence[str]) -> bool:
    if speaker is None:
        return False
    if role and _BEFORE_ROLE.sub("", role).split(" ", 1)[0].lower() not in PRIVATE_ROLES:
        return False
    age = re.compile(re.escape(speaker) + _AGE)
    return any(age.search(paragraph) for paragraph in paragraphs)
