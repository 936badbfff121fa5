"""Quotation cards: a quotation as a picture. Drawn in a thread, kept for a while; no measures live here."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import tzinfo

from babel.dates import format_date

from bot.core.actions import CardShape
from bot.core.article import ArchivedQuotation, QuotationKey
from bot.core.message import one_line
from bot.errors import KabarError
from bot.render.languages import N_, Languages
from bot.render.sections import readable

KEPT = 64
"""Pictures kept in memory, of about 60 kB each; Telegram keeps those that were sent."""

_DATE = N_("d MMMM y")


class CannotDraw(KabarError):
    """Our fonts lack a letter of the quotation: half of somebody's words is not what they said."""


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card, each on one line; all but the words and the newspaper may be empty."""

    words: str
    speaker: str
    role: str
    section: str
    date: str
    newspaper: str


class Cards:
    """Draws cards in the newspaper's name, in the language and the zone of the newspaper."""

    def __init__(self, languages: Languages, *, newspaper: str, zone: tzinfo) -> None:
        self._languages = languages
        self._newspaper = newspaper
        self._zone = zone
        self._kept: OrderedDict[tuple[QuotationKey, CardShape], bytes] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def draw(self, found: ArchivedQuotation, shape: CardShape) -> bytes:
        """The card as a PNG of 1080 x 1350 or 1200 x 675 pixels. Raises CannotDraw."""
        key = (found.key, shape)
        # One at a time: a card takes a core for a moment, and who asks for the same one waits for it.
        async with self._drawing:
            if key not in self._kept:
                self._kept[key] = await asyncio.to_thread(_drawn, self.text(found), shape)
            self._kept.move_to_end(key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def text(self, found: ArchivedQuotation) -> CardText:
        """What stands on the card."""
        language, said = self._languages.default, found.quotation
        pattern = self._languages.gettext(language, _DATE)
        day = found.published_at.astimezone(self._zone).date()
        section = self._languages.gettext(language, readable(found.section)) if found.section else ""
        return CardText(
            words=one_line(said.text),
            speaker=one_line(said.speaker or ""),
            role=one_line(said.role or ""),
            section=section,
            date=format_date(day, pattern, locale=self._languages.locale(language)),
            newspaper=one_line(self._newspaper),
        )


def _drawn(text: CardText, shape: CardShape) -> bytes:
    # Pillow takes a tenth of a second to load, and most runs never draw.
    from bot.render.card_design import draw_card  # noqa: PLC0415

    picture = draw_card(text, shape)
    if picture is None:
        raise CannotDraw(f"our fonts lack a letter of {text.words[:80]!r}")
    return picture
