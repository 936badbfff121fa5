"""Databases that older versions of this program filled, brought up to date with what is in them."""

from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.core.article import Quotation
from bot.core.preferences import EVERY_ARTICLE
from bot.core.query import Question
from bot.store.address import read_address
from bot.store.archive import Archive
from bot.store.documents import write_article
from bot.store.ledger_tables import deliveries
from bot.store.schema import MIGRATIONS
from bot.store.subscribers import Subscribers
from tests.store.samples import article
from tests.store.servers import opened

PRINTED = article(url="https://rm.id/baca-berita/nasional/1/contoh")


async def _old(url: str, version: str, *statements: str) -> None:
    """Makes a database of ``version`` with one article in two revisions, then runs ``statements``."""

    def fill(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for number in (1, 2):
            connection.execute(text(_ARTICLE.format(number=number)))
            for revision in (1, 2):
                connection.execute(
                    text(_REVISION.format(number=number, revision=revision)),
                    {"document": write_article(PRINTED)},
                )
        for statement in statements:
            connection.execute(text(statement))

    engine = create_async_engine(read_address(url))
    async with engine.begin() as connection:
        await connection.run_sync(fill)
    await engine.dispose()


_ARTICLE = """
    INSERT INTO articles (id, identity, title_key, revision, title, section, published_at)
    VALUES ({number}, 'i{number}', 'kapal', 2, 'Kapal Feri', 'nasional', '2026-03-04 00:05:00.000000+00:00')
"""
_REVISION = """
    INSERT INTO article_revisions
    (article_id, revision, content_hash, document, summary, keywords, stored_at)
    VALUES ({number}, {revision}, '', :document, '[]', '[]', '2026-03-04 00:06:00.000000+00:00')
"""
_SAID = """
    INSERT INTO quotations (article_id, revision, position, paragraph, speaker, text)
    VALUES ({article_id}, {revision}, {position}, 0, '{speaker}', 'Kami berlayar lagi')
"""
_IN_A_STORY = "INSERT INTO article_stories (article_id, story_id, key) VALUES (1, 1, '')"


def _said(article_id: int, revision: int, position: int, speaker: str) -> str:
    return _SAID.format(article_id=article_id, revision=revision, position=position, speaker=speaker)


async def test_what_was_quoted_before_names_were_indexed_is_found_by_name(new_url: str) -> None:
    await _old(
        new_url,
        "0005",
        _said(1, 1, 0, "Bramantyo Lama"),
        _said(1, 2, 0, "Sekar Panuluh"),
        _said(1, 2, 1, "Tirta Tirta"),
    )
    async with opened(new_url) as database:
        archive = Archive(database)
        found = await archive.said("panuluh sekar", limit=5)
        assert [(one.key.revision, one.key.position) for one in found.items] == [(2, 0)]
        assert found.items[0].published_at == PRINTED.published_at
        assert found.items[0].url == PRINTED.url
        assert len((await archive.said("tirta", limit=5)).items) == 1
        # Only the newest revision counts.
        assert not (await archive.said("bramantyo", limit=5)).items


async def test_nobody_finds_by_name_what_was_withdrawn_before_names_were_indexed(new_url: str) -> None:
    await _old(
        new_url,
        "0005",
        _said(1, 2, 0, "Sekar Panuluh"),
        _said(2, 2, 0, "Sekar Panuluh"),
        "UPDATE articles SET retracted_at = '2026-03-05 00:00:00.000000+00:00' WHERE id = 2",
    )
    async with opened(new_url) as database:
        found = await Archive(database).said("sekar", limit=5)
    assert [one.key.article_id for one in found.items] == [1]


async def test_what_was_indexed_before_speakers_were_marked_is_found_by_speaker_word_and_day(
    new_url: str,
) -> None:
    indexed = _TSVECTOR if new_url.startswith("postgresql") else _FTS5
    await _old(new_url, "0007", _IN_A_STORY, indexed)
    day = PRINTED.published_at
    async with opened(new_url) as database:
        archive = Archive(database)

        async def found(question: Question) -> int:
            return (await archive.search(question, limit=5)).total

        assert await found(Question("feri")) == 1
        assert await found(Question("", speakers=("sari laut",))) == 1
        assert await found(Question("", speakers=("feri",))) == 0
        assert await found(Question("feri", since=day, until=day + timedelta(minutes=1))) == 1
        assert await found(Question("feri", until=day)) == 0


_FTS5 = "INSERT INTO article_search (rowid, title, speakers, body) VALUES (1, 'kapal', 'sari laut', 'feri')"
_TSVECTOR = (
    "INSERT INTO article_search (article_id, words) SELECT 1, setweight(to_tsvector('simple', 'kapal'), 'A')"
    " || setweight(to_tsvector('simple', 'sari laut'), 'B') || to_tsvector('simple', 'feri laut')"
)


async def test_what_was_quoted_before_vox_pops_were_told_apart_stays_a_quotation(new_url: str) -> None:
    await _old(new_url, "0004", _said(1, 2, 0, "Sekar Panuluh"), _IN_A_STORY)
    async with opened(new_url) as database:
        known = await Archive(database).by_id(1)
    assert known is not None
    assert known.analysis.quotations == (Quotation("Kami berlayar lagi", "Sekar Panuluh", None, None, 0),)
    assert known.analysis.vox_pops == ()


async def test_whoever_read_before_there_were_choices_goes_on_getting_every_article(new_url: str) -> None:
    await _old(
        new_url,
        "0007",
        "INSERT INTO subscribers (chat_id, kind, language, subscribed, reachable, silent, joined_at)"
        " VALUES (7, 'private', 'id', true, true, false, '2026-03-04 00:00:00.000000+00:00')",
    )
    async with opened(new_url) as database:
        reader = await Subscribers(database).get(7)
        assert reader is not None
        assert reader.active
        assert reader.preferences == EVERY_ARTICLE
        assert await Subscribers(database).keywords(7) == ()


async def test_what_was_due_again_after_a_kill_is_known_to_have_been_killed(new_url: str) -> None:
    await _old(new_url, "0013", _PUBLICATION, _DELIVERIES)
    killed = select(deliveries.c.chat_id, deliveries.c.killed_at).where(deliveries.c.killed_at.is_not(None))
    killed = killed.order_by(deliveries.c.chat_id)
    async with opened(new_url) as database, database.reading() as connection:
        found = [tuple(row) for row in await connection.execute(killed)]
    assert found == [(chat_id, datetime(2026, 3, 4, 0, 7, tzinfo=UTC)) for chat_id in (1, 5, 6)]


_PUBLICATION = """
    INSERT INTO publications (id, article_id, revision, kind, priority, state, announced_at)
    VALUES (1, 1, 2, 'breaking', 2, 'running', '2026-03-04 00:06:00.000000+00:00')
"""
_DELIVERIES = """
    INSERT INTO deliveries (publication_id, chat_id, state, attempts, attempted_at, cause) VALUES
    (1, 1, 'pending', 1, '2026-03-04 00:07:00.000000+00:00', 'its worker ended before the answer came'),
    (1, 2, 'pending', 1, '2026-03-04 00:07:00.000000+00:00', 'Too Many Requests'),
    (1, 3, 'unknown', 1, '2026-03-04 00:07:00.000000+00:00', 'its worker ended before the answer came'),
    (1, 4, 'sent', 1, '2026-03-04 00:07:00.000000+00:00', NULL),
    (1, 5, 'claimed', 1, '2026-03-04 00:07:00.000000+00:00', 'its worker ended before the answer came'),
    (1, 6, 'attempting', 2, '2026-03-04 00:07:00.000000+00:00', 'its worker ended before the answer came'),
    (1, 7, 'attempting', 1, '2026-03-04 00:07:00.000000+00:00', NULL)
"""
