"""Pages that came apart: no text makes reading fail but in its own way, and none takes for ever."""

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.analysis import analyse
from bot.core.rmid import parse_page
from bot.core.stories import story_key
from bot.errors import NotAnArticle
from bot.samples import samples
from tests.core.pages import COLUMN, PAGE, SECOND_PAGE

TEXTS = [PAGE, SECOND_PAGE, COLUMN, *(sample.text for sample in samples())]
HEAD = "Judul Berita\n\nKamis, 8 Juli 2021 05:25 WIB\n\nRM.id  Rakyat Merdeka - "
MARKS = list("\"“”„‟«»'’()[]■@#:;,.!?…–—-\n\r\x0b\x85\u2028\u00a0\u200b\ufeff\ufffd")


def _read(text: str) -> None:
    """All that is ever found in a page."""
    try:
        article = parse_page(text, name="berita.txt")
    except NotAnArticle:
        return
    assert article.paragraphs
    analysis = analyse(article.paragraphs, title=article.title)
    assert all(quotation.text for quotation in analysis.quotations)
    story_key(article)


ANYTHING = st.text(st.sampled_from(MARKS) | st.characters(codec=None), max_size=60)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A page with lines dropped, doubled and moved, cut at both ends, with anything put in between."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        match draw(st.sampled_from(["drop", "double", "move", "cut", "insert"])):
            case "drop":
                del lines[at : at + draw(st.integers(1, 5))]
            case "double":
                lines[at:at] = lines[at : at + 1] * draw(st.integers(1, 3))
            case "move":
                lines.insert(draw(st.integers(0, len(lines))), lines.pop(at) if lines else "")
            case "cut":
                text = lines[at] if lines else ""
                lines[at : at + 1] = [text[: draw(st.integers(0, len(text)))]]
            case _:
                lines.insert(
                    at, draw(st.text(st.sampled_from(MARKS) | st.characters(codec=None), max_size=60))
                )
    text = "\n".join(lines)
    start = draw(st.integers(0, len(text)) | st.just(0))
    return text[start : draw(st.integers(start, len(text)) | st.just(len(text)))]


@given(mangled())
def test_a_mangled_page_is_read_or_refused_in_plain_words(text: str) -> None:
    _read(text)


@given(st.text(st.sampled_from(MARKS) | st.characters(codec=None), max_size=400))
def test_any_text_at_all_is_read_or_refused_in_plain_words(text: str) -> None:
    _read(text)
    _read(HEAD + text)


@given(st.data())
def test_the_real_page_cut_anywhere_is_read_or_refused(real_page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(real_page)))
    _read(real_page[start : data.draw(st.integers(start, len(real_page)))])


def _names(number: int) -> str:
    """A name that no other number has, of letters alone."""
    letters = ""
    while number or not letters:
        number, digit = divmod(number, 20)
        letters += "aeiou"[digit % 5] + "bdgklmnprst"[digit % 11]
    return letters.title()


UNITS: dict[str, Callable[[int], str]] = {
    unit: lambda _, unit=unit: unit  # type: ignore[misc]
    for unit in (
        '"', "“", "”", '"a ', '", kata ', "“kata ", "a” kata ", '"a b c d e" ', "“a “b” c” ", "«a» ",
        "“a. ",
        "(", "()", "(a ", "[X] ", "A", "A ", "A. ", "Dr. ", "Laras ",
        "Laras, Ayu ", "Laras (Ayu) ", "1", "1. ",
        ".", ". ", "? A", "…", " ", " - ", "a", "a-", "@x ", "akun @x ", "Ketua DPR Laras ", "KPK (Komisi) ",
        "kata Laras: ", 'Ia mengatakan, "a b c d e". ', '"Saya," kata Laras, "pergi." ', "Laras mengatakan, ",
        "\n", "a\n", "Aa b\n", "■\n", "Sebelumnya\n", "Selanjutnya\n", "Baca juga : x\n", "Foto: Ist\n",
        "Kamis, 8 Juli 2021 05:25 WIB\n", "Hasil Rekapitulasi KPU\n", "Sumber: KPU\n", "Update berita\n",
    )
}  # fmt: skip
UNITS |= {
    "a different name each": lambda number: f"{_names(number)} Ayu, ",
    "a different speaker each": lambda number: f'"Saya pergi ke pasar," kata {_names(number)} Ayu. ',
    "a different namesake each": lambda number: f"Ayu {_names(number)} berkata, ujar Ayu. ",
    "a different office each": lambda number: f'"Saya pergi ke pasar," kata Ketua {_names(number)}. ',
    "a different paragraph each": lambda number: (
        f'"Saya pergi {number}," ujarnya. Ketua Laras {number} hadir.\n\n'
    ),
    "a different handle each": lambda number: f'"a b c d e f" cuit @x{number}. ',
}
SMALL, TIMES_LARGER = 8_000, 4
LINEAR_AT_MOST = 10
"""Work that grows with the text is 4 times as much for a text 4 times as long, with its square 16 times."""

DATELINE = HEAD.split("\n\n")[2]
UNDER_DATE = (HEAD.removesuffix(f"\n{DATELINE}"), f"\n\n{DATELINE}Halo dunia.\n")
PLACES = {
    "in the body": (HEAD, ""),
    "above the date": ("", f"\n{HEAD}Halo dunia.\n"),
    "under the date": UNDER_DATE,
    "alone": ("", ""),
}


def text_of(unit: Callable[[int], str], size: int) -> str:
    """``unit`` again and again, for at least ``size`` characters."""
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(unit(len(pieces)))
        length += len(pieces[-1])
    return "".join(pieces)


def _seconds(unit: Callable[[int], str], size: int, place: str) -> float:
    before, after = PLACES[place]
    text = before + text_of(unit, size) + after
    started = process_time()
    _read(text)
    return process_time() - started


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", UNITS)
def test_work_grows_with_a_hostile_text_and_not_with_its_square(name: str, place: str) -> None:
    unit = UNITS[name]
    ratios: list[float] = []
    # A busy machine may spoil one measurement, hardly five.
    while len(ratios) < 5 and min(ratios, default=LINEAR_AT_MOST) >= LINEAR_AT_MOST:
        small = min(_seconds(unit, SMALL, place) for _ in range(2))
        ratios.append(_seconds(unit, SMALL * TIMES_LARGER, place) / max(small, 0.001))
    assert min(ratios) < LINEAR_AT_MOST, f"{TIMES_LARGER} times the text, {min(ratios):.0f} times the work"
