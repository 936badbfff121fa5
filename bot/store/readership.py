"""What is read: bookmarks, which belong to a reader, and counts for each day, which name nobody."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Exists, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.actions import CardShape
from bot.core.article import Headline, QuotationKey
from bot.core.listing import Listing
from bot.store.article_tables import SHOWN, article_openings, articles, card_files
from bot.store.database import Database
from bot.store.lists import HEADLINE, find_popular, read_listing
from bot.store.reader_tables import bookmarks, campaign_arrivals
from bot.store.upsert import upsert

MOST_KEPT = 500
"""Bookmarks of one reader."""

MOST_CAMPAIGNS = 200
"""Campaigns counted on one day: their names come from links, which anybody can write."""

OPENINGS_KEPT = timedelta(days=60)
"""How long the counts of openings are kept."""


class Keeping(StrEnum):
    """What became of a wish to keep an article, or to keep it no longer."""

    KEPT = "kept"
    NO_LONGER = "no longer"
    TOO_MANY = "too many"
    NO_ARTICLE = "no article"


class Readership:
    """Bookmarks by reader, counts by day, cards that Telegram has. All methods may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, reader_id: int, article_id: int, *, now: datetime) -> Keeping:
        """Puts the article among the reader's bookmarks, of which there are at most MOST_KEPT."""
        async with self._database.writing() as connection:
            if await connection.scalar(select(_one(reader_id, article_id))):
                return Keeping.KEPT
            return await _add(connection, reader_id, article_id, now)

    async def toggle(self, reader_id: int, article_id: int, *, now: datetime) -> Keeping:
        """Puts the article among the reader's bookmarks, or takes it out when it is there."""
        async with self._database.writing() as connection:
            mine = (bookmarks.c.reader_id == reader_id, bookmarks.c.article_id == article_id)
            if (await connection.execute(delete(bookmarks).where(*mine))).rowcount:
                return Keeping.NO_LONGER
            return await _add(connection, reader_id, article_id, now)

    async def kept(self, reader_id: int, *, limit: int, offset: int = 0) -> Listing[Headline]:
        """The reader's bookmarks, the last one first."""
        mine = (
            select(*HEADLINE)
            .join(bookmarks, bookmarks.c.article_id == articles.c.id)
            .where(bookmarks.c.reader_id == reader_id, SHOWN)
            .order_by(bookmarks.c.kept_at.desc(), bookmarks.c.article_id.desc())
        )
        async with self._database.reading() as connection:
            return await read_listing(connection, mine, limit=limit, offset=offset)

    async def opened(self, article_id: int, *, day: date) -> None:
        """Counts that somebody opened the article; one that is not there is not counted."""
        async with self._database.writing() as connection:
            if not await connection.scalar(select(exists().where(articles.c.id == article_id, SHOWN))):
                return
            await connection.execute(
                upsert(connection.dialect.name, article_openings)
                .values(day=day, article_id=article_id, count=1)
                .on_conflict_do_update(
                    index_elements=["day", "article_id"], set_={"count": article_openings.c.count + 1}
                )
            )
            await connection.execute(
                delete(article_openings).where(article_openings.c.day < day - OPENINGS_KEPT)
            )

    async def popular(self, *, since: date, limit: int) -> Sequence[Headline]:
        """What was opened most on ``since`` and later."""
        async with self._database.reading() as connection:
            return await find_popular(connection, since=since, limit=limit)

    async def arrived(self, campaign: str, *, day: date) -> None:
        """Counts that somebody came by the campaign's link; beyond MOST_CAMPAIGNS no new name is counted."""
        today = campaign_arrivals.c.day == day
        async with self._database.writing() as connection:
            known = select(exists().where(today, campaign_arrivals.c.campaign == campaign))
            if not await connection.scalar(known):
                counted = select(func.count()).select_from(campaign_arrivals).where(today)
                if (await connection.scalar(counted) or 0) >= MOST_CAMPAIGNS:
                    return
            await connection.execute(
                upsert(connection.dialect.name, campaign_arrivals)
                .values(day=day, campaign=campaign, count=1)
                .on_conflict_do_update(
                    index_elements=["day", "campaign"], set_={"count": campaign_arrivals.c.count + 1}
                )
            )

    async def campaigns(self) -> Sequence[tuple[date, str, int]]:
        """How many came by which campaign on which day, the newest day first."""
        counted = select(
            campaign_arrivals.c.day, campaign_arrivals.c.campaign, campaign_arrivals.c.count
        ).order_by(campaign_arrivals.c.day.desc(), campaign_arrivals.c.campaign)
        async with self._database.reading() as connection:
            return [(day, name, count) for day, name, count in await connection.execute(counted)]

    async def card_file(self, key: QuotationKey, shape: CardShape) -> str | None:
        """Telegram's name for a card that it has; None for one that was never sent."""
        async with self._database.reading() as connection:
            return await connection.scalar(select(card_files.c.file_id).where(*_card(key, shape)))

    async def card_files(self, keys: Sequence[QuotationKey], shape: CardShape) -> dict[QuotationKey, str]:
        """Those of ``keys`` whose cards Telegram has, with its names for them."""
        if not keys:
            return {}
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(card_files).where(
                    card_files.c.shape == shape, card_files.c.article_id.in_({key.article_id for key in keys})
                )
            )
            found = {QuotationKey(row.article_id, row.revision, row.position): row.file_id for row in rows}
        return {key: found[key] for key in keys if key in found}

    async def set_card_file(self, key: QuotationKey, shape: CardShape, file_id: str) -> None:
        """Remembers Telegram's name for a card."""
        async with self._database.writing() as connection:
            await connection.execute(
                upsert(connection.dialect.name, card_files)
                .values(
                    article_id=key.article_id,
                    revision=key.revision,
                    position=key.position,
                    shape=shape,
                    file_id=file_id,
                )
                .on_conflict_do_update(
                    index_elements=["article_id", "revision", "position", "shape"],
                    set_={"file_id": file_id},
                )
            )


def _one(reader_id: int, article_id: int) -> Exists:
    return exists().where(bookmarks.c.reader_id == reader_id, bookmarks.c.article_id == article_id)


async def _add(connection: AsyncConnection, reader_id: int, article_id: int, now: datetime) -> Keeping:
    if not await connection.scalar(select(exists().where(articles.c.id == article_id, SHOWN))):
        return Keeping.NO_ARTICLE
    mine = select(func.count()).select_from(bookmarks).where(bookmarks.c.reader_id == reader_id)
    if (await connection.scalar(mine) or 0) >= MOST_KEPT:
        return Keeping.TOO_MANY
    await connection.execute(
        upsert(connection.dialect.name, bookmarks)
        .values(reader_id=reader_id, article_id=article_id, kept_at=now)
        .on_conflict_do_nothing(index_elements=["reader_id", "article_id"])
    )
    return Keeping.KEPT


def _card(key: QuotationKey, shape: CardShape) -> tuple[ColumnElement[bool], ...]:
    return (
        card_files.c.article_id == key.article_id,
        card_files.c.revision == key.revision,
        card_files.c.position == key.position,
        card_files.c.shape == shape,
    )
