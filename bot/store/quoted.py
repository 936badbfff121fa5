"""Who said what: the index of speakers' names, single quotations, and all that a person was quoted with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import ArchivedQuotation, Quotation, QuotationKey
from bot.core.listing import Listing, listing
from bot.store.article_tables import SHOWN, article_revisions, articles, quotation_names, quotations
from bot.store.documents import read_article
from bot.store.words import words

MOST_NAME_WORDS = 6
"""Words of a name that are looked for."""

_RARE = 200
"""Quotations up to which a word of a name counts as rare; above, the words are not told apart."""


async def index_speakers(
    connection: AsyncConnection, article_id: int, published_at: datetime, said: Sequence[Quotation]
) -> None:
    """Makes quotations be found by each word of their speakers' names; none of the article is found yet."""
    rows = [
        {"word": word, "published_at": published_at, "article_id": article_id, "position": position}
        for position, quotation in enumerate(said)
        for word in dict.fromkeys(words(quotation.speaker or ""))
    ]
    if rows:
        await connection.execute(insert(quotation_names), rows)


async def forget_speakers(connection: AsyncConnection, article_id: int) -> None:
    """Makes the quotations of an article be found no more."""
    await connection.execute(delete(quotation_names).where(quotation_names.c.article_id == article_id))


async def find_said(
    connection: AsyncConnection, name: str, *, limit: int, offset: int
) -> Listing[ArchivedQuotation]:
    """The quotations whose speaker's name has every word of ``name``, the newest article first."""
    asked = list(dict.fromkeys(words(name)))[:MOST_NAME_WORDS]
    if not asked:
        return Listing((), more=False)
    rarest = await _rarest(connection, asked)
    names = quotation_names.alias("names")
    found = (
        select(names.c.article_id, names.c.position, names.c.published_at)
        .where(names.c.word == rarest, *(_has(names, word) for word in asked if word != rarest))
        .order_by(*_newest_first(names))
        .limit(limit + 1)
        .offset(offset)
        .subquery("found")
    )
    rows = await connection.execute(
        _sources()
        .join(
            found,
            and_(quotations.c.article_id == found.c.article_id, quotations.c.position == found.c.position),
        )
        .order_by(*_newest_first(found))
    )
    return listing(map(_read, rows), limit)


async def find_quotation(connection: AsyncConnection, key: QuotationKey) -> ArchivedQuotation | None:
    """The quotation ``key``; None when there is none, or a correction has come since."""
    row = await connection.execute(
        _sources().where(
            quotations.c.article_id == key.article_id,
            quotations.c.revision == key.revision,
            quotations.c.position == key.position,
            SHOWN,
        )
    )
    found = row.one_or_none()
    return None if found is None else _read(found)


def _newest_first(names: FromClause) -> tuple[ColumnElement[Any], ...]:
    columns = names.c
    return (columns.published_at.desc(), columns.article_id.desc(), columns.position)


def _has(names: FromClause, word: str) -> ColumnElement[bool]:
    columns, other = names.c, quotation_names.alias()
    return exists().where(
        other.c.word == word,
        other.c.published_at == columns.published_at,
        other.c.article_id == columns.article_id,
        other.c.position == columns.position,
    )


async def _rarest(connection: AsyncConnection, asked: Sequence[str]) -> str:
    """The word that leads to fewest quotations: the others are only looked up beside it."""
    if len(asked) == 1:
        return asked[0]
    counted = await connection.execute(select(*map(_count, asked)))
    counts = dict(zip(asked, counted.one(), strict=True))
    return min(asked, key=counts.__getitem__)


def _count(word: str) -> ScalarSelect[int]:
    some = select(quotation_names.c.word).where(quotation_names.c.word == word).limit(_RARE).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _sources() -> Select[*tuple[Any, ...]]:
    return (
        select(
            quotations.c.article_id,
            quotations.c.revision,
            quotations.c.position,
            quotations.c.text,
            quotations.c.speaker,
            quotations.c.role,
            quotations.c.cue,
            quotations.c.paragraph,
            articles.c.title,
            articles.c.section,
            articles.c.published_at,
            article_revisions.c.document,
        )
        .join(
            articles,
            and_(articles.c.id == quotations.c.article_id, articles.c.revision == quotations.c.revision),
        )
        .join(
            article_revisions,
            and_(
                article_revisions.c.article_id == quotations.c.article_id,
                article_revisions.c.revision == quotations.c.revision,
            ),
        )
    )


def _read(row: Row[*tuple[Any, ...]]) -> ArchivedQuotation:
    return ArchivedQuotation(
        QuotationKey(row.article_id, row.revision, row.position),
        Quotation(row.text, row.speaker, row.role, row.cue, row.paragraph),
        row.title,
        row.section,
        row.published_at,
        read_article(row.document).url,
    )
