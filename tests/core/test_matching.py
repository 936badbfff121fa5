import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.stemmers import finds, read_pairs
from bot.core.matching import LONGEST, keyword_key, printed_keys

PAIRS = read_pairs()


def test_there_are_enough_pairs_of_keyword_and_print_to_judge_by() -> None:
    wanted = [pair for pair in PAIRS if pair[0]]
    assert len(wanted) >= 150
    assert len(PAIRS) - len(wanted) >= 150
    assert len(set(PAIRS)) == len(PAIRS)


def test_a_keyword_is_found_in_its_inflected_forms() -> None:
    missed = [
        (keyword, printed) for wanted, keyword, printed in PAIRS if wanted and not finds(keyword, printed)
    ]
    # `pelaku`, `perilaku` forbid to take a particle off whatever begins with pe-.
    assert missed == [("Persija", "Persijalah")]


def test_a_keyword_is_not_found_in_words_of_another_meaning() -> None:
    found = [
        (keyword, printed) for wanted, keyword, printed in PAIRS if not wanted and finds(keyword, printed)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("keyword", "printed"),
    [
        ("Bantuan   Langsung Tunai", "Penerima bantuan langsung tunainya bertambah."),
        ("Jl. Sudirman", "Macet di Jl. Sudirman sejak pagi."),
        ("“harga beras”", "Harga beras"),
        ("#banjir", "Kabar #banjir hari ini"),
        (
            "Undang-Undang Perampasan Aset Tindak Pidana",
            "Rancangan undang-undang perampasan aset tindak pidana",
        ),
    ],
)
def test_a_keyword_is_read_as_it_is_typed(keyword: str, printed: str) -> None:
    assert finds(keyword, printed)


def test_a_phrase_does_not_reach_from_one_clause_or_text_into_the_next() -> None:
    keys = printed_keys(["Gula, beras, dan telur", "naik (harga", "beras) turun. Telur mahal"])
    assert (
        not {keyword_key(text) for text in ("gula beras", "telur naik", "naik harga", "turun telur")} & keys
    )
    assert keyword_key("telur mahal") in keys


@pytest.mark.parametrize("keyword", ["", " ", "!?", "—", "\u0301"])
def test_a_text_without_a_word_is_no_keyword(keyword: str) -> None:
    assert keyword_key(keyword) == ""


def test_a_long_keyword_is_kept_as_its_first_words() -> None:
    assert len(keyword_key("satu dua tiga empat lima enam").split()) == LONGEST


@given(st.lists(st.text("abdegikmnrsty-", min_size=1, max_size=12), min_size=1, max_size=LONGEST))
def test_whatever_is_typed_is_found_where_it_is_printed_alike(words: list[str]) -> None:
    keyword = " ".join(words)
    key = keyword_key(keyword)
    assert not key or key in printed_keys([f"ada {keyword} lagi"])


@given(st.text(max_size=60))
def test_any_text_can_be_typed_and_printed(text: str) -> None:
    key = keyword_key(text)
    assert key == keyword_key(f" {text.upper().lower()} ") or not text.isascii()
    assert "" not in printed_keys([text])
