import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.addresses import canonical

RMID = "https://rm.id/baca-berita/nasional/181907/kapal-feri-kembali-berlayar"


@pytest.mark.parametrize(
    "written",
    [
        RMID,
        RMID.replace("https", "http"),
        RMID.replace("rm.id", "RM.id"),
        RMID.replace("rm.id", "www.rm.id"),
        RMID.replace("rm.id", "rm.id:443"),
        f"{RMID}/",
        f"{RMID}/2",
        f"{RMID}/2/",
        f"{RMID}?utm_source=telegram&page=3",
        f"{RMID}#komentar",
        f"  {RMID}\n",
    ],
)
def test_one_article_has_one_canonical_address(written: str) -> None:
    assert canonical(written) == "rm.id/baca-berita/nasional/181907/kapal-feri-kembali-berlayar"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RMID, RMID.replace("181907", "181908")),
        (RMID, RMID.replace("berlayar", "BERLAYAR")),
        ("https://koran.example/index.php?id=5", "https://koran.example/index.php?id=6"),
        ("https://koran.example/?p=5", "https://koran.example/?p=6"),
        ("https://koran.example/artikel/2", "https://koran.example/artikel/3"),
        ("https://koran.example:8080/a-1", "https://koran.example/a-1"),
    ],
)
def test_two_articles_keep_two_addresses(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_the_page_number_of_a_split_article_is_left_out_on_any_site() -> None:
    assert canonical("https://koran.example/kapal-feri/3", page=3) == canonical(
        "https://koran.example/kapal-feri"
    )


@pytest.mark.parametrize(
    "written",
    [
        "https://m.koran.example/nasional/feri-12",
        "http://mobile.koran.example/nasional/feri-12",
        "https://amp.koran.example/nasional/feri-12",
        "https://koran.example/amp/nasional/feri-12",
        "https://www.koran.example/nasional/feri-12/amp/",
        "https://koran.example/nasional/feri-12?amp=1",
    ],
)
def test_mobile_and_amp_pages_are_the_article_itself(written: str) -> None:
    assert canonical(written) == "koran.example/nasional/feri-12"


def test_an_amp_file_is_the_plain_file() -> None:
    assert canonical("https://koran.example/feri.amp.html") == canonical("https://koran.example/feri.html")


def test_a_host_that_is_no_more_than_a_make_stays() -> None:
    assert canonical("https://m.id/feri-1") != canonical("https://id/feri-1")


@pytest.mark.parametrize("tail", ["utm_source=x", "fbclid=a1", "gclid=b", "utm_medium=y&igshid=c"])
def test_what_counts_clicks_goes_even_where_the_query_names_the_article(tail: str) -> None:
    plain = canonical("https://koran.example/index.php?id=5")
    assert canonical(f"https://koran.example/index.php?id=5&{tail}") == plain
    assert canonical(f"https://koran.example/index.php?{tail}&id=5") == plain


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert canonical(text) == canonical(text)
