"""The first tables: the archive, its full-text index, the subscribers and the ledger."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(16)


def upgrade() -> None:
    """Makes every table."""
    _make_archive()
    _make_search()
    _make_subscribers()
    _make_ledger()


def _make_archive() -> None:
    op.create_table(
        "articles",
        sa.Column("id", KEY, nullable=False),
        sa.Column("identity", sa.String(64), nullable=False),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="articles_pkey"),
        sa.UniqueConstraint("identity", name="articles_identity_key"),
    )
    op.create_index("articles_newest", "articles", ["published_at", "id"])
    op.create_index("articles_title", "articles", ["title_key"])
    op.create_index("articles_section", "articles", ["section"])
    op.create_table(
        "article_revisions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("keywords", sa.Text, nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "revision", name="article_revisions_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="article_revisions_article_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "quotations",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("paragraph", sa.Integer, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("cue", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "revision", "position", name="quotations_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"],
            ["article_revisions.article_id", "article_revisions.revision"],
            name="quotations_article_id_revision_fkey",
            ondelete="CASCADE",
        ),
    )
    op.create_index("quotations_speaker", "quotations", ["speaker"])
    op.create_table(
        "article_keywords",
        sa.Column("keyword", sa.String(100), nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("keyword", "article_id", name="article_keywords_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="article_keywords_article_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("article_keywords_article", "article_keywords", ["article_id"])


def _make_search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_search USING fts5"
            "(title, speakers, body, tokenize = 'unicode61 remove_diacritics 2')"
        )
        return
    op.create_table(
        "article_search",
        sa.Column("article_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("words", postgresql.TSVECTOR, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="article_search_pkey"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="article_search_article_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("article_search_words", "article_search", ["words"], postgresql_using="gin")


def _make_subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("chat_id", KEY, nullable=False, autoincrement=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("subscribed", sa.Boolean, nullable=False),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("unreachable_since", MOMENT),
        sa.Column("unreachable_cause", sa.Text),
        sa.PrimaryKeyConstraint("chat_id", name="subscribers_pkey"),
    )
    op.create_table(
        "subscriber_sections",
        sa.Column("chat_id", KEY, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "section", name="subscriber_sections_pkey"),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["subscribers.chat_id"],
            name="subscriber_sections_chat_id_fkey",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )


def _make_ledger() -> None:
    op.create_table(
        "publications",
        sa.Column("id", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("planned_to", sa.BigInteger),
        sa.Column("announced_at", MOMENT, nullable=False),
        sa.Column("planned_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="publications_pkey"),
        sa.UniqueConstraint(
            "article_id", "revision", "kind", name="publications_article_id_revision_kind_key"
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"],
            ["article_revisions.article_id", "article_revisions.revision"],
            name="publications_article_id_revision_fkey",
        ),
    )
    _partial_index("publications_open", "publications", ["priority", "id"], "state IN ('planned', 'running')")
    op.create_table(
        "deliveries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("publication_id", KEY, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("attempted_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("cause", sa.Text),
        sa.PrimaryKeyConstraint("id", name="deliveries_pkey"),
        sa.UniqueConstraint("publication_id", "chat_id", name="deliveries_publication_id_chat_id_key"),
    )
    pending = "state = 'pending'"
    _partial_index(
        "deliveries_fresh", "deliveries", ["publication_id", "id"], f"{pending} AND due_at IS NULL"
    )
    _partial_index(
        "deliveries_put_off",
        "deliveries",
        ["publication_id", "due_at", "id"],
        f"{pending} AND due_at IS NOT NULL",
    )
    _partial_index("deliveries_attempting", "deliveries", ["publication_id", "id"], "state = 'attempting'")


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
