"""The archive: articles with their revisions, quotations and keywords, in; one article or a list, out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, func, literal, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import (
    Analysis,
    ArchivedArticle,
    ArchivedQuotation,
    Article,
    Headline,
    Quotation,
    QuotationKey,
)
from bot.core.listing import Listing
from bot.core.publication import PublicationKind
from bot.core.query import Question
from bot.store.announcing import announce_again, was_delivered, write_publication
from bot.store.article_rows import (
    QUOTATION,
    add_article,
    archived_of,
    find_stored,
    give_address,
    read_one,
    read_row,
    revise_article,
    whole,
)
from bot.store.article_tables import SHOWN, articles, quotations
from bot.store.columns import Moment
from bot.store.database import Database
from bot.store.identity import content_hash
from bot.store.ledger_tables import publications
from bot.store.lists import find_newest
from bot.store.pages import find_pages, write_page
from bot.store.quoted import find_quotation, find_said, forget_speakers
from bot.store.related import find_related
from bot.store.retracting import give_back, take_back
from bot.store.search import SearchPage, find, forget
from bot.store.stories import find_members


class Change(StrEnum):
    """What storing an article did."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as the archive now holds it, and whether that is news."""

    archived: ArchivedArticle
    change: Change


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles published just before and just after another; None at either end."""

    older: int | None
    newer: int | None


class Archive:
    """Articles by identity: their address (see ``addresses.canonical``), without one their title and minute.

    A text that came without an address and later comes with one is the same article when title and minute
    agree, and the other way round. What a reader sees decides whether it changed: a change is a new revision,
    counted from 1, and earlier revisions stay. Every method may raise StoreUnavailable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def store(
        self,
        article: Article,
        analysis: Analysis,
        *,
        now: datetime,
        announce: PublicationKind | None = None,
        held: str | None = None,
    ) -> Stored:
        """Keeps ``article`` and what was found in it, unless it is held with the same content already.

        A new article is announced in the kind ``announce``, if any, in the same transaction: none can be kept
        and then forgotten. With ``held``, the reason, its publication waits for the newsroom's word. A new
        revision of one that was announced goes out as a correction; what was retracted stays hidden.
        """
        async with self._database.writing() as connection:
            await _take_turn(connection)
            row = await find_stored(connection, article)
            if row is None:
                added = await add_article(connection, article, analysis, now)
                if announce is not None:
                    await write_publication(
                        connection, added.id, added.revision, kind=announce, now=now, held=held
                    )
                return Stored(added, Change.NEW)
            known = await archived_of(connection, row)
            if article.url is None:
                section = article.section or known.article.section
                article = replace(article, url=known.article.url, section=section)
            elif known.article.url is None:
                known = await give_address(connection, known, article)
            if content_hash(article) == row.content_hash:
                return Stored(known, Change.UNCHANGED)
            revised = await revise_article(connection, known, article, analysis, now)
            # Looked at again, now that the row is locked: it may have been shown or hidden meanwhile.
            retracted_at = select(articles.c.retracted_at).where(articles.c.id == revised.id)
            if await connection.scalar(retracted_at) is not None:
                await forget(connection, revised.id)
                await forget_speakers(connection, revised.id)
            elif await was_delivered(connection, revised.id):
                await write_publication(
                    connection, revised.id, revised.revision, kind=PublicationKind.CORRECTION, now=now
                )
            return Stored(revised, Change.REVISED)

    async def retract(self, article_id: int, *, now: datetime) -> bool:
        """Hides the article, and undoes what was sent of it; False when there is none to hide."""
        async with self._database.writing() as connection:
            archived = await read_one(connection, whole().where(articles.c.id == article_id, SHOWN))
            if archived is None:
                return False
            await take_back(connection, archived, now)
            return True

    async def publish(self, article_id: int, *, kind: PublicationKind, now: datetime) -> int | None:
        """Announces the article's newest revision in ``kind``; the publication, None without such an article.

        One that was retracted is shown again. Whoever was sent it before is not sent it twice; who came
        since, or was not reached when it was ended, gets it.
        """
        async with self._database.writing() as connection:
            archived = await read_one(connection, whole().where(articles.c.id == article_id))
            if archived is None:
                return None
            await give_back(connection, archived)
            return (
                await write_publication(connection, archived.id, archived.revision, kind=kind, now=now)
                or await announce_again(connection, archived.id, archived.revision, kind=kind, now=now)
                or await connection.scalar(
                    select(publications.c.id).where(
                        publications.c.article_id == archived.id,
                        publications.c.revision == archived.revision,
                        publications.c.kind == kind,
                    )
                )
            )

    async def keep_page(self, page: Article) -> tuple[Article, ...]:
        """Keeps one page of a split article; returns all pages that are kept of that article, by number.

        Pages belong together when title and minute are the same. An earlier arrival of the page gives way.
        """
        async with self._database.writing() as connection:
            await write_page(connection, page)
            return await find_pages(connection, page)

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        """The newest revision of article ``article_id``; None when there is no such article to be seen."""
        async with self._database.reading() as connection:
            return await read_one(connection, whole().where(articles.c.id == article_id, SHOWN))

    async def many(self, article_ids: Sequence[int]) -> tuple[ArchivedArticle, ...]:
        """The newest revisions of those of ``article_ids`` that there are, in the given order."""
        if not article_ids:
            return ()
        async with self._database.reading() as connection:
            rows = (await connection.execute(whole().where(articles.c.id.in_(article_ids), SHOWN))).all()
            said = await connection.execute(
                select(quotations.c.article_id, quotations.c.vox_pop, *QUOTATION)
                .join(
                    articles,
                    and_(
                        articles.c.id == quotations.c.article_id,
                        articles.c.revision == quotations.c.revision,
                    ),
                )
                .where(articles.c.id.in_(article_ids))
                .order_by(quotations.c.article_id, quotations.c.position)
            )
            quoted: dict[int, list[tuple[bool, Quotation]]] = {}
            for article_id, vox_pop, *quotation in said:
                quoted.setdefault(article_id, []).append((vox_pop, Quotation(*quotation)))
        found = {row.id: read_row(row, quoted.get(row.id, ())) for row in rows}
        return tuple(found[article_id] for article_id in article_ids if article_id in found)

    async def latest(self) -> ArchivedArticle | None:
        """The article published last; None while the archive is empty."""
        newest = whole().where(SHOWN).order_by(articles.c.published_at.desc(), articles.c.id.desc()).limit(1)
        async with self._database.reading() as connection:
            return await read_one(connection, newest)

    async def neighbours(self, article_id: int) -> Neighbours:
        """What was published just before and just after ``article_id``, in the order that ``latest`` ends."""
        order = (articles.c.published_at, articles.c.id)
        async with self._database.reading() as connection:
            published_at = await connection.scalar(
                select(articles.c.published_at).where(articles.c.id == article_id)
            )
            if published_at is None:
                return Neighbours(None, None)
            here = tuple_(literal(published_at, Moment()), literal(article_id))
            older = select(articles.c.id).where(tuple_(*order) < here, SHOWN)
            newer = select(articles.c.id).where(tuple_(*order) > here, SHOWN)
            beside = await connection.execute(
                select(
                    older.order_by(*(c.desc() for c in order)).limit(1).scalar_subquery(),
                    newer.order_by(*order).limit(1).scalar_subquery(),
                )
            )
            return Neighbours(*beside.one())

    async def search(self, question: Question | str, *, limit: int, offset: int = 0) -> SearchPage:
        """Articles with every word asked for in title, text or speakers, best first; any text is safe."""
        if isinstance(question, str):
            question = Question(question)
        async with self._database.reading() as connection:
            return await find(connection, question, limit=limit, offset=offset)

    async def newest(self, *, section: str | None = None, limit: int, offset: int = 0) -> Listing[Headline]:
        """The newest articles, of ``section`` alone if it is given."""
        async with self._database.reading() as connection:
            return await find_newest(connection, section=section, limit=limit, offset=offset)

    async def said(self, name: str, *, limit: int, offset: int = 0) -> Listing[ArchivedQuotation]:
        """What everybody whose name has each word of ``name`` was quoted with, the newest first."""
        async with self._database.reading() as connection:
            return await find_said(connection, name, limit=limit, offset=offset)

    async def quotation(self, key: QuotationKey) -> ArchivedQuotation | None:
        """One quotation; None when there is none such, or a correction of its article has come since."""
        async with self._database.reading() as connection:
            return await find_quotation(connection, key)

    async def related(self, article_id: int, *, limit: int) -> tuple[Headline, ...]:
        """What to read beside ``article_id``: its `Baca juga`, its story, what shares keywords."""
        async with self._database.reading() as connection:
            archived = await read_one(connection, whole().where(articles.c.id == article_id, SHOWN))
            return await find_related(connection, archived, limit=limit) if archived else ()

    async def story(self, article_id: int) -> tuple[Headline, ...]:
        """All articles about the event that ``article_id`` tells of, itself among them, the oldest first.

        Retracted ones are left out. Empty when there is no such article.
        """
        async with self._database.reading() as connection:
            return await find_members(connection, article_id)

    async def sections(self) -> tuple[str, ...]:
        """Every section that an article stands in, by name."""
        async with self._database.reading() as connection:
            return tuple(sorted((await connection.scalars(_SECTIONS)).all()))


_TURN = 0x61727369
"""The key of the advisory lock that a storing holds on PostgreSQL: "arsi" in ASCII."""

# Steps from one section to the next in the index, where DISTINCT would read every article.
_SECTIONS = text(
    """
    WITH RECURSIVE found (section) AS (
        SELECT min(section) FROM articles
        UNION ALL
        SELECT (SELECT min(section) FROM articles WHERE section > found.section)
        FROM found WHERE found.section IS NOT NULL
    )
    SELECT section FROM found WHERE section IS NOT NULL
    """
)


async def _take_turn(connection: AsyncConnection) -> None:
    # Articles come a few a minute: one at a time, as on SQLite, makes every race between two of them moot.
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


"""The columns of a Quotation, in its order."""
