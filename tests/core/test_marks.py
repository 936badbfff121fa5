import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.marks import find_quoted


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quoted(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Kami siap,” kata Damar.", ["Kami siap,"]),
        ('"Kami siap," kata Damar.', ["Kami siap,"]),
        ('"Kami siap,” kata Damar.', ["Kami siap,"]),
        ("“Kami siap,“ kata Damar.", ["Kami siap,"]),
        ("”Kami siap, “ucapnya.", ["Kami siap, "]),
        ('"Kami siap,"kata Damar. "Kami menang," katanya.', ["Kami siap,", "Kami menang,"]),
        ("Begitu pesan Arif “.", []),
        ("“Begitu pesan Arif “.", ["Begitu pesan Arif "]),
    ],
)
def test_mixed_and_misprinted_marks_are_paired_by_what_stands_around_them(
    text: str, inside: list[str]
) -> None:
    assert quoted(text) == inside


def test_of_a_quotation_inside_a_quotation_the_outer_one_counts() -> None:
    assert quoted('"Ia bilang "siap" kepada kami," kata Damar.') == ['Ia bilang "siap" kepada kami,']


def test_a_lost_opening_mark_is_put_at_the_paragraph_s_start() -> None:
    (found,) = find_quoted("Kami siap. Kami menang,” kata Damar.")
    assert (found.start, found.opened) == (0, False)


def test_a_lone_closing_mark_without_words_of_saying_is_no_quotation() -> None:
    assert find_quoted("Panjangnya 5” saja.") == ()


def test_a_lost_closing_mark_is_put_before_the_words_of_saying() -> None:
    text = "“Kami siap, kata Damar. “Kami menang,” ujarnya."
    assert quoted(text) == ["Kami siap", "Kami menang,"]


def test_an_opening_mark_without_a_mate_goes_to_the_paragraph_s_end() -> None:
    (found,) = find_quoted("“Kami siap. Kami menang.")
    assert not found.closed
    assert found.end == len("“Kami siap. Kami menang.")


@given(st.text(alphabet='ab ,.?“”"', max_size=60))
def test_stretches_are_in_order_and_never_overlap(text: str) -> None:
    at = 0
    for found in find_quoted(text):
        assert at <= found.outer <= found.start <= found.end <= found.after <= len(text)
        at = found.after
