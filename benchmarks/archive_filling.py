"""A made-up archive with readers, written in bulk: words and names as unevenly spread as in a newspaper."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Article, Block, BlockKind, Quotation
from bot.store.article_tables import (
    article_keywords,
    article_openings,
    article_revisions,
    article_stories,
    articles,
    quotation_names,
    quotations,
)
from bot.store.database import Database
from bot.store.documents import write_article, write_lines

FIRST = datetime(2016, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=50)
SECTIONS = tuple(f"rubrik-{number}" for number in range(16))
QUOTED = 4
TOLD = 4
"""Articles of one story."""
WORDS_IN_BODY = 240
POOL = 4_000
"""Different bodies; each article has one of them under a title of its own."""

_SYLLABLES = [
    "ba",
    "ca",
    "da",
    "ga",
    "ha",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
    "bi",
    "di",
    "gi",
    "ki",
    "li",
    "mi",
    "ni",
    "pi",
    "ri",
    "si",
    "ti",
    "bu",
    "du",
    "ku",
    "lu",
    "mu",
    "nu",
]


def vocabulary(size: int, seed: int) -> list[str]:
    """Words of two to four syllables, each once."""
    made = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(made.choices(_SYLLABLES, k=made.randint(2, 4)))] = None
    return list(found)


class Words:
    """Words by Zipf's law: the most frequent one is every tenth or so."""

    def __init__(self, size: int, seed: int) -> None:
        self.words = vocabulary(size, seed)
        self._weights = list(accumulate(1 / place for place in range(1, size + 1)))
        self._random = random.Random(seed)

    def some(self, count: int) -> list[str]:
        return self._random.choices(self.words, cum_weights=self._weights, k=count)


WORDS = Words(40_000, 1)
FORENAMES = Words(3_000, 2)
SURNAMES = Words(12_000, 3)


PARAGRAPHS = [" ".join(WORDS.some(40)).capitalize() + "." for _ in range(2_000)]


def _name() -> str:
    return f"{FORENAMES.some(1)[0]} {SURNAMES.some(1)[0]}".title()


async def fill(database: Database, count: int, readers: int) -> None:
    """Fills the empty ``database`` with ``count`` articles and ``readers`` readers."""
    async with database.writing() as connection:
        await connection.execute(text(_READERS), {"count": readers})
        await _pool(connection, database.is_postgresql)
        if database.is_postgresql:
            await connection.execute(text("DROP INDEX article_search_words"))
    numbers = iter(range(1, count + 1))
    while chunk := list(islice(numbers, 5_000)):
        async with database.writing() as connection:
            await _write(connection, chunk, postgresql=database.is_postgresql)
    async with database.writing() as connection:
        if database.is_postgresql:
            await connection.execute(
                text("CREATE INDEX article_search_words ON article_search USING gin (words)")
            )
        await connection.execute(text("DROP TABLE pool"))
    async with database.reading() as connection:
        await connection.execute(text("ANALYZE"))


async def _pool(connection: AsyncConnection, postgresql: bool) -> None:
    kind = "tsvector" if postgresql else "text"
    await connection.execute(text(f"CREATE TABLE pool (id integer PRIMARY KEY, body {kind})"))
    value = "to_tsvector('simple', :body)" if postgresql else ":body"
    await connection.execute(
        text(f"INSERT INTO pool (id, body) VALUES (:id, {value})"),  # noqa: S608
        [{"id": place, "body": " ".join(WORDS.some(WORDS_IN_BODY))} for place in range(POOL)],
    )


