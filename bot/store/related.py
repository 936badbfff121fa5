"""Which archived articles belong beside another: those it names, those of its story, those about the same."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import ArchivedArticle, Headline
from bot.store.article_tables import SHOWN, article_keywords, article_stories, articles
from bot.store.identity import title_key
from bot.store.lists import HEADLINE
from bot.store.words import words

_NEWEST_FOR_A_KEYWORD = 500
"""Articles weighed for each keyword: "indonesia" is in every third one, and old ones are poor neighbours."""


def keyword_keys(keywords: Iterable[str]) -> tuple[str, ...]:
    """The keywords in the form in which two articles share them, each once."""
    keys = (" ".join(words(keyword))[:100].rstrip() for keyword in keywords)
    return tuple(dict.fromkeys(key for key in keys if key))


async def find_related(
    connection: AsyncConnection, archived: ArchivedArticle, *, limit: int
) -> tuple[Headline, ...]:
    """At most ``limit``: its `Baca juga` as printed, its story from the newest on, most keywords shared."""
    found = await _named(connection, archived)
    for further in (_told_with, _alike):
        if len(found) < limit:
            apart = {archived.id, *(headline.id for headline in found)}
            found += await further(connection, archived, apart, limit - len(found))
    return tuple(found[:limit])


async def _named(connection: AsyncConnection, archived: ArchivedArticle) -> list[Headline]:
    keys = list(dict.fromkeys(map(title_key, archived.article.related)))
    if not keys:
        return []
    rows = await connection.execute(
        select(articles.c.title_key, *HEADLINE)
        .where(articles.c.title_key.in_(keys), articles.c.id != archived.id, SHOWN)
        .order_by(articles.c.published_at, articles.c.id)
    )
    # The last one stays: of two with one title the newer is meant.
    by_key = {key: Headline(*rest) for key, *rest in rows}
    return [by_key[key] for key in keys if key in by_key]


async def _told_with(
    connection: AsyncConnection, archived: ArchivedArticle, apart: set[int], limit: int
) -> list[Headline]:
    rows = await connection.execute(
        select(*HEADLINE)
        .join(article_stories, article_stories.c.article_id == articles.c.id)
        .where(article_stories.c.story_id == archived.story_id, articles.c.id.not_in(apart), SHOWN)
        .order_by(articles.c.published_at.desc(), articles.c.id.desc())
        .limit(limit)
    )
    return [Headline(*row) for row in rows]


async def _alike(
    connection: AsyncConnection, archived: ArchivedArticle, apart: set[int], limit: int
) -> list[Headline]:
    keys = keyword_keys(archived.analysis.keywords)
    if not keys:
        return []
    sharing = union_all(*map(_newest_with, keys)).subquery()
    shared = func.count().label("shared")
    rows = await connection.execute(
        select(*HEADLINE)
        .join(sharing, sharing.c.article_id == articles.c.id)
        .where(articles.c.id.not_in(apart))
        .group_by(*HEADLINE)
        .order_by(shared.desc(), articles.c.published_at.desc(), articles.c.id.desc())
        .limit(limit)
    )
    return [Headline(*row) for row in rows]


def _newest_with(key: str) -> Select[tuple[int]]:
    newest = (
        select(article_keywords.c.article_id)
        .where(article_keywords.c.keyword == key)
        .order_by(article_keywords.c.article_id.desc())
        .limit(_NEWEST_FOR_A_KEYWORD)
        .subquery()
    )
    return select(newest.c.article_id)
