from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import fold


def test_case_accents_and_apostrophes_inside_a_word_are_folded_away() -> None:
    assert fold("Ma’ruf Jum'at ERDOĞAN Mbappé") == "maruf jumat erdogan mbappe"


def test_an_apostrophe_at_the_edge_of_a_word_stays() -> None:
    assert fold("'Bank Keliling'") == "'bank keliling'"


def test_a_mark_that_stands_apart_from_its_letter_goes_too() -> None:
    assert fold("e\u0301a") == "ea"


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)
