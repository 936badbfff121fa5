"""The stories of the archive: finding the one that an article belongs to, by index, and keeping its key."""

import struct
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Select, bindparam, delete, func, insert, select, union, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Article, Headline
from bot.core.stories import WINDOW, Candidate, StoryKey, Terms, find_story, story_key
from bot.store.article_tables import SHOWN, article_stories, articles, story_terms
from bot.store.identity import title_key

_NEWEST_WITH_A_TERM = 200
"""Articles of the window weighed for each term; a term that more of them hold tells little."""

_FEWEST_SHARED, _MOST_CANDIDATES = 2, 40
_FIRST_MOMENT, _LAST_MOMENT = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_TERM = struct.Struct("<IB")


async def join_story(connection: AsyncConnection, article_id: int, article: Article) -> int:
    """Puts a new article into the story of those it tells of the same event with, or into one of its own.

    Returns the story's id, which is the id of the article that began it.
    """
    key = story_key(article)
    story_id = find_story(key, await _candidates(connection, article, key)) or article_id
    joined = {"article_id": article_id, "story_id": story_id, "key": write_key(key)}
    await connection.execute(insert(article_stories), joined)
    await _write_terms(connection, article_id, article, key)
    return story_id


async def renew_key(connection: AsyncConnection, article_id: int, article: Article) -> None:
    """Lets a revised article be found by its new text; it stays in its story."""
    key = story_key(article)
    await connection.execute(
        update(article_stories).where(article_stories.c.article_id == article_id).values(key=write_key(key))
    )
    await connection.execute(delete(story_terms).where(story_terms.c.article_id == article_id))
    await _write_terms(connection, article_id, article, key)


async def find_members(connection: AsyncConnection, article_id: int) -> tuple[Headline, ...]:
    """The articles of the story that ``article_id`` is in, oldest first; what was retracted is left out."""
    its_story = select(article_stories.c.story_id).where(article_stories.c.article_id == article_id)
    rows = await connection.execute(
        select(articles.c.id, articles.c.title, articles.c.section, articles.c.published_at)
        .join(article_stories, article_stories.c.article_id == articles.c.id)
        .where(article_stories.c.story_id == its_story.scalar_subquery(), SHOWN)
        .order_by(articles.c.published_at, articles.c.id)
    )
    return tuple(Headline(*row) for row in rows)


def write_key(key: StoryKey) -> bytes:
    """``key`` in at most 321 bytes: how many names, then five bytes for each term."""
    terms = b"".join(_TERM.pack(*term) for term in key.names + key.words)
    return bytes([len(key.names)]) + terms


def read_key(written: bytes) -> StoryKey:
    """The key that ``write_key`` wrote."""
    terms: Terms = tuple(_TERM.iter_unpack(written[1:]))
    return StoryKey(terms[: written[0]], terms[written[0] :])


async def _write_terms(connection: AsyncConnection, article_id: int, article: Article, key: StoryKey) -> None:
    rows = [
        {"term": term, "published_at": article.published_at, "article_id": article_id} for term in key.telling
    ]
    if rows:
        await connection.execute(insert(story_terms), rows)


async def _candidates(connection: AsyncConnection, article: Article, key: StoryKey) -> list[Candidate]:
    named = set(map(title_key, article.related))
    if not key.telling and not named:
        return []
    first, last = _around(article.published_at)
    terms = {f"term_{number}": term for number, term in enumerate(key.telling)}
    rows = await connection.execute(
        _looking_for(len(key.telling), bool(named)),
        terms | {"first": first, "last": last, "named": sorted(named)},
    )
    return [
        Candidate(
            story_id=row.story_id,
            key=read_key(row.key),
            apart=article.published_at - row.published_at,
            named=row.title_key in named,
        )
        for row in rows
    ]


@cache
def _looking_for(terms: int, named: bool) -> Select[tuple[str, datetime, int, bytes]]:
    """The articles that share enough of so many terms or, with ``named``, have one of the titles.

    Built once for each number of terms: to build it takes longer than to run it.
    """
    found = [_sharing(terms)] if terms else []
    if named:
        titles = bindparam("named", expanding=True, type_=articles.c.title_key.type)
        found.append(select(articles.c.id).where(articles.c.title_key.in_(titles)))
    # A union, not an OR, which PostgreSQL would answer by reading all articles.
    ids = union(*(select(each.subquery()) for each in found)).subquery()
    return (
        select(
            articles.c.title_key, articles.c.published_at, article_stories.c.story_id, article_stories.c.key
        )
        .join_from(ids, articles, articles.c.id == ids.c[0])
        .join(article_stories, article_stories.c.article_id == articles.c.id)
    )


def _sharing(terms: int) -> Select[tuple[int]]:
    """The articles of the window that share most of so many terms."""
    found = union_all(*(_newest_with(f"term_{number}") for number in range(terms))).subquery()
    shared = func.count()
    return (
        select(found.c.article_id)
        .group_by(found.c.article_id)
        .having(shared >= _FEWEST_SHARED)
        .order_by(shared.desc(), found.c.article_id.desc())
        .limit(_MOST_CANDIDATES)
    )


def _newest_with(term: str) -> Select[tuple[int]]:
    at = story_terms.c.published_at
    newest = (
        select(story_terms.c.article_id)
        .where(
            story_terms.c.term == bindparam(term, type_=story_terms.c.term.type),
            at.between(bindparam("first", type_=at.type), bindparam("last", type_=at.type)),
        )
        .order_by(at.desc())
        .limit(_NEWEST_WITH_A_TERM)
        .subquery()
    )
    return select(newest.c.article_id)


def _around(moment: datetime) -> tuple[datetime, datetime]:
    """The window before ``moment`` and after it, as far as the calendar goes."""
    return max(moment, _FIRST_MOMENT + WINDOW) - WINDOW, min(moment, _LAST_MOMENT - WINDOW) + WINDOW
