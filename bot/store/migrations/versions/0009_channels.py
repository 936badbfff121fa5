"""How each channel is written to: template, photo, and the forum topics of its sections."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "channel_styles",
        sa.Column("chat_id", KEY, nullable=False, autoincrement=False),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("photo", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="channel_styles_pkey"),
        _of_subscriber("channel_styles"),
    )
    op.create_table(
        "forum_topics",
        sa.Column("chat_id", KEY, nullable=False, autoincrement=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "section", name="forum_topics_pkey"),
        _of_subscriber("forum_topics"),
    )


def _of_subscriber(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["chat_id"],
        ["subscribers.chat_id"],
        name=f"{table}_chat_id_fkey",
        ondelete="CASCADE",
        onupdate="CASCADE",
    )