async def _write(connection: AsyncConnection, chunk: list[int], *, postgresql: bool) -> None:
    made = list(map(_article, chunk))
    await connection.execute(
        insert(articles),
        [
            {
                "id": number,
                "identity": str(number),
                "title_key": article.title.lower(),
                "revision": 1,
                "title": article.title,
                "section": article.section,
                "published_at": article.published_at,
            }
            for number, article, _ in made
        ],
    )
    await connection.execute(
        insert(article_revisions),
        [
            {
                "article_id": number,
                "revision": 1,
                "content_hash": "",
                "document": write_article(article),
                "summary": write_lines(article.paragraphs[:2]),
                "keywords": write_lines(()),
                "stored_at": article.published_at,
            }
            for number, article, _ in made
        ],
    )
    await connection.execute(
        insert(article_stories),
        [
            {"article_id": number, "story_id": number - (number - 1) % TOLD, "key": b""}
            for number, _, _ in made
        ],
    )
    await connection.execute(insert(quotations), list(_quotations(made)))
    await connection.execute(insert(quotation_names), list(_names(made)))
    await connection.execute(
        insert(article_keywords),
        [
            {"keyword": word, "article_id": number}
            for number, _, _ in made
            for word in dict.fromkeys(WORDS.some(8))
        ],
    )
    today = datetime.now(UTC).date()
    await connection.execute(
        insert(article_openings),
        [
            {"day": today - timedelta(days=number % 3), "article_id": number, "count": number % 97 + 1}
            for number, _, _ in made
            if number % 20 == 0
        ],
    )
    await connection.execute(
        text(_SEARCH_POSTGRESQL if postgresql else _SEARCH_SQLITE),
        [_searched(number, article, found) for number, article, found in made],
    )


def _searched(number: int, article: Article, found: tuple[Quotation, ...]) -> dict[str, object]:
    speakers = " ".join({said.speaker or "" for said in found}).lower()
    marked = " ".join(f"@{word}" for word in speakers.split())
    return {
        "id": number,
        "title": article.title.lower(),
        "speakers": speakers,
        "marked": marked,
        "pool": number % POOL,
    }


Made = tuple[int, Article, tuple[Quotation, ...]]


def _article(number: int) -> Made:
    paragraphs = (PARAGRAPHS[(number * 7 + place * 131) % len(PARAGRAPHS)] for place in range(6))
    article = Article(
        title=" ".join(WORDS.some(8)).capitalize(),
        published_at=FIRST + number * STEP,
        blocks=tuple(Block(BlockKind.PARAGRAPH, words) for words in paragraphs),
        section=SECTIONS[number % len(SECTIONS)],
        url=f"https://rm.id/baca-berita/nasional/{number}/contoh",
    )
    who = [_name() for _ in range(2)]
    found = tuple(
        Quotation(" ".join(WORDS.some(25)), who[place % 2], "juru bicara", "kata", place)
        for place in range(QUOTED)
    )
    return number, article, found


def _quotations(made: list[Made]) -> Iterator[dict[str, object]]:
    for number, _, found in made:
        for position, said in enumerate(found):
            yield {
                "article_id": number,
                "revision": 1,
                "position": position,
                "paragraph": position,
                "vox_pop": False,
                "speaker": said.speaker,
                "role": said.role,
                "cue": said.cue,
                "text": said.text,
            }


def _names(made: list[Made]) -> Iterator[dict[str, object]]:
    for number, article, found in made:
        for position, said in enumerate(found):
            for word in dict.fromkeys((said.speaker or "").lower().split()):
                yield {
                    "word": word,
                    "published_at": article.published_at,
                    "article_id": number,
                    "position": position,
                }


_READERS = """
    INSERT INTO subscribers (chat_id, kind, language, subscribed, reachable, silent, joined_at)
    WITH RECURSIVE reader (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM reader WHERE number < CAST(:count AS integer)
    )
    SELECT number, 'private', 'id', true, true, false, CURRENT_TIMESTAMP FROM reader
"""
_SEARCH_SQLITE = """
    INSERT INTO article_search (rowid, title, speakers, body)
    SELECT :id, :title, :speakers, body FROM pool WHERE id = :pool
"""
_SEARCH_POSTGRESQL = """
    INSERT INTO article_search (article_id, words, published_at)
    SELECT articles.id, setweight(to_tsvector('simple', :title), 'A')
    || setweight(to_tsvector('simple', :speakers), 'B')
    || array_to_tsvector(string_to_array(CAST(:marked AS text), ' ')) || body, published_at
    FROM articles, pool WHERE articles.id = CAST(:id AS bigint) AND pool.id = CAST(:pool AS integer)
"""
