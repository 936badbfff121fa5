"""Whose words are key quotations: who speaks for something, before whom a reporter met in the street."""

import re
from collections.abc import Sequence

from bot.core.article import Quotation
from bot.core.offices import PRIVATE_ROLES

_BEFORE_ROLE = re.compile(r"(?:mantan|eks|dua|tiga|para|seorang|(?:salah )?(?:satu|seorang)) ", re.IGNORECASE)


def key_quotations(quotations: Sequence[Quotation], paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """The quotations of officials, experts and others who speak for something; all, when there are none such.

    Who is introduced as a resident, a driver, a customer, or with an age and no office (`Laras (37)`), speaks
    for nobody else.
    """
    voices = {(quotation.speaker, quotation.role): quotation for quotation in quotations}
    private = {voice for voice, quotation in voices.items() if _is_private(quotation, paragraphs)}
    key = tuple(quotation for quotation in quotations if (quotation.speaker, quotation.role) not in private)
    return key or tuple(quotations)


def _is_private(quotation: Quotation, paragraphs: Sequence[str]) -> bool:
    if quotation.role:
        return _BEFORE_ROLE.sub("", quotation.role).split(" ", 1)[0].lower() in PRIVATE_ROLES
    if quotation.speaker is None:
        return False
    age = re.compile(rf"{re.escape(quotation.speaker)} \(\d\d(?: tahun)?\)")
    return any(age.search(paragraph) for paragraph in paragraphs)
