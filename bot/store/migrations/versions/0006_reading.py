"""What readers look things up by: who said what, sections by time, bookmarks, counts of openings, cards."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.words import words

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHUNK = 1000


def upgrade() -> None:
    """Makes the tables, and fills the names from the quotations of articles that readers may see."""
    op.drop_index("articles_section", "articles")
    op.create_index("articles_section", "articles", ["section", "published_at", "id"])
    names = _make_names()
    named = _named()
    while chunk := list(islice(named, CHUNK)):
        op.bulk_insert(names, chunk)
    _make_reading()


def _make_names() -> sa.Table:
    names = op.create_table(
        "quotation_names",
        sa.Column("word", sa.String(64), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("article_id", KEY, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint(
            "word", "published_at", "article_id", "position", name="quotation_names_pkey"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="quotation_names_article_id_fkey", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("quotation_names_article", "quotation_names", ["article_id"])
    return names


def _named() -> Iterator[dict[str, Any]]:
    said = sa.text(
        """
        SELECT articles.published_at, quotations.article_id, quotations.position, quotations.speaker
        FROM quotations JOIN articles
        ON articles.id = quotations.article_id AND articles.revision = quotations.revision
        WHERE quotations.speaker IS NOT NULL AND articles.retracted_at IS NULL
        """
    ).columns(published_at=MOMENT)
    for published_at, article_id, position, speaker in op.get_bind().execute(said):
        for word in dict.fromkeys(words(speaker)):
            yield {
                "word": word,
                "published_at": published_at,
                "article_id": article_id,
                "position": position,
            }


def _make_reading() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("reader_id", KEY, nullable=False, autoincrement=False),
        sa.Column("article_id", KEY, nullable=False, autoincrement=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("reader_id", "article_id", name="bookmarks_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="bookmarks_article_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("bookmarks_newest", "bookmarks", ["reader_id", "kept_at"])
    op.create_index("bookmarks_article", "bookmarks", ["article_id"])
    op.create_table(
        "article_openings",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("article_id", KEY, nullable=False, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "article_id", name="article_openings_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="article_openings_article_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("article_openings_article", "article_openings", ["article_id"])
    op.create_table(
        "campaign_arrivals",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "campaign", name="campaign_arrivals_pkey"),
    )
    op.create_table(
        "card_files",
        sa.Column("article_id", KEY, nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("shape", sa.String(1), nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "revision", "position", "shape", name="card_files_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id", "revision", "position"],
            ["quotations.article_id", "quotations.revision", "quotations.position"],
            name="card_files_article_id_revision_position_fkey",
            ondelete="CASCADE",
        ),
    )
