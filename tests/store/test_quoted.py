"""What a person was quoted with, by any word of the name, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.core.article import ArchivedQuotation, QuotationKey
from bot.core.publication import PublicationKind
from bot.core.query import MOST_FOUND, Question
from bot.store.archive import Archive
from bot.store.database import Database
from tests.store.samples import NOW, WIB, analysis, article, minutes_later

ADDRESS = "https://rm.id/baca-berita/nasional/7/contoh"


async def _said(archive: Archive, name: str) -> list[tuple[str, str | None]]:
    found = await archive.said(name, limit=50)
    return [(one.title, one.quotation.speaker) for one in found.items]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Wening", 2),
        ("rara", 2),
        ("WENING, Rara", 2),
        ("Rara Wéning", 1 + 1),
        ("Rara Sari", 0),
        ("Sari", 1),
        ("ra", 0),
        ("", 0),
        ("'; DROP TABLE quotations --", 0),
        ("a b c d e f g h i j", 0),
    ],
)
async def test_every_word_of_the_name_finds_it_whatever_case_order_and_accents(
    archive: Archive, name: str, found: int
) -> None:
    await archive.store(article(), analysis(speakers=("Rara Wening", "Sari Laut", "Rara Wening")), now=NOW)
    assert len(await _said(archive, name)) == found


async def test_the_newest_article_comes_first_and_its_quotations_in_their_order(archive: Archive) -> None:
    for number, minutes in enumerate((5, 15, 10)):
        printed = article(f"Berita {number}", published_at=minutes_later(minutes))
        await archive.store(printed, analysis(speakers=("Sari Laut", "Sari Laut")), now=NOW)
    found = await archive.said("sari", limit=4)
    assert [(one.title, one.quotation.text) for one in found.items] == [
        ("Berita 1", "Ucapan ke-0"),
        ("Berita 1", "Ucapan ke-1"),
        ("Berita 2", "Ucapan ke-0"),
        ("Berita 2", "Ucapan ke-1"),
    ]
    assert found.more
    rest = await archive.said("sari", limit=4, offset=4)
    assert [one.title for one in rest.items] == ["Berita 0", "Berita 0"]
    assert not rest.more


async def test_a_quotation_comes_with_its_source(archive: Archive) -> None:
    stored = await archive.store(article(url=ADDRESS), analysis(speakers=("Sari Laut",)), now=NOW)
    key = QuotationKey(stored.archived.id, 1, 0)
    found = await archive.quotation(key)
    assert found == ArchivedQuotation(
        key,
        stored.archived.analysis.quotations[0],
        article().title,
        "nasional",
        article().published_at.astimezone(NOW.tzinfo),
        ADDRESS,
    )
    assert (await archive.said("laut", limit=1)).items == (found,)
    assert await archive.quotation(replace(key, position=1)) is None
    assert await archive.quotation(replace(key, article_id=999)) is None


async def test_a_correction_takes_the_place_of_what_was_said_before(archive: Archive) -> None:
    printed = article(url=ADDRESS)
    stored = await archive.store(printed, analysis(speakers=("Sari Laut", "Rara Wening")), now=NOW)
    corrected = article(text="Pelabuhan ditutup.", url=ADDRESS, published_at=minutes_later(3))
    await archive.store(corrected, analysis(speakers=("Rara Wening",)), now=NOW)
    assert await _said(archive, "sari") == []
    (found,) = (await archive.said("rara", limit=5)).items
    assert (found.key.revision, found.key.position) == (2, 0)
    assert found.published_at == minutes_later(3)
    assert await archive.quotation(QuotationKey(stored.archived.id, 1, 0)) is None


async def test_several_articles_are_read_at_once_in_the_asked_order(archive: Archive) -> None:
    stored = [
        await archive.store(article(f"Berita {number}"), analysis(speakers=("Sari", "Rara")), now=NOW)
        for number in range(3)
    ]
    kept = [one.archived for one in stored]
    assert await archive.many([kept[2].id, 99, kept[0].id]) == (kept[2], kept[0])
    assert await archive.many([]) == ()


async def test_a_sections_articles_come_newest_first_page_by_page(archive: Archive) -> None:
    for number in range(5):
        section = "parpol" if number % 2 else "nasional"
        printed = article(f"Berita {number}", section=section, published_at=minutes_later(number))
        await archive.store(printed, analysis(), now=NOW)
    first = await archive.newest(section="nasional", limit=2)
    assert ([one.title for one in first.items], first.more) == (["Berita 4", "Berita 2"], True)
    second = await archive.newest(section="nasional", limit=2, offset=2)
    assert ([one.title for one in second.items], second.more) == (["Berita 0"], False)
    assert len((await archive.newest(limit=9)).items) == 5


async def test_a_search_is_narrowed_by_days_and_speakers(archive: Archive) -> None:
    for number, speaker in enumerate(("Sari Laut", "Rara Wening", "Rara Wening")):
        printed = article(f"Kapal {number} Sari", published_at=minutes_later(number * 1440))
        await archive.store(printed, analysis(speakers=(speaker,)), now=NOW)

    async def titles(question: Question) -> list[str]:
        found = await archive.search(question, limit=9)
        assert found.total == len(found.hits)
        return sorted(hit.title for hit in found.hits)

    second, third = minutes_later(1440), minutes_later(2880)
    assert await titles(Question("kapal", since=second)) == ["Kapal 1 Sari", "Kapal 2 Sari"]
    assert await titles(Question("kapal", until=second)) == ["Kapal 0 Sari"]
    assert await titles(Question("kapal", since=second, until=third)) == ["Kapal 1 Sari"]
    assert await titles(Question("", since=second, until=third)) == ["Kapal 1 Sari"]
    assert await titles(Question("", until=second.astimezone(WIB))) == ["Kapal 0 Sari"]
    assert await titles(Question("", speakers=("sari",))) == ["Kapal 0 Sari"]
    assert await titles(Question("kapal", speakers=("wening", "rara"), until=third)) == ["Kapal 1 Sari"]
    assert await titles(Question("", speakers=("wening laut",))) == []
    assert await titles(Question("!!!", since=second)) == []
    assert await titles(Question("")) == []


async def test_more_than_can_be_ranked_come_newest_first(archive: Archive, database: Database) -> None:
    stored = await archive.store(article(), analysis(), now=NOW)
    many = MOST_FOUND + 100
    async with database.writing() as connection:
        for statement in (_COPY, _COPY_SQLITE if not database.is_postgresql else _COPY_POSTGRESQL):
            await connection.execute(text(statement), {"first": stored.archived.id, "many": many})
    found = await archive.search("feri", limit=2)
    assert found.total == MOST_FOUND + 1
    assert [hit.id for hit in found.hits] == [stored.archived.id + many, stored.archived.id + many - 1]


# The numbers from 1 to :many, beside what each copy is made of.
_COPY = """
    INSERT INTO articles (id, identity, title_key, revision, title, section, published_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(:many AS integer))
    SELECT id + i, CAST(i AS text), title_key, revision, title, section, published_at
    FROM articles CROSS JOIN n WHERE id = :first
