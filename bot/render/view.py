"""An article as templates see it: clean one-line texts, each within its share of a message."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.core.article import ArchivedArticle, Block, BlockKind, Quotation, in_printed_order
from bot.core.message import one_line, shorten_text

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
QUOTATIONS_ON_PAGE = 45
"""Quotations on their own page: each takes two of a message's hundred entities."""

# Marks around a quotation, between speaker and role, and the line breaks.
_QUOTATION_FRAME = 10
_BLOCK_FRAME = 2


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What an article's template may use. All but the texts may be missing: None or empty.

    ``section`` is the site's slug (filter ``section`` names it), times are aware (filter ``date``).
    ``vox_pops`` are the words of residents and passers-by, ``quotations`` all others, ``said`` is both as
    printed; ``more_quotations`` counts those in neither. ``continued``: the body goes on beyond ``blocks``.
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
        summary = shorten_text(one_line(" ".join(self.summary)), SUMMARY_LIMIT)
        blocks = (replace(block, text=one_line(block.text)) for block in self.blocks)
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
                length = len(said.text) + len(said.speaker or "") + len(said.role or "") + _QUOTATION_FRAME
                if most and length <= room:
                    most -= 1
                    room -= length
                    chosen.append(said)
        quotations, vox_pops = map(tuple, kept)
        left = len(self.quotations) + len(self.vox_pops) - len(quotations) - len(vox_pops)
        more = self.more_quotations + left
        return replace(self, quotations=quotations, vox_pops=vox_pops, more_quotations=more)

    def with_blocks(self, room: int) -> "ArticleView":
        """The body's beginning in ``room`` characters, the last paragraph cut at a sentence if need be."""
        blocks = tuple(_fitting(self.blocks, room))
        return replace(self, blocks=blocks, continued=self.continued or blocks != self.blocks)


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
    return shorten_text(one_line(text), limit) or None if text else None


def _clean_quotations(quotations: tuple[Quotation, ...], limit: int) -> tuple[Quotation, ...]:
    clean = (_clean_quotation(quotation, limit) for quotation in quotations)
    return tuple(quotation for quotation in clean if quotation.text)


def _clean_quotation(quotation: Quotation, limit: int) -> Quotation:
    return replace(
        quotation,
        text=shorten_text(one_line(quotation.text), limit),
        speaker=_line(quotation.speaker, LINE_LIMIT),
        role=_line(quotation.role, LINE_LIMIT),
    )


def _fitting(blocks: tuple[Block, ...], room: int) -> Iterator[Block]:
    for block in blocks:
        room -= len(block.text) + _BLOCK_FRAME
        if room >= 0:
            yield block
            continue
        whole = room + len(block.text)
        # A few words of a paragraph, or of a subhead, tell nothing.
        if block.kind is BlockKind.PARAGRAPH and whole >= 200:
            yield replace(block, text=shorten_text(block.text, whole))
        return
