"""The keywords that readers follow or have muted, as far as one article holds them."""

from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.article import Article
from bot.core.matching import printed_keys
from bot.store.documents import read_article
from bot.store.reader_tables import subscriber_keywords

_AT_ONCE = 5000
"""Keys looked up in one statement; drivers take some thirty thousand parameters."""


def keys_of(article: Article) -> frozenset[str]:
    """The keys of all keywords that are printed in ``article``."""
    return printed_keys((article.title, *(block.text for block in article.blocks), *article.captions))


async def wanted_keys(connection: AsyncConnection, document: str) -> tuple[str, ...]:
    """Those keys of the article written in ``document`` that any reader follows or has muted."""
    if await connection.scalar(_ANY) is None:
        return ()
    found: list[str] = []
    keys = sorted(_keys(document))
    for start in range(0, len(keys), _AT_ONCE):
        found += await connection.scalars(_KNOWN, {"keys": keys[start : start + _AT_ONCE]})
    return tuple(found)


# The chunks of one publication follow each other.
@lru_cache(maxsize=8)
def _keys(document: str) -> frozenset[str]:
    return keys_of(read_article(document))


_ANY = select(subscriber_keywords.c.key).limit(1)

_KNOWN = (
    select(subscriber_keywords.c.key)
    .distinct()
    .where(subscriber_keywords.c.key.in_(bindparam("keys", expanding=True)))
)
