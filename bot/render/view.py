"""An article as templates see it: clean one-line texts, each within its share of a message."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.core.article import ArchivedArticle, Block, Quotation, in_printed_order
from bot.core.listing import divide
from bot.core.message import one_line, shorten_text, split_text, unlinked

TITLE_LIMIT = 300
LINE_LIMIT = 120
"""Characters of a kicker, a byline, a speaker, a role."""
CAPTION_LIMIT = 400
SUMMARY_LIMIT = 1000
QUOTATION_LIMIT = 500
"""Characters of one quotation beside the summary; on its own page it has QUOTATION_PAGE_LIMIT."""
QUOTATION_PAGE_LIMIT = 1500
PUSHED_QUOTATIONS = 5
"""Quotations beside the summary: a push is read at a glance."""
QUOTATIONS_ON_PAGE = 8
"""Quotations on a page of their own: each has a button with its number, and eight stand in a row."""

BLOCKS_ON_PAGE = 90
"""Paragraphs and subheads on one page of the full story: each subhead is one of a message's entities."""

# Marks around a quotation, between speaker and role, and the line breaks.
_QUOTATION_FRAME = 14
_BLOCK_FRAME = 2


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What an article's template may use. All but the texts may be missing: None or empty.

    ``section`` is the site's slug (filter ``section`` names it), times are aware (filter ``date``).
    ``vox_pops`` are the words of residents and passers-by, ``quotations`` all others, ``said`` is both as
    printed; ``more_quotations`` counts those in neither. ``continued``: the body goes on after the last.
    ``page`` of ``pages`` is shown, counted from 1; ``first`` is the number of the first quotation on it.
    """

    title: str | None = None
    kicker: str | None = None
    section: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    byline: str | None = None
    captions: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    vox_pops: tuple[Quotation, ...] = ()
    more_quotations: int = 0
    blocks: tuple[Block, ...] = ()
    continued: bool = False
    url: str | None = None
    page: int = 1
    pages: int = 1
    first: int = 1

    @classmethod
    def of(cls, archived: ArchivedArticle) -> "ArticleView":
        """The view of an archived article, not yet cleaned."""
        article = archived.article
        return cls(
            title=article.title,
            kicker=article.kicker,
            section=article.section,
            published_at=article.published_at,
            updated_at=archived.stored_at if archived.revision > 1 else None,
            byline=article.byline,
            captions=article.captions,
            summary=archived.analysis.summary,
            quotations=archived.analysis.quotations,
            vox_pops=archived.analysis.vox_pops,
            blocks=article.blocks,
            continued=article.has_next,
            url=article.url,
        )

    @property
    def said(self) -> tuple[Quotation, ...]:
        """Quotations and vox pops in their printed order."""
        return in_printed_order(self.quotations, self.vox_pops)

    def cleaned(self, *, quotation_limit: int = QUOTATION_LIMIT) -> "ArticleView":
        """Every text on one line and within its limit; empty ones are gone."""
        captions = (_line(caption, CAPTION_LIMIT) for caption in self.captions[:1])
        summary = unlinked(shorten_text(one_line(" ".join(self.summary)), SUMMARY_LIMIT))
        blocks = (replace(block, text=unlinked(one_line(block.text))) for block in self.blocks)
        return replace(
            self,
            title=_line(self.title, TITLE_LIMIT),
            kicker=_line(self.kicker, LINE_LIMIT),
            section=_line(self.section, LINE_LIMIT),
            byline=_line(self.byline, LINE_LIMIT),
            captions=tuple(caption for caption in captions if caption),
            summary=(summary,) if summary else (),
            quotations=_clean_quotations(self.quotations, quotation_limit),
            vox_pops=_clean_quotations(self.vox_pops, quotation_limit),
            blocks=tuple(block for block in blocks if block.text),
            url=web_address(self.url),
        )

    def with_quotations(self, room: int, most: int) -> "ArticleView":
        """The first quotations that fit into ``room`` characters, ``most`` at most, then vox pops."""
        kept: tuple[list[Quotation], list[Quotation]] = ([], [])
        for chosen, offered in zip(kept, (self.quotations, self.vox_pops), strict=True):
            for said in offered:
                length = _length(said)
                if most and length <= room:
                    most -= 1
                    room -= length
                    chosen.append(said)
        quotations, vox_pops = map(tuple, kept)
        left = len(self.quotations) + len(self.vox_pops) - len(quotations) - len(vox_pops)
        more = self.more_quotations + left
        return replace(self, quotations=quotations, vox_pops=vox_pops, more_quotations=more)

    def quotation_page(self, room: int, page: int) -> "ArticleView":
        """Page ``page`` (from 0) of all that was said, in ``room`` characters; beyond the last the last."""
        everything = self.said
        pages = divide([_length(said) for said in everything], room, QUOTATIONS_ON_PAGE)
        shown = pages[min(page, len(pages) - 1)]
        return replace(
            self,
            quotations=everything[shown.start : shown.stop],
            vox_pops=(),
            more_quotations=0,
            page=pages.index(shown) + 1,
            pages=len(pages),
            first=shown.start + 1,
        )

    def block_page(self, room: int, page: int) -> "ArticleView":
        """Page ``page`` (from 0) of the body, each page of ``room`` characters; beyond the last the last.

        A paragraph that no page holds is divided at a sentence. Captions stand on the first page only.
        """
        longest = max(room - _BLOCK_FRAME, 1)
        blocks = tuple(
            replace(block, text=text) for block in self.blocks for text in split_text(block.text, longest)
        )
        pages = divide([len(block.text) + _BLOCK_FRAME for block in blocks], room, BLOCKS_ON_PAGE)
        shown = pages[min(page, len(pages) - 1)]
        return replace(
            self,
            blocks=blocks[shown.start : shown.stop],
            captions=() if shown.start else self.captions,
            continued=self.continued and shown is pages[-1],
            page=pages.index(shown) + 1,
            pages=len(pages),
        )


def web_address(url: str | None) -> str | None:
    """``url`` if Telegram takes it under a button or a link, else None."""
    if url is None or len(url) > 2000 or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and "." in host.strip(".") else None


def _line(text: str | None, limit: int) -> str | None:
    return unlinked(shorten_text(one_line(text), limit)) or None if text else None


def _clean_quotations(quotations: tuple[Quotation, ...], limit: int) -> tuple[Quotation, ...]:
    clean = (clean_quotation(quotation, limit) for quotation in quotations)
    return tuple(quotation for quotation in clean if quotation.text)


def clean_quotation(quotation: Quotation, limit: int = QUOTATION_LIMIT) -> Quotation:
    """``quotation`` with every text on one line, within its limit, and with handles that link to nobody."""
    return replace(
        quotation,
        text=unlinked(shorten_text(one_line(quotation.text), limit)),
        speaker=_line(quotation.speaker, LINE_LIMIT),
        role=_line(quotation.role, LINE_LIMIT),
    )


def _length(said: Quotation) -> int:
    return len(said.text) + len(said.speaker or "") + len(said.role or "") + _QUOTATION_FRAME
