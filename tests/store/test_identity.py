from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Block, BlockKind
from bot.store.identity import canonical, content_hash, identity, title_key
from tests.store.samples import PRINTED_AT, article

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


@given(st.text())
def test_what_is_no_address_still_has_a_key(text: str) -> None:
    assert canonical(text) == canonical(text)
    assert len(identity(article(url=text))) == 64


def test_without_an_address_title_and_minute_name_the_article() -> None:
    first = article("Kapal Feri, Kembali Berlayar!")
    assert identity(first) == identity(article("KAPAL FERI “kembali” berlayar", text="Lain."))
    assert identity(first) == identity(replace(first, published_at=PRINTED_AT + timedelta(seconds=59)))
    assert identity(first) != identity(replace(first, published_at=PRINTED_AT + timedelta(minutes=1)))
    assert identity(first) != identity(article("Kapal Feri Batal Berlayar"))


def test_a_title_without_a_word_is_its_own_key() -> None:
    assert title_key(" ?!  😀 ") == "?! 😀"


NOT_CONTENT = {"url", "section", "page", "has_next", "channel_link"}
OTHER: dict[str, object] = {
    "title": "Lain",
    "published_at": PRINTED_AT + timedelta(minutes=1),
    "blocks": (Block(BlockKind.SUBHEAD, "Pelabuhan dibuka lagi."),),
    "kicker": "Lain",
    "section": "lain",
    "byline": "Lain",
    "captions": ("Lain",),
    "related": ("Lain",),
    "url": RMID,
    "page": 2,
    "has_next": True,
    "channel_link": "https://t.me/lain",
}


@pytest.mark.parametrize("field", [field.name for field in fields(Article)])
def test_the_content_is_what_was_printed_wherever_it_stood(field: str) -> None:
    changed = replace(article(), **{field: OTHER[field]})  # type: ignore[arg-type]
    assert (content_hash(changed) == content_hash(article())) is (field in NOT_CONTENT)


def test_the_zone_that_was_printed_does_not_change_the_content() -> None:
    elsewhere = replace(article(), published_at=PRINTED_AT.astimezone())
    assert content_hash(elsewhere) == content_hash(article())
