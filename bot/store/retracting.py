"""Taking an article back, and giving it back: nobody finds it meanwhile, and whoever was sent it is told."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import ArchivedArticle
from bot.core.publication import PublicationKind
from bot.store.announcing import announce_again, was_delivered, write_publication
from bot.store.article_tables import article_keywords, articles
from bot.store.quoted import forget_speakers, index_speakers
from bot.store.related import keyword_keys
from bot.store.search import forget, index
from bot.store.upsert import upsert


async def take_back(connection: AsyncConnection, archived: ArchivedArticle, now: datetime) -> int | None:
    """Hides the article; the publication that undoes its messages, None when none was ever to be sent."""
    await connection.execute(update(articles).where(articles.c.id == archived.id).values(retracted_at=now))
    await forget(connection, archived.id)
    await forget_speakers(connection, archived.id)
    await connection.execute(delete(article_keywords).where(article_keywords.c.article_id == archived.id))
    if not await was_delivered(connection, archived.id):
        return None
    kind = PublicationKind.RETRACTION
    return await write_publication(
        connection, archived.id, archived.revision, kind=kind, now=now
    ) or await announce_again(connection, archived.id, archived.revision, kind=kind, now=now)


async def give_back(connection: AsyncConnection, archived: ArchivedArticle) -> None:
    """Shows the article again if it was taken back; nothing is sent."""
    hidden = (articles.c.id == archived.id, articles.c.retracted_at.is_not(None))
    shown = await connection.execute(update(articles).where(*hidden).values(retracted_at=None))
    if not shown.rowcount:
        return
    await index(connection, archived.id, archived.article, archived.analysis)
    await index_speakers(
        connection,
        archived.id,
        archived.article.published_at,
        archived.analysis.quotations + archived.analysis.vox_pops,
    )
    keywords = keyword_keys(archived.analysis.keywords)
    if keywords:
        rows = [{"keyword": keyword, "article_id": archived.id} for keyword in keywords]
        await connection.execute(
            upsert(connection.dialect.name, article_keywords).on_conflict_do_nothing(), rows
        )
