"""The tables of articles: revisions, quotations, keywords, stories. No statements live here.

The full-text index ``article_search`` is made by the migrations alone: it is an FTS5 table on SQLite and a
table with a ``tsvector`` on PostgreSQL, which no common description covers.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from bot.store.columns import Key, Moment, Printed, metadata

articles = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("identity", String(64), nullable=False, unique=True),
    Column("title_key", Printed, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("title", Printed, nullable=False),
    Column("section", Printed),
    Column("published_at", Moment, nullable=False),
    Column("retracted_at", Moment),
)
Index("articles_newest", articles.c.published_at, articles.c.id)
Index("articles_title", articles.c.title_key)
Index("articles_section", articles.c.section, articles.c.published_at, articles.c.id)

SHOWN = articles.c.retracted_at.is_(None)
"""Articles that readers may see."""


def article_key() -> Column[Any]:
    """Part of the key of what belongs to an article: it goes with it."""
    of = ForeignKey(articles.c.id, ondelete="CASCADE")
    return Column("article_id", Key, of, primary_key=True, autoincrement=False)


article_revisions = Table(
    "article_revisions",
    metadata,
    Column("article_id", Key, ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("keywords", Text, nullable=False),
    Column("stored_at", Moment, nullable=False),
)

quotations = Table(
    "quotations",
    metadata,
    Column("article_id", Key, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("paragraph", Integer, nullable=False),
    Column("speaker", Printed),
    Column("role", Printed),
    Column("cue", Printed),
    Column("text", Printed, nullable=False),
    Column("vox_pop", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["article_id", "revision"],
        [article_revisions.c.article_id, article_revisions.c.revision],
        ondelete="CASCADE",
    ),
)
Index("quotations_speaker", quotations.c.speaker)

quotation_names = Table(
    # Each word of the name of each speaker in an article's newest revision, ready to be read newest first.
    "quotation_names",
    metadata,
    Column("word", String(64), primary_key=True),
    Column("published_at", Moment, primary_key=True),
    article_key(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
Index("quotation_names_article", quotation_names.c.article_id)

article_keywords = Table(
    "article_keywords",
    metadata,
    Column("keyword", String(100), primary_key=True),
    article_key(),
)
Index("article_keywords_article", article_keywords.c.article_id)

article_stories = Table(
    "article_stories",
    metadata,
    article_key(),
    # The id of the article that began the story.
    Column("story_id", Key, nullable=False),
    Column("key", LargeBinary, nullable=False),
)
Index("article_stories_story", article_stories.c.story_id)

story_terms = Table(
    "story_terms",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("published_at", Moment, primary_key=True),
    article_key(),
    sqlite_with_rowid=False,
)
Index("story_terms_article", story_terms.c.article_id)

article_pages = Table(
    "article_pages",
    metadata,
    Column("title_key", Printed, primary_key=True),
    # The minute that is printed over every page of the article.
    Column("published_at", Moment, primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
)

article_openings = Table(
    # How often an article was opened on a day; by whom is not kept.
    "article_openings",
    metadata,
    Column("day", Date, primary_key=True),
    article_key(),
    Column("count", Integer, nullable=False),
)
Index("article_openings_article", article_openings.c.article_id)

card_files = Table(
    # What Telegram calls a card that it has already, so that it is neither drawn nor sent twice.
    "card_files",
    metadata,
    Column("article_id", Key, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("shape", String(1), primary_key=True),
    Column("file_id", Text, nullable=False),
    ForeignKeyConstraint(
        ["article_id", "revision", "position"],
        [quotations.c.article_id, quotations.c.revision, quotations.c.position],
        ondelete="CASCADE",
    ),
)
