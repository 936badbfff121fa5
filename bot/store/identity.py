"""Which article is which: the keys that stay the same when its text is corrected. Pure."""

import hashlib
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.core.article import Article
from bot.store.words import words

_TITLE_LENGTH = 400
_PORTS = {"http": 80, "https": 443}
_RMID_PAGE = re.compile(r"(/baca-berita/[^/]+/\d+/[^/]+)/\d+")


def identity(article: Article) -> str:
    """64 hexadecimal digits that name ``article``: its address if it has one, else its title and minute."""
    if article.url is not None:
        return _digest("url", canonical(article.url, page=article.page))
    return _digest("title", title_key(article.title), minute(article.published_at).isoformat())


def canonical(url: str, *, page: int = 1) -> str:
    """``url`` without what does not tell one article from another.

    That is: the scheme, ``www.``, the host's case, a usual port, a last slash, a fragment, the page number of
    a split article (``/2`` in RM.id's addresses, and wherever it is the article's own ``page``), and the
    query, which is kept only where the path has neither digit nor hyphen and so cannot name an article
    (``/index.php?id=5``). What is no address at all stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    place = host.removeprefix("www.")
    if port is not None and port != _PORTS.get(parts.scheme):
        place = f"{place}:{port}"
    path = parts.path.rstrip("/")
    if page > 1:
        path = path.removesuffix(f"/{page}")
    path = _RMID_PAGE.sub(r"\1", path)
    asks = f"?{parts.query}" if parts.query and not re.search(r"[\d-]", path) else ""
    return f"{place}{path}{asks}"


def title_key(title: str) -> str:
    """The title's words, by which titles are the same, case, accents and punctuation aside."""
    return (" ".join(words(title)) or " ".join(title.split()))[:_TITLE_LENGTH]


def minute(moment: datetime) -> datetime:
    """The minute that ``moment`` lies in, in UTC; newspapers print no seconds."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def content_hash(article: Article) -> str:
    """64 hexadecimal digits over what was printed; where it stood (address, section, page) is not in it."""
    return _digest(
        json.dumps(
            [
                article.title,
                article.published_at.astimezone(UTC).isoformat(),
                article.kicker,
                article.byline,
                article.captions,
                [(block.kind, block.text) for block in article.blocks],
                article.related,
            ]
        )
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
