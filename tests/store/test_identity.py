from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Block, BlockKind
from bot.store.identity import content_hash, identity, title_key
from tests.store.samples import PRINTED_AT, article


@given(st.text())
def test_what_is_no_address_still_has_a_key(text: str) -> None:
    assert len(identity(article(url=text))) == 64


def test_without_an_address_title_and_minute_name_the_article() -> None:
    first = article("Kapal Feri, Kembali Berlayar!")
    assert identity(first) == identity(article("KAPAL FERI “kembali” berlayar", text="Lain."))
    assert identity(first) == identity(replace(first, published_at=PRINTED_AT + timedelta(seconds=59)))
    assert identity(first) != identity(replace(first, published_at=PRINTED_AT + timedelta(minutes=1)))
    assert identity(first) != identity(article("Kapal Feri Batal Berlayar"))


def test_a_title_without_a_word_is_its_own_key() -> None:
    assert title_key(" ?!  😀 ") == "?! 😀"


NOT_CONTENT = {"url", "section", "page", "has_next", "channel_link", "picture"}
OTHER: dict[str, object] = {
    "title": "Lain",
    "published_at": PRINTED_AT + timedelta(minutes=1),
    "blocks": (Block(BlockKind.SUBHEAD, "Pelabuhan dibuka lagi."),),
    "kicker": "Lain",
    "section": "lain",
    "byline": "Lain",
    "captions": ("Lain",),
    "related": ("Lain",),
    "url": "https://rm.id/baca-berita/nasional/181907/kapal-feri-kembali-berlayar",
    "page": 2,
    "has_next": True,
    "channel_link": "https://t.me/lain",
    "picture": "https://rm.id/images/lain.jpg",
}


@pytest.mark.parametrize("field", [field.name for field in fields(Article)])
def test_the_content_is_what_was_printed_wherever_it_stood(field: str) -> None:
    changed = replace(article(), **{field: OTHER[field]})  # type: ignore[arg-type]
    assert (content_hash(changed) == content_hash(article())) is (field in NOT_CONTENT)


def test_the_zone_that_was_printed_does_not_change_the_content() -> None:
    elsewhere = replace(article(), published_at=PRINTED_AT.astimezone())
    assert content_hash(elsewhere) == content_hash(article())