"""
_COPY_SQLITE = """
    INSERT INTO article_search (rowid, title, speakers, body)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
    SELECT rowid + i, title, speakers, body FROM article_search CROSS JOIN n WHERE rowid = :first
"""
_COPY_POSTGRESQL = """
    INSERT INTO article_search (article_id, words, published_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(:many AS integer))
    SELECT article_id + i, words, published_at FROM article_search CROSS JOIN n WHERE article_id = :first
"""


async def test_nobody_finds_what_was_withdrawn_and_everybody_what_was_given_back(archive: Archive) -> None:
    stored = await archive.store(article(url=ADDRESS), analysis(speakers=("Sari Laut",)), now=NOW)
    number = stored.archived.id
    await archive.retract(number, now=NOW)
    assert await _said(archive, "sari") == []
    assert await archive.quotation(QuotationKey(number, 1, 0)) is None
    assert (await archive.newest(limit=5)).items == ()
    assert (await archive.newest(section="nasional", limit=5)).items == ()
    assert await archive.many([number]) == ()
    since = Question("", since=minutes_later(-9))
    assert (await archive.search(since, limit=5)).hits == ()
    corrected = article(text="Pelabuhan ditutup.", url=ADDRESS)
    await archive.store(corrected, analysis(speakers=("Sari Laut",)), now=NOW)
    assert await _said(archive, "sari") == []
    await archive.publish(number, kind=PublicationKind.REGULAR, now=NOW)
    assert len(await _said(archive, "sari")) == 1
