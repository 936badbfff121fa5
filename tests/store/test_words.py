import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.words import LONGEST, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kapal Feri Berlayar", ["kapal", "feri", "berlayar"]),
        ("12/9", ["12", "9"]),
        ("C++", ["c"]),
        ("Covid-19, anak-anak", ["covid", "19", "anak", "anak"]),
        ("Jum'at Jum’at Jumat", ["jumat", "jumat", "jumat"]),
        ("'kutipan' ‘kutipan’", ["kutipan", "kutipan"]),
        ("Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("ﬁnal STRASSE straße", ["final", "strasse", "strasse"]),
        ("snake_case", ["snake", "case"]),
        ("😀 … “” — \0", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_without_case_accents_or_apostrophes(
    text: str, found: list[str]
) -> None:
    assert words(text) == found


def test_an_endless_word_is_cut() -> None:
    assert [len(word) for word in words("a" * 1000)] == [LONGEST]


@given(st.text(st.characters(codec=None)))
def test_the_words_of_words_are_the_same(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found
