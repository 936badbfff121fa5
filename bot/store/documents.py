"""An article as the JSON text that the archive keeps, and back. Every article survives the way unchanged."""

import json
from dataclasses import asdict
from datetime import datetime

from bot.core.article import Article, Block, BlockKind


def write_article(article: Article) -> str:
    """``article`` as JSON in ASCII, so that any text, even a broken one, fits into any database."""
    return json.dumps(asdict(article) | {"published_at": article.published_at.isoformat()})


def read_article(document: str) -> Article:
    """The article that ``write_article`` wrote; fields unknown to an older version have their defaults."""
    fields = json.loads(document)
    return Article(
        **fields
        | {
            "published_at": datetime.fromisoformat(fields["published_at"]),
            "blocks": tuple(Block(BlockKind(block["kind"]), block["text"]) for block in fields["blocks"]),
            "captions": tuple(fields.get("captions", ())),
            "related": tuple(fields.get("related", ())),
        }
    )


def write_lines(lines: tuple[str, ...]) -> str:
    """A list of texts as JSON in ASCII."""
    return json.dumps(lines)


def read_lines(document: str) -> tuple[str, ...]:
    """The texts that ``write_lines`` wrote."""
    return tuple(json.loads(document))
