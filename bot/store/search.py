"""The full-text index of the archive: one reading of words, FTS5 on SQLite, a ``tsvector`` on PostgreSQL."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, TextClause, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import TextualSelect

from bot.core.article import Analysis, Article, Headline
from bot.core.query import MOST_FOUND, Question
from bot.store.article_tables import SHOWN, articles
from bot.store.columns import Moment
from bot.store.lists import HEADLINE, read_listing
from bot.store.words import words

MOST_QUERY_WORDS = 32
"""Words of a query that are looked for; a pasted paragraph has more, and fewer find it as well."""

SHORTEST_BEGINNING = 3
"""Characters from which on the word being typed finds words that begin with it."""

_MOST_BODY_WORDS = 20_000
_LAST_POSITION = 16_383
"""PostgreSQL counts no position in a ``tsvector`` beyond this (documentation, text search, limitations)."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what a search found, best first; ``total`` above MOST_FOUND stands for any number above."""

    hits: tuple[Headline, ...]
    total: int


NOTHING = SearchPage((), 0)

_EARLIEST, _LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; ``open_ended`` when the last may be the beginning of a longer one.

    ``speaker``: in the name of somebody who is quoted, not just anywhere.
    """

    words: tuple[str, ...]
    open_ended: bool = False
    speaker: bool = False


def read_query(query: str) -> tuple[Term, ...]:
    """What ``query`` asks for, all of it to be found in one article; none when it has no word.

    Words are parted by white space; what is written together (``12/9``, ``Covid-19``) is found together.
    Operators, quotation marks and asterisks are punctuation like any other. The last word is open-ended when
    nothing follows it.
    """
    terms: list[Term] = []
    left = MOST_QUERY_WORDS
    for written in query.split():
        found = tuple(words(written)[:left])
        left -= len(found)
        if found and Term(found) not in terms:
            terms.append(Term(found))
    if terms and re.search(r"[^\W_]\Z", query) and len(terms[-1].words[-1]) >= SHORTEST_BEGINNING:
        terms[-1] = Term(terms[-1].words, open_ended=True)
    return tuple(terms)


async def index(connection: AsyncConnection, article_id: int, article: Article, analysis: Analysis) -> None:
    """Makes ``article``, which is not found yet, be found: by its title, then its speakers, then its text."""
    fields = _fields(article, analysis)
    if connection.dialect.name == "sqlite":
        await connection.execute(
            _INDEX_FTS5,
            {"article_id": article_id}
            | dict(zip(("title", "speakers", "body"), map(" ".join, fields), strict=True)),
        )
        return
    values = {
        "article_id": article_id,
        "words": _tsvector(*fields),
        "published_at": article.published_at,
    }
    await connection.execute(_INDEX_TSVECTOR, values)


async def forget(connection: AsyncConnection, article_id: int) -> None:
    """Makes the article be found no more."""
    statement = _FORGET_FTS5 if connection.dialect.name == "sqlite" else _FORGET_TSVECTOR
    await connection.execute(statement, {"article_id": article_id})


async def find(connection: AsyncConnection, question: Question, *, limit: int, offset: int) -> SearchPage:
    """The articles that ``question`` finds, by relevance, the newest first where that is equal.

    More than MOST_FOUND come the newest first, on SQLite as they arrived, which is how its index is kept.
    Without words, all come by their time.
    """
    terms = _terms(question)
    if not terms:
        if question.words or question.empty:
            return NOTHING
        return await _between(connection, question, limit, offset)
    fts5 = connection.dialect.name == "sqlite"
    asked = " AND ".join(map(_fts5, terms)) if fts5 else " & ".join(map(_tsquery, terms))
    dated = bool(question.since or question.until)
    statements = _SQLITE[dated] if fts5 else _POSTGRESQL
    days = {"since": question.since or _EARLIEST, "until": question.until or _LATEST}
    values = {"asked": asked} | (days if dated or not fts5 else {})
    total = await connection.scalar(statements.count, values)
    if not total:
        return NOTHING
    page = statements.ranked if total <= MOST_FOUND else statements.newest
    rows = await connection.execute(page, {**values, "limit": limit, "offset": offset})
    return SearchPage(tuple(Headline(*row) for row in rows), total)


def _terms(question: Question) -> tuple[Term, ...]:
    speakers = (Term((word,), speaker=True) for name in question.speakers for word in words(name))
    return (*tuple(dict.fromkeys(speakers))[:MOST_QUERY_WORDS], *read_query(question.words))


async def _between(connection: AsyncConnection, question: Question, limit: int, offset: int) -> SearchPage:
    """What was published in the days that ``question`` names, the newest first."""
    within: list[ColumnElement[bool]] = [SHOWN]
    within += [articles.c.published_at >= question.since] if question.since else []
    within += [articles.c.published_at < question.until] if question.until else []
    some = select(articles.c.id).where(*within).limit(MOST_FOUND + 1).subquery()
    total = await connection.scalar(select(func.count()).select_from(some)) or 0
    newest = select(*HEADLINE).where(*within).order_by(articles.c.published_at.desc(), articles.c.id.desc())
    found = await read_listing(connection, newest, limit=limit, offset=offset)
    return SearchPage(found.items, total)


def _fields(article: Article, analysis: Analysis) -> tuple[list[str], list[str], list[str]]:
    speakers = dict.fromkeys(quotation.speaker for quotation in analysis.said if quotation.speaker)
    body = (article.kicker or "", *(block.text for block in article.blocks), *article.captions)
    return words(article.title), words(" ".join(speakers)), words("\n".join(body))[:_MOST_BODY_WORDS]


def _fts5(term: Term) -> str:
    # Words hold letters and digits only, so nothing in them can end the quotation marks.
    phrase = f'"{" ".join(term.words)}"'
    if term.speaker:
        return f"speakers : {phrase}"
    return f"({phrase} OR {phrase} *)" if term.open_ended else phrase


def _tsquery(term: Term) -> str:
    if term.speaker:
        # A word of its own: to ask for the weight, every text with the word in it would have to be opened.
        return " & ".join(f"'{_SPEAKER}{word}'" for word in term.words)
    *first, last = (f"'{word}'" for word in term.words)
    phrase = "(" + " <-> ".join((*first, last)) + ")"
    return f"({phrase} | ({' <-> '.join((*first, last + ':*'))}))" if term.open_ended else phrase


def _tsvector(title: list[str], speakers: list[str], body: list[str]) -> str:
    # Written out, not parsed by the server, which reads addresses, numbers and hyphens its own way.
    position = 0
    places: dict[str, list[str]] = {}
    for found, weight in ((title, "A"), (speakers, "B"), (body, "D")):
        for word in found:
            position += 1
            if position <= _LAST_POSITION:
                places.setdefault(word, []).append(f"{position}{weight}")
            else:
                places.setdefault(word, [f"{_LAST_POSITION}{weight}"])
        # A gap, so that no phrase reaches from one field into the next.
        position += 1
    spoken = (f"'{_SPEAKER}{word}'" for word in dict.fromkeys(speakers))
    return " ".join((*(f"'{word}':{','.join(at[:255])}" for word, at in places.items()), *spoken))


_SPEAKER = "@"
"""Stands before a word that is in a speaker's name; words themselves hold letters and digits only."""


