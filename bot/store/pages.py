"""The single pages of split articles, kept so that they become one article in whatever order they come."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Article
from bot.store.article_tables import article_pages
from bot.store.documents import read_article, write_article
from bot.store.identity import minute, title_key
from bot.store.upsert import upsert


async def write_page(connection: AsyncConnection, page: Article) -> None:
    """Keeps ``page``, in the place of an earlier arrival of the same page."""
    row = {
        "title_key": title_key(page.title),
        "published_at": minute(page.published_at),
        "page": page.page,
        "document": write_article(page),
    }
    insertion = upsert(connection.dialect.name, article_pages)
    await connection.execute(
        insertion.on_conflict_do_update(
            index_elements=list(article_pages.primary_key), set_={"document": insertion.excluded.document}
        ),
        row,
    )


async def find_pages(connection: AsyncConnection, page: Article) -> tuple[Article, ...]:
    """Every page that is kept of the article that ``page`` is of, by their numbers."""
    documents = await connection.scalars(
        select(article_pages.c.document)
        .where(
            article_pages.c.title_key == title_key(page.title),
            article_pages.c.published_at == minute(page.published_at),
        )
        .order_by(article_pages.c.page)
    )
    return tuple(map(read_article, documents))
