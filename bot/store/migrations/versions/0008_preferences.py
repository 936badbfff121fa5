"""What each reader chose to get and when: kinds, cap, digest, quiet hours, zone, pause, keywords, stories."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the columns and tables; whoever subscribed before gets every article, as before."""
    for column in (
        sa.Column("every_article", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("breaking", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("breaking_cap", sa.SmallInteger),
        sa.Column("breaking_passes", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("digest", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("digest_at", sa.SmallInteger, nullable=False, server_default="420"),
        sa.Column("digest_weekdays", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("quiet_from", sa.SmallInteger),
        sa.Column("quiet_to", sa.SmallInteger),
        sa.Column("zone", sa.String(40), nullable=False, server_default="Asia/Jakarta"),
        sa.Column("paused_until", MOMENT),
    ):
        op.add_column("subscribers", column)
    op.create_index("subscribers_zone", "subscribers", ["zone"])
    op.create_index("publications_announced", "publications", ["announced_at"])
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "subscriber_keywords",
        sa.Column("chat_id", KEY, nullable=False, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("muted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "key", name="subscriber_keywords_pkey"),
        _of_subscriber("subscriber_keywords"),
    )
    op.create_index("subscriber_keywords_key", "subscriber_keywords", ["key"])
    op.create_table(
        "muted_stories",
        sa.Column("chat_id", KEY, nullable=False, autoincrement=False),
        sa.Column("story_id", KEY, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("chat_id", "story_id", name="muted_stories_pkey"),
        _of_subscriber("muted_stories"),
    )
    op.create_index("muted_stories_story", "muted_stories", ["story_id"])
    op.create_table(
        "forgotten",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="forgotten_pkey"),
    )
    op.create_table(
        "digest_clock",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("seen_to", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="digest_clock_pkey"),
    )


def _of_subscriber(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["chat_id"],
        ["subscribers.chat_id"],
        name=f"{table}_chat_id_fkey",
        ondelete="CASCADE",
        onupdate="CASCADE",
    )
