"""Which article is which: the keys that stay the same when its text is corrected. Pure."""

import hashlib
import json
from datetime import UTC, datetime

from bot.core.addresses import canonical
from bot.core.article import Article
from bot.store.words import words

_TITLE_LENGTH = 400


def identity(article: Article) -> str:
    """64 hexadecimal digits that name ``article``: its address if it has one, else its title and minute."""
    if article.url is not None:
        return _digest("url", canonical(article.url, page=article.page))
    return _digest("title", title_key(article.title), minute(article.published_at).isoformat())


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
