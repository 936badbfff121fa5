"""The rows of an article: found, written, and read as an article again, on a connection that is given."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Analysis, ArchivedArticle, Article, Quotation
from bot.store.article_tables import (
    article_keywords,
    article_revisions,
    article_stories,
    articles,
    quotations,
)
from bot.store.documents import read_article, read_lines, write_article, write_lines
from bot.store.identity import content_hash, identity, minute, title_key
from bot.store.quoted import forget_speakers, index_speakers
from bot.store.related import keyword_keys
from bot.store.search import forget, index
from bot.store.stories import join_story, renew_key

QUOTATION = tuple(quotations.c[field.name] for field in fields(Quotation))
"""The columns of a quotation, in the order of its fields."""


async def find_stored(connection: AsyncConnection, article: Article) -> Row[*tuple[Any, ...]] | None:
    """The row, as ``whole`` reads it, of the article that ``article`` is another arrival of."""
    named = whole().where(articles.c.identity == identity(article))
    if found := (await connection.execute(named)).one_or_none():
        return found
    if article.url is not None:
        # The same text may have come without its address before.
        bare = whole().where(articles.c.identity == identity(replace(article, url=None)))
        return (await connection.execute(bare)).one_or_none()
    since = minute(article.published_at)
    titled = whole().where(
        articles.c.title_key == title_key(article.title),
        articles.c.published_at >= since,
        articles.c.published_at < since + timedelta(minutes=1),
    )
    return (await connection.execute(titled.order_by(articles.c.id.desc()).limit(1))).one_or_none()


async def add_article(
    connection: AsyncConnection, article: Article, analysis: Analysis, now: datetime
) -> ArchivedArticle:
    """Writes an article that is new, which joins its story; as the archive now holds it."""
    added = await connection.execute(
        insert(articles).returning(articles.c.id), {"identity": identity(article), **_row(article, 1)}
    )
    article_id = added.scalar_one()
    story_id = await join_story(connection, article_id, article)
    return await _write_revision(connection, ArchivedArticle(article_id, 1, article, analysis, now, story_id))


async def revise_article(
    connection: AsyncConnection, held: ArchivedArticle, article: Article, analysis: Analysis, now: datetime
) -> ArchivedArticle:
    """Writes the next revision of ``held``; as the archive now holds it."""
    number = held.revision + 1
    await connection.execute(update(articles).where(articles.c.id == held.id).values(**_row(article, number)))
    await connection.execute(delete(article_keywords).where(article_keywords.c.article_id == held.id))
    await renew_key(connection, held.id, article)
    await forget_speakers(connection, held.id)
    await forget(connection, held.id)
    return await _write_revision(
        connection, ArchivedArticle(held.id, number, article, analysis, now, held.story_id)
    )


def _row(article: Article, revision: int) -> dict[str, Any]:
    return {
        "title_key": title_key(article.title),
        "revision": revision,
        "title": article.title,
        "section": article.section,
        "published_at": article.published_at,
    }


async def _write_revision(connection: AsyncConnection, archived: ArchivedArticle) -> ArchivedArticle:
    """Writes all that hangs on the revision; the article with its time in UTC, as reading gives it."""
    article, analysis = archived.article, archived.analysis
    key = {"article_id": archived.id, "revision": archived.revision}
    revision = {
        **key,
        "content_hash": content_hash(article),
        "document": write_article(article),
        "summary": write_lines(analysis.summary),
        "keywords": write_lines(analysis.keywords),
        "stored_at": archived.stored_at,
    }
    await connection.execute(insert(article_revisions), revision)
    kinds = [(quotation, False) for quotation in analysis.quotations]
    kinds += [(quotation, True) for quotation in analysis.vox_pops]
    if kinds:
        rows = [
            {**key, "position": position, "vox_pop": vox_pop, **asdict(quotation)}
            for position, (quotation, vox_pop) in enumerate(kinds)
        ]
        await connection.execute(insert(quotations), rows)
    if keywords := keyword_keys(analysis.keywords):
        rows = [{"keyword": keyword, "article_id": archived.id} for keyword in keywords]
        await connection.execute(insert(article_keywords), rows)
    await index_speakers(
        connection, archived.id, article.published_at, analysis.quotations + analysis.vox_pops
    )
    await index(connection, archived.id, article, analysis)
    return replace(archived, stored_at=archived.stored_at.astimezone(UTC))


async def give_address(
    connection: AsyncConnection, held: ArchivedArticle, article: Article
) -> ArchivedArticle:
    """Gives ``held``, which came without one, the address of ``article``; it is no revision."""
    section = article.section or held.article.section
    addressed = replace(held, article=replace(held.article, url=article.url, section=section))
    await connection.execute(
        update(articles).where(articles.c.id == held.id).values(identity=identity(article), section=section)
    )
    await connection.execute(
        update(article_revisions)
        .where(article_revisions.c.article_id == held.id, article_revisions.c.revision == held.revision)
        .values(document=write_article(addressed.article))
    )
    return addressed


def whole() -> Select[*tuple[Any, ...]]:
    """Articles with their newest revision and story, as ``read_one`` and ``archived_of`` read them."""
    return (
        select(
            articles.c.id,
            articles.c.revision,
            articles.c.retracted_at,
            article_revisions.c.content_hash,
            article_revisions.c.document,
            article_revisions.c.summary,
            article_revisions.c.keywords,
            article_revisions.c.stored_at,
            article_stories.c.story_id,
        )
        .join_from(
            articles,
            article_revisions,
            and_(
                article_revisions.c.article_id == articles.c.id,
                article_revisions.c.revision == articles.c.revision,
            ),
        )
        .join(article_stories, article_stories.c.article_id == articles.c.id)
    )


async def read_one(connection: AsyncConnection, chosen: Select[*tuple[Any, ...]]) -> ArchivedArticle | None:
    """The only article of ``chosen``, None where there is none."""
    row = (await connection.execute(chosen)).one_or_none()
    return None if row is None else await archived_of(connection, row)


async def archived_of(connection: AsyncConnection, row: Row[*tuple[Any, ...]]) -> ArchivedArticle:
    """The article of a row of ``whole``, whose quotations are looked up."""
    said = await connection.execute(
        select(quotations.c.vox_pop, *QUOTATION)
        .where(quotations.c.article_id == row.id, quotations.c.revision == row.revision)
        .order_by(quotations.c.position)
    )
    return read_row(row, [(vox_pop, Quotation(*quotation)) for vox_pop, *quotation in said])


def read_row(row: Row[*tuple[Any, ...]], said: Sequence[tuple[bool, Quotation]]) -> ArchivedArticle:
    """The article of a row of ``whole`` with its quotations, each after whether it is a vox pop."""
    analysis = Analysis(
        summary=read_lines(row.summary),
        quotations=tuple(quotation for vox_pop, quotation in said if not vox_pop),
        keywords=read_lines(row.keywords),
        vox_pops=tuple(quotation for vox_pop, quotation in said if vox_pop),
    )
    return ArchivedArticle(
        row.id, row.revision, read_article(row.document), analysis, row.stored_at, row.story_id
    )
