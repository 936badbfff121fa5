from dataclasses import replace
from typing import Any

from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text

from bot.core.article import Article
from bot.core.outcome import Sent, Unknown
from bot.core.publication import PublicationKind
from bot.core.stories import StoryKey
from bot.store.archive import Archive, Stored
from bot.store.article_tables import article_pages, article_stories, story_terms
from bot.store.columns import metadata
from bot.store.database import Database
from bot.store.schema import MIGRATIONS
from bot.store.stories import read_key, write_key
from tests.core.test_stories import ANOTHER_FLOOD, FLOOD, FOLLOW_UP
from tests.store.ledger import Ledger
from tests.store.samples import NOTHING_FOUND, NOW, minutes_later
from tests.store.servers import opened
from tests.store.test_plans import listened

DAY = 24 * 60


async def _store(archive: Archive, told: Article, *, minutes: int = 0) -> Stored:
    return await archive.store(replace(told, published_at=minutes_later(minutes)), NOTHING_FOUND, now=NOW)


async def _ids(archive: Archive, article_id: int) -> list[int]:
    return [headline.id for headline in await archive.story(article_id)]


async def test_articles_about_one_event_are_one_story_oldest_first(archive: Archive) -> None:
    later = await _store(archive, FOLLOW_UP, minutes=DAY)
    other = await _store(archive, ANOTHER_FLOOD, minutes=DAY)
    earlier = await _store(archive, FLOOD)
    assert later.archived.story_id == earlier.archived.story_id == later.archived.id
    assert other.archived.story_id == other.archived.id
    for article_id in (later.archived.id, earlier.archived.id):
        assert await _ids(archive, article_id) == [earlier.archived.id, later.archived.id]
    assert await _ids(archive, other.archived.id) == [other.archived.id]
    headline, _ = await archive.story(later.archived.id)
    assert (headline.title, headline.published_at) == (FLOOD.title, minutes_later(0))


async def test_an_article_comes_back_with_its_story(archive: Archive) -> None:
    first = await _store(archive, FLOOD)
    second = await _store(archive, FOLLOW_UP, minutes=DAY)
    kept = await archive.by_id(second.archived.id)
    assert kept == second.archived
    assert kept.story_id == first.archived.id


async def test_there_is_no_story_of_an_article_that_does_not_exist(archive: Archive) -> None:
    assert await archive.story(99) == ()


async def test_articles_far_apart_in_time_are_two_stories(archive: Archive) -> None:
    first = await _store(archive, FLOOD)
    second = await _store(archive, FOLLOW_UP, minutes=5 * DAY)
    assert second.archived.story_id != first.archived.story_id


async def test_a_story_goes_on_through_its_newest_article(archive: Archive) -> None:
    stored = [await _store(archive, FLOOD, minutes=day * DAY) for day in (0, 3, 6)]
    assert await _ids(archive, stored[0].archived.id) == [1, 2, 3]


async def test_a_correction_stays_in_its_story_and_is_found_by_its_new_text(archive: Archive) -> None:
    address = "https://rm.id/baca-berita/nasional/181907/tanggul"
    first = await _store(archive, replace(ANOTHER_FLOOD, url=address))
    revised = await _store(archive, replace(FLOOD, url=address))
    assert revised.archived.story_id == first.archived.story_id
    assert (await _store(archive, FOLLOW_UP, minutes=60)).archived.story_id == first.archived.id
    assert (await _store(archive, ANOTHER_FLOOD, minutes=60)).archived.story_id != first.archived.id


async def test_further_reading_leads_to_a_story_that_the_text_alone_would_not_find(archive: Archive) -> None:
    report = replace(FOLLOW_UP, blocks=FLOOD.blocks[2:3], title="Gudang Kapuk Penuh")
    first = await _store(archive, FLOOD)
    named = replace(report, related=("Musim Mangga Tiba", f"{FLOOD.title}. "))
    assert (await _store(archive, named, minutes=60)).archived.story_id == first.archived.id


async def test_an_article_without_a_single_word_is_a_story_of_its_own(archive: Archive) -> None:
    for minutes in (0, 1):
        stored = await _store(archive, replace(FLOOD, title="!", blocks=()), minutes=minutes)
        assert stored.archived.story_id == stored.archived.id


async def test_articles_at_the_ends_of_the_calendar_can_be_stored(archive: Archive) -> None:
    for year in (1, 9999):
        moment = minutes_later(0).replace(year=year, month=1 if year == 1 else 12, day=2 if year == 1 else 30)
        stored = await archive.store(replace(FLOOD, published_at=moment), NOTHING_FOUND, now=NOW)
        assert stored.archived.story_id == stored.archived.id


terms = st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 255)), max_size=32).map(tuple)


