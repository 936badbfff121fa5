"""Quotation cards: whatever the words, a picture of the right size that holds them or their beginning."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.core.actions import CardShape
from bot.core.article import ArchivedQuotation, QuotationKey
from bot.render.card_design import ACCENT, DESIGNS, PAPER, draw_card
from bot.render.cards import CannotDraw, Cards, CardText
from bot.render.languages import Languages
from bot.render.lettering import Face, Style, cut, drawable, lines, width
from tests.render.values import quotation

SIZES = {CardShape.UPRIGHT: (1080, 1350), CardShape.WIDE: (1200, 675)}
TEXT = CardText(
    "Kami siap.", "Sari Contoh", "Kepala Dinas", "Nasional", "12 September 2023", "Rakyat Merdeka"
)
LONG = "Kami bekerja siang dan malam bersama warga, relawan dan petugas di lapangan. " * 60
STYLE = Style(Face.SERIF_SEMIBOLD, 40)
CARD = ArchivedQuotation(
    QuotationKey(1, 1, 0), quotation(), "Judul", "ekonomi-bisnis", datetime(2023, 9, 11, 18, tzinfo=UTC)
)


def cards() -> Cards:
    return Cards(Languages(), newspaper="Rakyat Merdeka", zone=ZoneInfo("Asia/Jakarta"))


def drawn(text: CardText, shape: CardShape) -> Image.Image:
    picture = draw_card(text, shape)
    assert picture is not None
    image = Image.open(BytesIO(picture))
    image.load()
    return image


@pytest.mark.parametrize("shape", CardShape)
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        replace(TEXT, words=LONG),
        replace(TEXT, words="x" * 5_000),
        replace(TEXT, words="👨‍👩‍👧‍👦👍🏽🇮🇩1️⃣❤️ " * 50),
        replace(TEXT, words="Ya.", speaker="", role="", section=""),
        replace(TEXT, speaker="Ir. H. Baskara Adiwinata " * 20, role="Kepala Satuan Tugas " * 30),
        replace(TEXT, speaker="", role="seorang warga", newspaper="Harian yang Namanya Panjang " * 9),
        replace(TEXT, section="Rubrik Panjang " * 20),
    ],
    ids=["short", "long", "one word", "emoji", "bare", "long names", "long newspaper", "long section"],
)
def test_any_text_fits_and_leaves_the_margin_free(text: CardText, shape: CardShape) -> None:
    image = drawn(text, shape)
    assert image.size == SIZES[shape]
    margin = DESIGNS[shape].margin // 2
    paper = tuple(int(PAPER[place : place + 2], 16) for place in (1, 3, 5))
    right = image.crop((image.width - margin, margin, image.width, image.height))
    assert right.getcolors() == [(right.width * right.height, paper)]
    below = image.crop((0, image.height - margin // 2, image.width, image.height))
    assert below.getcolors() == [(below.width * below.height, paper)]


def test_what_does_not_fit_is_cut_at_a_word_with_an_ellipsis() -> None:
    told = cut(LONG, STYLE, 600, 3)
    assert len(told) == 3
    assert told[-1].endswith(" …")
    shown = " ".join(told).removesuffix(" …")
    assert LONG.startswith(shown)
    assert LONG[len(shown)] in " ,."
    assert all(width(line, STYLE) <= 600 for line in told)


def test_what_fits_is_not_cut_and_its_lines_are_of_about_one_length() -> None:
    told = lines("Tidak ada alasan untuk menunda pekerjaan ini lagi.", STYLE, 900)
    assert " ".join(told) == "Tidak ada alasan untuk menunda pekerjaan ini lagi."
    assert len(told) == 2
    assert width(told[1], STYLE) > width(told[0], STYLE) * 0.6


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40), st.integers(40, 300)
)
@settings(max_examples=60)
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    for line in lines(text, STYLE, room):
        assert width(line, STYLE) <= room or len(line) == 1


@pytest.mark.parametrize(
    "text",
    ["Nyi Ratmini Kusumajelita", "Łukasz Erdoğan Nguyễn", "Владимир", "Ωμέγα", "Rp 5 ribu – 10 %", "🍌😂"],
)
def test_names_from_here_and_elsewhere_can_be_drawn(text: str) -> None:
    assert drawable(text, Face.SERIF_SEMIBOLD)


@pytest.mark.parametrize("text", ["خبر", "新聞", "ข่าว"])
def test_letters_that_our_fonts_lack_are_known(text: str) -> None:
    assert not drawable(text, Face.SERIF_SEMIBOLD)
    assert draw_card(replace(TEXT, words=text), CardShape.WIDE) is None


def test_an_emoji_is_one_sign_and_as_wide_as_one() -> None:
    family, one = width("👨‍👩‍👧‍👦", STYLE), width("👨", STYLE)
    assert family < one * 1.5
    assert width("🇮🇩", STYLE) < one * 1.5
    assert width("1️⃣", STYLE) < one * 1.5
    assert width("a\ufe0f", STYLE) == width("a", STYLE)


def test_a_card_says_who_when_and_where_in_the_newspapers_words_and_zone() -> None:
    assert cards().text(CARD) == CardText(
        "Kami siap", "Sari Contoh", "Kepala Dinas", "Ekonomi & Bisnis", "12 September 2023", "Rakyat Merdeka"
    )


async def test_a_card_is_drawn_once() -> None:
    house = cards()
    first = await house.draw(CARD, CardShape.WIDE)
    assert await house.draw(CARD, CardShape.WIDE) is first
    assert await house.draw(CARD, CardShape.UPRIGHT) != first


async def test_what_cannot_be_drawn_is_refused_with_its_beginning() -> None:
    strange = replace(CARD, quotation=quotation("新聞"))
    with pytest.raises(CannotDraw, match="新聞"):
        await cards().draw(strange, CardShape.WIDE)


def test_the_accent_stands_above() -> None:
    image = drawn(TEXT, CardShape.UPRIGHT)
    assert image.getpixel((5, 5)) == tuple(int(ACCENT[place : place + 2], 16) for place in (1, 3, 5))
