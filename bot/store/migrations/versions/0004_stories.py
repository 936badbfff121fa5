"""Stories: which articles tell of the same event. And the pages of split articles, each for itself."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables; an article that is held already is a story of its own, found by nothing."""
    op.create_table(
        "article_stories",
        sa.Column("article_id", KEY, nullable=False, autoincrement=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="article_stories_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="article_stories_article_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("article_stories_story", "article_stories", ["story_id"])
    op.create_table(
        "story_terms",
        sa.Column("term", sa.BigInteger, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("term", "published_at", "article_id", name="story_terms_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="story_terms_article_id_fkey", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("story_terms_article", "story_terms", ["article_id"])
    op.create_table(
        "article_pages",
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("title_key", "published_at", "page", name="article_pages_pkey"),
    )
    # The key without a term is one byte of zero.
    stories = sa.table("article_stories", sa.column("article_id"), sa.column("story_id"), sa.column("key"))
    articles = sa.table("articles", sa.column("id"))
    own = sa.select(articles.c.id, articles.c.id, sa.literal(b"\0", sa.LargeBinary))
    op.execute(sa.insert(stories).from_select(["article_id", "story_id", "key"], own))
