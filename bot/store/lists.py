"""Lists of headlines, page by page: the newest, a section's, those that were opened most."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Headline
from bot.core.listing import Listing, listing
from bot.store.article_tables import SHOWN, article_openings, articles

HEADLINE = (articles.c.id, articles.c.title, articles.c.section, articles.c.published_at)
"""The columns of a Headline, in its order."""


async def find_newest(
    connection: AsyncConnection, *, section: str | None, limit: int, offset: int
) -> Listing[Headline]:
    """The newest articles, of ``section`` alone if it is given."""
    newest = select(*HEADLINE).where(SHOWN).order_by(articles.c.published_at.desc(), articles.c.id.desc())
    if section is not None:
        newest = newest.where(articles.c.section == section)
    return await read_listing(connection, newest, limit=limit, offset=offset)


async def read_listing(
    connection: AsyncConnection, chosen: Select[*tuple[Any, ...]], *, limit: int, offset: int
) -> Listing[Headline]:
    """One page of ``chosen``, which selects HEADLINE in its order."""
    rows = await connection.execute(chosen.limit(limit + 1).offset(offset))
    return listing((Headline(*row) for row in rows), limit)


async def find_popular(connection: AsyncConnection, *, since: date, limit: int) -> Sequence[Headline]:
    """The articles that were opened most on ``since`` and later, most first."""
    total = func.sum(article_openings.c.count)
    most = (
        select(article_openings.c.article_id, total.label("total"))
        .where(article_openings.c.day >= since)
        .group_by(article_openings.c.article_id)
        .order_by(total.desc(), article_openings.c.article_id.desc())
        .limit(limit)
        .subquery()
    )
    rows = await connection.execute(
        select(*HEADLINE)
        .join(most, most.c.article_id == articles.c.id)
        .where(SHOWN)
        .order_by(most.c.total.desc(), articles.c.id.desc())
    )
    return [Headline(*row) for row in rows]
