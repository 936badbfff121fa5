"""Articles, readers and messages for the tests of this folder; invented ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from bot.core.article import (
    Analysis,
    ArchivedArticle,
    Article,
    Block,
    BlockKind,
    Headline,
    Quotation,
)
from bot.core.audience import ChatKind, Subscriber
from bot.render.environment import Templates
from bot.render.languages import Languages
from bot.render.messages import Messages

WIB = timezone(timedelta(hours=7))
MOMENT = datetime(2023, 9, 12, 11, 54, tzinfo=WIB)
ADDRESS = "https://rm.id/baca-berita/nasional/1/contoh"

MARKUP = (
    "<b>tebal</b> & </blockquote> <script> &amp; \"kutip\" 'satu' "
    '<a href="https://example.org/">x</a> {{ 7 * 7 }}'
)
HOSTILE = {
    "markup": MARKUP,
    "ten thousand characters": "Judul yang panjang sekali. " * 371,
    "one word of ten thousand letters": "x" * 10_000,
    "ten thousand signs to escape": "<&>\"'" * 2_000,
    "joined emoji": "👨‍👩‍👧‍👦🏴‍☠️👍🏽" * 200,
    "right to left": "خبر عاجل " * 30 + "\u202edetrever\u202c",
    "line breaks and control characters": "satu\n\n\ndua\r\n\ttiga\x00\x1b[31m\u2028empat",
    "combining marks": "e" + "\u0301" * 5_000,
    "percent signs": "%s %(count)s 100% %",
    "blank": " \n ",
}


@cache
def templates(own: Path | None = None) -> Templates:
    return Templates(Languages(), newspaper="Rakyat Merdeka", own=own)


def messages(*, own: Path | None = None, bot_username: str | None = "contoh_bot") -> Messages:
    return Messages(templates(own), bot_username=bot_username)


def quotation(
    text: str = "Kami siap", speaker: str | None = "Sari Contoh", role: str | None = "Kepala Dinas"
) -> Quotation:
    return Quotation(text, speaker, role, "kata", 0)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


ARTICLE = Article(
    title="Pasar Contoh Dibuka Lagi",
    published_at=MOMENT,
    blocks=(
        paragraph("Pasar itu dibuka lagi, Selasa."),
        Block(BlockKind.SUBHEAD, "Harga Turun"),
        paragraph("“Kami siap,” kata Sari Contoh, Kepala Dinas."),
    ),
    kicker="Kabar Baik",
    section="ekonomi-bisnis",
    captions=("Suasana pasar. (Foto: Ist)",),
    url=ADDRESS,
)
ARCHIVED = ArchivedArticle(
    id=7,
    revision=1,
    article=ARTICLE,
    analysis=Analysis(("Pasar itu dibuka lagi, Selasa.",), (quotation(),), ("pasar",)),
    stored_at=datetime(2023, 9, 12, 5, tzinfo=UTC),
    story_id=7,
)
READER = Subscriber(1, ChatKind.PRIVATE, "id", True, True, False, frozenset(), MOMENT)


def headline(article_id: int = 1, title: str = "Berita Lain", section: str | None = "nasional") -> Headline:
    return Headline(article_id, title, section, MOMENT)


def filled_with(text: str, *, paragraphs: int = 3, quotations: int = 3) -> ArchivedArticle:
    """An article that says ``text`` wherever it says anything."""
    article = Article(
        title=text,
        published_at=MOMENT,
        blocks=tuple(Block(kind, text) for kind in BlockKind for _ in range(paragraphs)),
        kicker=text,
        section=text,
        byline=text,
        captions=(text, text),
        related=(text,),
        url=ADDRESS,
        has_next=True,
    )
    said = tuple(Quotation(text, text, text, text, 0) for _ in range(quotations))
    return replace(ARCHIVED, revision=2, article=article, analysis=Analysis((text,) * 3, said, (text,)))
