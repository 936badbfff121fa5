"""Sources: how the looks at each went, what each listed, and which files of folders were read."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(16)
MARK = sa.String(32)


def upgrade() -> None:
    """Makes the three tables."""
    op.create_table(
        "sources",
        sa.Column("id", KEY, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("digest", sa.String(64)),
        sa.Column("rate", sa.Float, nullable=False),
        sa.Column("next_at", MOMENT),
        sa.Column("checked_at", MOMENT),
        sa.Column("succeeded_at", MOMENT),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("cause", sa.Text),
        sa.Column("dead_since", MOMENT),
        sa.PrimaryKeyConstraint("id", name="sources_pkey"),
        sa.UniqueConstraint("address", name="sources_address_key"),
    )
    op.create_table(
        "source_items",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("address_mark", MARK, nullable=False),
        sa.Column("guid_mark", MARK),
        sa.Column("title_mark", MARK),
        sa.Column("content_mark", MARK),
        sa.Column("title", sa.Text),
        sa.Column("published_at", MOMENT),
        sa.Column("section", sa.Text),
        sa.Column("state", WORD, nullable=False),
        sa.Column("sending", WORD, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.Column("cause", sa.Text),
        sa.Column("article_id", KEY),
        sa.Column("origins", sa.Text),
        sa.PrimaryKeyConstraint("id", name="source_items_pkey"),
        sa.UniqueConstraint("source_id", "address_mark", name="source_items_source_id_address_mark_key"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name="source_items_source_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="source_items_article_id_fkey", ondelete="SET NULL"
        ),
    )
    op.create_index("source_items_guid", "source_items", ["source_id", "guid_mark"])
    op.create_index("source_items_title", "source_items", ["source_id", "title_mark"])
    op.create_index("source_items_address", "source_items", ["address_mark"])
    op.create_index("source_items_content", "source_items", ["content_mark"])
    op.create_index("source_items_state", "source_items", ["state", "source_id", "settled_at"])
    op.create_index("source_items_article", "source_items", ["article_id"])
    op.create_table(
        "read_files",
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified_ns", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("path", name="read_files_pkey"),
    )
