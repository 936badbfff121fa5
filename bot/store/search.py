"""The full-text index of the archive: one reading of words, FTS5 on SQLite, a ``tsvector`` on PostgreSQL."""

import re
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Analysis, Article, Headline
from bot.store.tables import articles
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
    """One page of what a search found, best first; ``total`` counts all that was found."""

    hits: tuple[Headline, ...]
    total: int


NOTHING = SearchPage((), 0)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; ``open_ended`` when the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    open_ended: bool = False


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
    """Makes ``article`` be found, by its title first, then by who speaks in it, then by all its text."""
    fields = _fields(article, analysis)
    if connection.dialect.name == "sqlite":
        await connection.execute(_FORGET_FTS5, {"article_id": article_id})
        await connection.execute(
            _INDEX_FTS5,
            {"article_id": article_id}
            | dict(zip(("title", "speakers", "body"), map(" ".join, fields), strict=True)),
        )
        return
    await connection.execute(_INDEX_TSVECTOR, {"article_id": article_id, "words": _tsvector(*fields)})


async def forget(connection: AsyncConnection, article_id: int) -> None:
    """Makes the article be found no more."""
    statement = _FORGET_FTS5 if connection.dialect.name == "sqlite" else _FORGET_TSVECTOR
    await connection.execute(statement, {"article_id": article_id})


async def find(connection: AsyncConnection, query: str, *, limit: int, offset: int) -> SearchPage:
    """The articles that ``query`` finds, by relevance, the newest first where that is equal."""
    terms = read_query(query)
    if not terms:
        return NOTHING
    if connection.dialect.name == "sqlite":
        asked, count, page = " AND ".join(map(_fts5, terms)), _COUNT_FTS5, _PAGE_FTS5
    else:
        asked, count, page = " & ".join(map(_tsquery, terms)), _COUNT_TSVECTOR, _PAGE_TSVECTOR
    total = await connection.scalar(count, {"asked": asked})
    if not total:
        return NOTHING
    rows = await connection.execute(page, {"asked": asked, "limit": limit, "offset": offset})
    return SearchPage(tuple(Headline(*row) for row in rows), total)


def _fields(article: Article, analysis: Analysis) -> tuple[list[str], list[str], list[str]]:
    speakers = dict.fromkeys(quotation.speaker for quotation in analysis.said if quotation.speaker)
    body = (article.kicker or "", *(block.text for block in article.blocks), *article.captions)
    return words(article.title), words(" ".join(speakers)), words("\n".join(body))[:_MOST_BODY_WORDS]


def _fts5(term: Term) -> str:
    # Words hold letters and digits only, so nothing in them can end the quotation marks.
    phrase = f'"{" ".join(term.words)}"'
    return f"({phrase} OR {phrase} *)" if term.open_ended else phrase


def _tsquery(term: Term) -> str:
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
    return " ".join(f"'{word}':{','.join(at[:255])}" for word, at in places.items())


_HEADLINE = (articles.c.id, articles.c.title, articles.c.section, articles.c.published_at)

_FORGET_FTS5 = text("DELETE FROM article_search WHERE rowid = :article_id")
_INDEX_FTS5 = text(
    "INSERT INTO article_search (rowid, title, speakers, body) VALUES (:article_id, :title, :speakers, :body)"
)
_COUNT_FTS5 = text("SELECT count(*) FROM article_search WHERE article_search MATCH :asked")
_PAGE_FTS5 = text(
    """
    SELECT articles.id, articles.title, articles.section, articles.published_at
    FROM article_search JOIN articles ON articles.id = article_search.rowid
    WHERE article_search MATCH :asked
    ORDER BY bm25(article_search, 10.0, 4.0, 1.0), articles.published_at DESC, articles.id DESC
    LIMIT :limit OFFSET :offset
    """
).columns(*_HEADLINE)

_FORGET_TSVECTOR = text("DELETE FROM article_search WHERE article_id = :article_id")
_INDEX_TSVECTOR = text(
    """
    INSERT INTO article_search (article_id, words) VALUES (:article_id, CAST(:words AS tsvector))
    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words
    """
)
_COUNT_TSVECTOR = text("SELECT count(*) FROM article_search WHERE words @@ CAST(:asked AS tsquery)")
# The 1 divides a rank by the document's length, as bm25 does.
_PAGE_TSVECTOR = text(
    """
    SELECT articles.id, articles.title, articles.section, articles.published_at
    FROM article_search JOIN articles ON articles.id = article_search.article_id
    WHERE words @@ CAST(:asked AS tsquery)
    ORDER BY ts_rank(words, CAST(:asked AS tsquery), 1) DESC, articles.published_at DESC, articles.id DESC
    LIMIT :limit OFFSET :offset
    """
).columns(*_HEADLINE)
