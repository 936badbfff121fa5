import pytest

from bot.core.matching import printed_keys
from bot.core.topics import topic_of

MATCH = (
    "Gol pada babak kedua membawa Garuda Lembayung ke puncak klasemen.",
    "Pelatih memuji kipernya seusai pertandingan itu.",
)


@pytest.mark.parametrize(
    ("section", "topic"),
    [
        ("zona-sport", "olahraga"),
        ("parpol", "politik"),
        ("indonesianomics", "ekonomi"),
        ("ekonomi-bisnis", "ekonomi"),
        ("ngopi", "opini"),
    ],
)
def test_a_section_of_the_site_has_its_topic(section: str, topic: str) -> None:
    assert topic_of(section) == topic


def test_an_unknown_section_is_its_own_topic_in_readable_words() -> None:
    assert topic_of("gaya-hidup") == "gaya hidup"
    assert topic_of("-") is None


def test_the_section_decides_whatever_the_words_say() -> None:
    assert topic_of("kolom", printed_keys(MATCH)) == "opini"


def test_without_a_section_many_words_of_one_topic_decide() -> None:
    assert topic_of(None, printed_keys(MATCH)) == "olahraga"


def test_few_words_or_those_of_two_topics_decide_nothing() -> None:
    film = "Film tentang penyanyi dan artis itu diputar di bioskop, lagu dan konsernya laris."
    assert topic_of(None, printed_keys(MATCH[:1])) is None
    assert topic_of(None, printed_keys((*MATCH, film))) is None
    assert topic_of(None) is None