@given(st.builds(StoryKey, terms, terms))
def test_a_key_survives_the_way_through_the_database(key: StoryKey) -> None:
    assert read_key(write_key(key)) == key


MANY = 20_000


async def test_a_story_is_found_by_index_however_many_articles_there_are(new_url: str) -> None:
    async with opened(new_url) as database:
        archive = Archive(database)
        first = await _store(archive, FLOOD)
        async with database.writing() as connection:
            await connection.execute(text(_CROWD), {"first": first.archived.id, "many": MANY})
            await connection.execute(text(_THEIR_STORIES), {"first": first.archived.id})
            await connection.execute(text(_THEIR_TERMS), {"first": first.archived.id})
            await connection.execute(text("ANALYZE"))
        with listened(database) as statements:
            second = await _store(archive, replace(FOLLOW_UP, related=("Musim Mangga Tiba",)), minutes=DAY)
            await archive.story(second.archived.id)
        asked = [one for one in statements if "stor" in one[0] and one[0].startswith("SELECT")]
        assert len(asked) >= 2
        for statement, values in asked:
            plan = await _plan(database, statement, values)
            assert not [line for line in plan if _reads_all(line)], "\n".join((statement, *plan))


async def _plan(database: Database, statement: str, values: Any) -> list[str]:
    asked = "EXPLAIN" if database.is_postgresql else "EXPLAIN QUERY PLAN"
    async with database.reading() as connection:
        return [str(row[-1]) for row in await connection.exec_driver_sql(f"{asked} {statement}", values)]


def _reads_all(line: str) -> bool:
    tables = ("article_stories", "story_terms", "articles")
    return any(f"Seq Scan on {table}" in line or line.startswith(f"SCAN {table}") for table in tables)


_CROWD = """
    WITH RECURSIVE other (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM other WHERE number < CAST(:many AS integer)
    )
    INSERT INTO articles (id, identity, title_key, revision, title, section, published_at)
    SELECT :first + 100000 + number, 'x' || number, 'y' || number, 1, 'z', 'nasional', published_at
    FROM other, articles WHERE id = :first
"""
_THEIR_STORIES = """
    INSERT INTO article_stories (article_id, story_id, key)
    SELECT articles.id, articles.id, key FROM articles, article_stories
    WHERE articles.id > :first AND article_id = :first
"""
_THEIR_TERMS = """
    INSERT INTO story_terms (term, published_at, article_id)
    SELECT term, story_terms.published_at, id FROM articles, story_terms
    WHERE articles.id > :first AND article_id = :first
"""


async def test_articles_from_before_there_were_stories_are_stories_of_their_own(new_url: str) -> None:
    async with opened(new_url) as database:
        archive = Archive(database)
        await _store(archive, FLOOD)
        await _store(archive, FOLLOW_UP, minutes=60)
        async with database.writing() as connection:
            for table in (story_terms, article_stories, article_pages):
                await connection.execute(text(f"DROP TABLE {table.name}"))
            await connection.run_sync(_upgrade_from_before)
        assert [await _ids(archive, number) for number in (1, 2)] == [[1], [2]]
        # Found by nothing, but read as ever.
        third = await _store(archive, FOLLOW_UP, minutes=120)
        assert await _ids(archive, third.archived.id) == [3]
        kept = await archive.by_id(1)
        assert kept is not None
        assert kept.story_id == 1


def _upgrade_from_before(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    command.upgrade(config, "0004")


async def test_a_deleted_article_leaves_nothing_of_its_story_behind(
    archive: Archive, database: Database
) -> None:
    await _store(archive, FLOOD)
    async with database.writing() as connection:
        await connection.execute(metadata.tables["articles"].delete())
        for table in (article_stories, story_terms):
            assert await connection.scalar(select(func.count()).select_from(table)) == 0


async def test_a_follow_up_answers_the_first_message_of_its_story_in_each_chat(ledger: Ledger) -> None:
    await ledger.join([1, 2])
    first = (await _store(ledger.archive, FLOOD)).archived
    await ledger.fill(await ledger.publications.announce(first.id, 1, kind=PublicationKind.REGULAR, now=NOW))
    reached, missed = await ledger.take()
    assert (reached.answers, missed.answers) == (None, None)
    await ledger.close(reached.id, Sent(70))
    await ledger.close(missed.id, Unknown("putus"))
    told = (await _store(ledger.archive, FOLLOW_UP, minutes=DAY)).archived
    urgent = await ledger.publications.announce(told.id, 1, kind=PublicationKind.BREAKING, now=NOW)
    await ledger.fill(urgent)
    assert [(due.chat_id, due.answers) for due in await ledger.claim()] == [(1, 70), (2, None)]