_FORGET_FTS5 = text("DELETE FROM article_search WHERE rowid = :article_id")
_INDEX_FTS5 = text(
    "INSERT INTO article_search (rowid, title, speakers, body) VALUES (:article_id, :title, :speakers, :body)"
)

_FORGET_TSVECTOR = text("DELETE FROM article_search WHERE article_id = :article_id")
_INDEX_TSVECTOR = text(
    """
    INSERT INTO article_search (article_id, words, published_at)
    VALUES (:article_id, CAST(:words AS tsvector), :published_at)
    """
).bindparams(bindparam("published_at", type_=Moment()))


@dataclass(frozen=True, slots=True)
class _Statements:
    """The three questions of one search."""

    count: TextClause
    ranked: TextualSelect
    newest: TextualSelect


_DAYS = [bindparam("since", type_=Moment()), bindparam("until", type_=Moment())]


def _sqlite(*, dated: bool) -> _Statements:
    joined = " JOIN articles ON articles.id = article_search.rowid"
    where = " WHERE article_search MATCH :asked"
    where += " AND articles.published_at >= :since AND articles.published_at < :until" * dated
    days = _DAYS if dated else []

    def page(order: str) -> TextualSelect:
        order = f"ORDER BY {order} LIMIT :limit OFFSET :offset"
        statement = text(f"SELECT {_COLUMNS} FROM article_search {joined} {where} {order}")  # noqa: S608
        return statement.bindparams(*days).columns(*HEADLINE)

    some = f"SELECT 1 FROM article_search {joined * dated} {where} LIMIT {MOST_FOUND + 1}"  # noqa: S608
    return _Statements(
        count=text(f"SELECT count(*) FROM ({some}) AS found").bindparams(*days),  # noqa: S608
        ranked=page("bm25(article_search, 10.0, 4.0, 1.0), articles.published_at DESC, articles.id DESC"),
        # By number, as the index is kept: it need not be read to its end.
        newest=page("article_search.rowid DESC"),
    )


def _postgresql() -> _Statements:
    asked = "CAST(:asked AS tsquery), :since, :until"

    def page(ranked: str) -> TextualSelect:
        found = f"article_search_page({asked}, {ranked}, :limit, :offset)"
        statement = text(
            f"SELECT {_COLUMNS} FROM {found} WITH ORDINALITY AS found (article_id, place)"  # noqa: S608
            " JOIN articles ON articles.id = found.article_id ORDER BY place"
        )
        return statement.bindparams(*_DAYS).columns(*HEADLINE)

    return _Statements(
        count=text(f"SELECT article_search_count({asked}, {MOST_FOUND + 1})").bindparams(*_DAYS),
        ranked=page("true"),
        newest=page("false"),
    )


_COLUMNS = "articles.id, articles.title, articles.section, articles.published_at"
_SQLITE = {dated: _sqlite(dated=dated) for dated in (False, True)}
_POSTGRESQL = _postgresql()
