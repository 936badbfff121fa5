"""The archive: articles with their revisions, quotations and keywords, in; one article or a list, out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, literal, select, text, tuple_, update
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
from bot.store.article_tables import (
    SHOWN,
    article_keywords,
    article_revisions,
    article_stories,
    articles,
    quotations,
)
from bot.store.columns import Moment
from bot.store.database import Database
from bot.store.documents import read_article, read_lines, write_article, write_lines
from bot.store.identity import content_hash, identity, minute, title_key
from bot.store.ledger_tables import publications
from bot.store.lists import find_newest
from bot.store.pages import find_pages, write_page
from bot.store.quoted import find_quotation, find_said, forget_speakers, index_speakers
from bot.store.related import find_related, keyword_keys
from bot.store.retracting import give_back, take_back
from bot.store.search import SearchPage, find, forget, index
from bot.store.stories import find_members, join_story, renew_key


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
            row = await _find(connection, article)
            if row is None:
                added = await _add(connection, article, analysis, now)
                if announce is not None:
                    await write_publication(
                        connection, added.id, added.revision, kind=announce, now=now, held=held
                    )
                return Stored(added, Change.NEW)
            known = await _archived(connection, row)
            if article.url is None:
                section = article.section or known.article.section
                article = replace(article, url=known.article.url, section=section)
            elif known.article.url is None:
                known = await _give_address(connection, known, article)
            if content_hash(article) == row.content_hash:
                return Stored(known, Change.UNCHANGED)
            revised = await _revise(connection, known, article, analysis, now)
            if row.retracted_at is not None:
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
            archived = await _one(connection, _whole().where(articles.c.id == article_id, SHOWN))
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
            archived = await _one(connection, _whole().where(articles.c.id == article_id))
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
            return await _one(connection, _whole().where(articles.c.id == article_id, SHOWN))

    async def many(self, article_ids: Sequence[int]) -> tuple[ArchivedArticle, ...]:
        """The newest revisions of those of ``article_ids`` that there are, in the given order."""
        if not article_ids:
            return ()
        async with self._database.reading() as connection:
            rows = (await connection.execute(_whole().where(articles.c.id.in_(article_ids), SHOWN))).all()
            said = await connection.execute(
                select(quotations.c.article_id, quotations.c.vox_pop, *_QUOTATION)
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
        found = {row.id: _read(row, quoted.get(row.id, ())) for row in rows}
        return tuple(found[article_id] for article_id in article_ids if article_id in found)

    async def latest(self) -> ArchivedArticle | None:
        """The article published last; None while the archive is empty."""
        newest = _whole().where(SHOWN).order_by(articles.c.published_at.desc(), articles.c.id.desc()).limit(1)
        async with self._database.reading() as connection:
            return await _one(connection, newest)

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
            archived = await _one(connection, _whole().where(articles.c.id == article_id, SHOWN))
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


async def _find(connection: AsyncConnection, article: Article) -> Row[*tuple[Any, ...]] | None:
    """The row, as ``_whole`` reads it, of the article that ``article`` is another arrival of."""
    named = _whole().where(articles.c.identity == identity(article))
    if found := (await connection.execute(named)).one_or_none():
        return found
    if article.url is not None:
        # The same text may have come without its address before.
        bare = _whole().where(articles.c.identity == identity(replace(article, url=None)))
        return (await connection.execute(bare)).one_or_none()
    since = minute(article.published_at)
    titled = _whole().where(
        articles.c.title_key == title_key(article.title),
        articles.c.published_at >= since,
        articles.c.published_at < since + timedelta(minutes=1),
    )
    return (await connection.execute(titled.order_by(articles.c.id.desc()).limit(1))).one_or_none()


async def _add(
    connection: AsyncConnection, article: Article, analysis: Analysis, now: datetime
) -> ArchivedArticle:
    added = await connection.execute(
        insert(articles).returning(articles.c.id), {"identity": identity(article), **_row(article, 1)}
    )
    article_id = added.scalar_one()
    story_id = await join_story(connection, article_id, article)
    return await _write_revision(connection, ArchivedArticle(article_id, 1, article, analysis, now, story_id))


async def _revise(
    connection: AsyncConnection, held: ArchivedArticle, article: Article, analysis: Analysis, now: datetime
) -> ArchivedArticle:
    number = held.revision + 1
    await connection.execute(update(articles).where(articles.c.id == held.id).values(**_row(article, number)))
    await connection.execute(delete(article_keywords).where(article_keywords.c.article_id == held.id))
    await renew_key(connection, held.id, article)
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
    await connection.execute(
        insert(article_revisions).values(
            article_id=archived.id,
            revision=archived.revision,
            content_hash=content_hash(article),
            document=write_article(article),
            summary=write_lines(analysis.summary),
            keywords=write_lines(analysis.keywords),
            stored_at=archived.stored_at,
        )
    )
    key = {"article_id": archived.id, "revision": archived.revision}
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


async def _give_address(
    connection: AsyncConnection, held: ArchivedArticle, article: Article
) -> ArchivedArticle:
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


def _whole() -> Select[*tuple[Any, ...]]:
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


async def _one(connection: AsyncConnection, whole: Select[*tuple[Any, ...]]) -> ArchivedArticle | None:
    row = (await connection.execute(whole)).one_or_none()
    return None if row is None else await _archived(connection, row)


async def _archived(connection: AsyncConnection, row: Row[*tuple[Any, ...]]) -> ArchivedArticle:
    said = await connection.execute(
        select(quotations.c.vox_pop, *_QUOTATION)
        .where(quotations.c.article_id == row.id, quotations.c.revision == row.revision)
        .order_by(quotations.c.position)
    )
    return _read(row, [(vox_pop, Quotation(*quotation)) for vox_pop, *quotation in said])


def _read(row: Row[*tuple[Any, ...]], said: Sequence[tuple[bool, Quotation]]) -> ArchivedArticle:
    analysis = Analysis(
        summary=read_lines(row.summary),
        quotations=tuple(quotation for vox_pop, quotation in said if not vox_pop),
        keywords=read_lines(row.keywords),
        vox_pops=tuple(quotation for vox_pop, quotation in said if vox_pop),
    )
    return ArchivedArticle(
        row.id, row.revision, read_article(row.document), analysis, row.stored_at, row.story_id
    )


_QUOTATION = tuple(quotations.c[field.name] for field in fields(Quotation))
"""The columns of a Quotation, in its order."""
