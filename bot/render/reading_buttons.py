"""The rows of buttons under lists, single quotations and quotation cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.actions import (
    CardShape,
    DrawCard,
    Kept,
    Open,
    Said,
    ShowQuotation,
    Topic,
    Topics,
    View,
    write,
)
from bot.core.article import ArchivedArticle, ArchivedQuotation, Headline, QuotationKey
from bot.core.listing import Listing
from bot.render.buttons import SECTION_BUTTONS, Buttons, Row, Rows, comes_back, in_pairs, in_rows, rows_of
from bot.render.languages import N_


@dataclass(frozen=True, slots=True)
class ReadingButtons(Buttons):
    """What a reader can press while reading lists and quotations."""

    def topics(self, sections: Iterable[str]) -> Rows:
        """Every section, by its name."""
        return in_pairs(
            [
                self._plain(self.name_of(section), Topic(section))
                for section in self.by_name(sections)[:SECTION_BUTTONS]
                if comes_back(Topic(section))
            ]
        )

    def topic(self, section: str, found: Listing[Headline], page: int, first: int) -> Rows:
        """A section's articles, the pages around, and the way back to all sections."""
        turning = self.turning(page, found.more, lambda to: Topic(section, to))
        back = self._action(N_("‹ All sections"), Topics())
        return self.headlines(found.items, first) + rows_of(turning, (back,))

    def kept(self, found: Listing[Headline], page: int, first: int) -> Rows:
        """A reader's bookmarks and the pages around."""
        return self.headlines(found.items, first) + rows_of(self.turning(page, found.more, Kept))

    def said(self, name: str, found: Listing[ArchivedQuotation], page: int, first: int) -> Rows:
        """A number for each quotation, and the pages around."""
        turning = self.turning(page, found.more, lambda to: Said(name, to))
        return self._numbers([one.key for one in found.items], first) + rows_of(turning)

    def quotations(self, archived: ArchivedArticle, *, shown: range, page: int, pages: int) -> Rows:
        """Under an article's quotations, of which ``shown`` (places from 0) are on this page."""
        # Archived are the quotations before the vox pops; shown is everything as it was printed.
        archived_order = archived.analysis.quotations + archived.analysis.vox_pops
        printed = sorted(range(len(archived_order)), key=lambda place: archived_order[place].paragraph)
        keys = [QuotationKey(archived.id, archived.revision, printed[place]) for place in shown]
        numbers = self._numbers(keys, shown.start + 1)
        return numbers + self.view(archived, View.QUOTATIONS, page=page, pages=pages)

    def quotation(self, found: ArchivedQuotation) -> Rows:
        """Under one quotation: its two cards, its article, all of its speaker, and passing it on."""
        cards = (
            self._action(N_("🖼 Card, upright"), DrawCard(found.key, CardShape.UPRIGHT)),
            self._action(N_("🖼 Card, wide"), DrawCard(found.key, CardShape.WIDE)),
        )
        return rows_of(cards, *self._source(found), self._share_quotation(found))

    def card(self, found: ArchivedQuotation) -> Rows:
        """Under a card, which may be passed on to anybody: addresses only."""
        article = self._deep_link(N_("📖 Full story"), Open(found.key.article_id, View.FULL))
        return rows_of((article,), self._share_quotation(found))

    def shared_quotation(self, found: ArchivedQuotation) -> Rows:
        """Under a quotation in a chat that the bot is not in: addresses only."""
        article = self._deep_link(N_("📖 Full story"), Open(found.key.article_id, View.FULL))
        card = self._deep_link(N_("🖼 As a picture"), ShowQuotation(found.key))
        return rows_of((article, card))

    def _source(self, found: ArchivedQuotation) -> Rows:
        article = self._action(N_("The story"), Open(found.key.article_id))
        name = found.quotation.speaker
        if name is None or write(Said(name)) is None:
            return ((article,),)
        return in_pairs((article, self._action(N_("More from %(name)s"), Said(name), name=name)))

    def _share_quotation(self, found: ArchivedQuotation) -> Row:
        said = found.quotation
        words = f"“{said.text}” — {said.speaker}" if said.speaker else f"“{said.text}”"
        return self.share(self.start_link(ShowQuotation(found.key)) or found.url, words)

    def _numbers(self, keys: Sequence[QuotationKey], first: int) -> Rows:
        numbered = enumerate(keys, first)
        return in_rows([self._plain(f"💬 {number}", ShowQuotation(key)) for number, key in numbered])
