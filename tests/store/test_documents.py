import json
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Block, BlockKind
from bot.store.documents import read_article, read_lines, write_article, write_lines
from tests.store.samples import article

any_text = st.text(st.characters(codec=None))
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
lines = st.lists(any_text, max_size=4).map(tuple)
articles = st.builds(
    Article,
    title=any_text,
    published_at=st.datetimes(timezones=zones),
    blocks=st.lists(st.builds(Block, st.sampled_from(BlockKind), any_text), max_size=5).map(tuple),
    kicker=st.none() | any_text,
    section=st.none() | any_text,
    byline=st.none() | any_text,
    captions=lines,
    related=lines,
    url=st.none() | any_text,
    page=st.integers(1, 9),
    has_next=st.booleans(),
    channel_link=st.none() | any_text,
    picture=st.none() | any_text,
)


@given(articles)
def test_any_article_survives_the_way_into_a_document_and_back(printed: Article) -> None:
    kept = read_article(write_article(printed))
    assert kept == printed
    assert kept.published_at.utcoffset() == printed.published_at.utcoffset()


@given(articles)
def test_a_document_is_plain_ascii_without_nul(printed: Article) -> None:
    document = write_article(printed)
    assert document.isascii()
    assert "\0" not in document


@given(lines)
def test_any_list_of_texts_survives(texts: tuple[str, ...]) -> None:
    assert read_lines(write_lines(texts)) == texts


def test_a_document_of_an_older_version_gets_the_defaults() -> None:
    document = json.loads(write_article(article()))
    for field in ("kicker", "captions", "related", "page", "picture"):
        del document[field]
    assert read_article(json.dumps(document)) == article()


def test_the_zone_that_was_printed_is_kept() -> None:
    wita = datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=8)))
    kept = read_article(write_article(article(published_at=wita)))
    assert kept.published_at.isoformat() == "2026-01-02T03:04:00+08:00"
