"""Every table, its types and its indexes, in one MetaData. No statements live here.

The full-text index ``article_search`` is made by the migrations alone: it is an FTS5 table on SQLite and a
table with a ``tsvector`` on PostgreSQL, which no common description covers.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Double,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    true,
)

from bot.core.audience import ChatKind
from bot.core.publication import DeliveryState, PublicationKind, PublicationState


class Moment(TypeDecorator[datetime]):
    """An instant: aware times go in, of any zone; aware times come out, in UTC. Refuses naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time as the database keeps it, in UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time as it is handed out, in UTC; SQLite forgets zones."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Printed(TypeDecorator[str]):
    """Text from outside. NUL, which PostgreSQL refuses, and surrogates, which no driver takes, are U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text with nothing in it that a database refuses."""
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def closed_set(values: type[StrEnum]) -> Enum:
    """A column of ``values``, kept as their texts; without a CHECK, so that a new value rebuilds no table."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is called INTEGER, which has 64 bits all the same."""

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
    }
)

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

article_revisions = Table(
    "article_revisions",
    metadata,
    Column("article_id", Key, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
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
        ["article_revisions.article_id", "article_revisions.revision"],
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
    Column(
        "article_id",
        Key,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
Index("quotation_names_article", quotation_names.c.article_id)

article_keywords = Table(
    "article_keywords",
    metadata,
    Column("keyword", String(100), primary_key=True),
    Column(
        "article_id",
        Key,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
)
Index("article_keywords_article", article_keywords.c.article_id)

article_stories = Table(
    "article_stories",
    metadata,
    Column(
        "article_id",
        Key,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
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
    Column(
        "article_id",
        Key,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
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

subscribers = Table(
    "subscribers",
    metadata,
    Column("chat_id", Key, primary_key=True, autoincrement=False),
    Column("kind", closed_set(ChatKind), nullable=False),
    Column("language", Printed, nullable=False),
    Column("subscribed", Boolean, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("unreachable_since", Moment),
    Column("unreachable_cause", Printed),
    # Seconds of the database's own clock (``clock.seconds``) until which workers leave the chat in peace.
    Column("rests_until", Double),
    # What ``core.preferences`` describes. Whoever was here before it gets every article.
    Column("every_article", Boolean, nullable=False, server_default=true()),
    Column("breaking", Boolean, nullable=False, server_default=true()),
    Column("breaking_cap", SmallInteger),
    Column("follow_ups", Boolean, nullable=False, server_default=true()),
    Column("breaking_passes", Boolean, nullable=False, server_default=true()),
    Column("digest", Boolean, nullable=False, server_default=false()),
    Column("digest_at", SmallInteger, nullable=False, server_default="420"),
    Column("digest_weekdays", Boolean, nullable=False, server_default=false()),
    Column("quiet_from", SmallInteger),
    Column("quiet_to", SmallInteger),
    Column("zone", String(40), nullable=False, server_default="Asia/Jakarta"),
    Column("paused_until", Moment),
)
Index("subscribers_zone", subscribers.c.zone)
ACTIVE = and_(subscribers.c.subscribed, subscribers.c.reachable)
"""Who gets new articles: ``Subscriber.active`` as a condition."""

subscriber_sections = Table(
    "subscriber_sections",
    metadata,
    Column(
        "chat_id",
        Key,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("section", Printed, primary_key=True),
)

subscriber_keywords = Table(
    # What a reader follows, or has muted, by its ``matching.keyword_key``.
    "subscriber_keywords",
    metadata,
    Column(
        "chat_id",
        Key,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("key", Printed, primary_key=True),
    Column("text", Printed, nullable=False),
    Column("muted", Boolean, nullable=False),
)
Index("subscriber_keywords_key", subscriber_keywords.c.key)

muted_stories = Table(
    "muted_stories",
    metadata,
    Column(
        "chat_id",
        Key,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("story_id", Key, primary_key=True, autoincrement=False),
)
Index("muted_stories_story", muted_stories.c.story_id)

channel_styles = Table(
    # How a channel that the newspaper described is written to.
    "channel_styles",
    metadata,
    Column(
        "chat_id",
        Key,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("template", String(64), nullable=False),
    Column("photo", Boolean, nullable=False),
)

forum_topics = Table(
    # The topic of a forum in which a section's articles are posted.
    "forum_topics",
    metadata,
    Column(
        "chat_id",
        Key,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("section", Printed, primary_key=True),
    Column("thread_id", BigInteger, nullable=False),
)

forgotten = Table(
    # Who asked to be forgotten, as a keyed hash: an import must not bring them back.
    "forgotten",
    metadata,
    Column("mark", String(64), primary_key=True),
)

digest_clock = Table(
    # One row: up to which slot digests were looked after.
    "digest_clock",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seen_to", Moment, nullable=False),
)

bookmarks = Table(
    "bookmarks",
    metadata,
    # A person's number, which is that of their private chat. Who never subscribed may keep articles too.
    Column("reader_id", Key, primary_key=True, autoincrement=False),
    Column(
        "article_id",
        Key,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kept_at", Moment, nullable=False),
)
Index("bookmarks_newest", bookmarks.c.reader_id, bookmarks.c.kept_at)
Index("bookmarks_article", bookmarks.c.article_id)

article_openings = Table(
    # How often an article was opened on a day; by whom is not kept.
    "article_openings",
    metadata,
    Column("day", Date, primary_key=True),
    Column(
        "article_id",
        Key,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("count", Integer, nullable=False),
)
Index("article_openings_article", article_openings.c.article_id)

campaign_arrivals = Table(
    # How many came by a campaign's link on a day; who is not kept.
    "campaign_arrivals",
    metadata,
    Column("day", Date, primary_key=True),
    Column("campaign", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
)

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
        ["quotations.article_id", "quotations.revision", "quotations.position"],
        ondelete="CASCADE",
    ),
)

publications = Table(
    "publications",
    metadata,
    Column("id", Key, primary_key=True),
    # None for a digest, which is of many articles.
    Column("article_id", Key),
    Column("revision", Integer),
    # Names a digest: the moment that it is for.
    Column("edition", String(40), unique=True),
    Column("kind", closed_set(PublicationKind), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", closed_set(PublicationState), nullable=False),
    # The last chat that planning has passed; None before the first.
    Column("planned_to", BigInteger),
    # Why it waits or rests, for the newsroom.
    Column("cause", Printed),
    Column("announced_at", Moment, nullable=False),
    Column("planned_at", Moment),
    Column("finished_at", Moment),
    UniqueConstraint("article_id", "revision", "kind"),
    ForeignKeyConstraint(
        ["article_id", "revision"], ["article_revisions.article_id", "article_revisions.revision"]
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Key, primary_key=True),
    # Without a foreign key: PostgreSQL looks it up row by row, which halves the speed of planning.
    Column("publication_id", Key, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("state", closed_set(DeliveryState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    # None: at once. Only what was put off has a time, so the index of those stays small.
    Column("due_at", Moment),
    Column("attempted_at", Moment),
    Column("finished_at", Moment),
    # The revision of the article that was claimed to be sent.
    Column("revision", Integer),
    Column("message_id", BigInteger),
    # The message that a correction or retraction changes.
    Column("edits", BigInteger),
    # Who claimed it. Without a foreign key, for a worker's row goes before its claims are given back.
    Column("worker_id", Key),
    Column("cause", Printed),
    UniqueConstraint("publication_id", "chat_id"),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Printed, nullable=False),
    # Seconds of the database's own clock: those of machines differ.
    Column("lease_until", Double, nullable=False),
    # Never the number of one that is no more: a worker that wakes up must not find itself in another.
    sqlite_autoincrement=True,
)

pace = Table(
    "pace",
    metadata,
    # One row, which all workers share; seconds of the database's own clock.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("spent_until", Double, nullable=False),
    Column("held_until", Double, nullable=False),
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("update_id", Key, primary_key=True, autoincrement=False),
    Column("seen_at", Moment, nullable=False),
)


def _state(table: Table, value: StrEnum) -> ColumnElement[bool]:
    # Written out, not bound: neither database matches a bound value to a partial index when it plans.
    return table.c.state == literal_column(f"'{value.value}'")


OPEN = publications.c.state.in_(
    [literal_column(f"'{state.value}'") for state in (PublicationState.APPROVED, PublicationState.RUNNING)]
)
"""Publications that deliveries may be sent for."""

FRESH = and_(_state(deliveries, DeliveryState.PENDING), deliveries.c.due_at.is_(None))
"""Deliveries to be sent at once."""

PUT_OFF = and_(_state(deliveries, DeliveryState.PENDING), deliveries.c.due_at.is_not(None))
"""Deliveries to be sent when their time has come."""

ATTEMPTING = _state(deliveries, DeliveryState.ATTEMPTING)
"""Deliveries whose answer is not yet known."""

IN_HAND = deliveries.c.state.in_(
    [literal_column(f"'{state.value}'") for state in (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)]
)
"""Deliveries that a worker has taken."""


def _partial_index(name: str, condition: Any, *columns: Any) -> None:
    Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


# Every open delivery stands in exactly one of these three, a closed one in none: what a million closed rows
# cost the next claim is nothing.
_partial_index("deliveries_fresh", FRESH, deliveries.c.publication_id, deliveries.c.id)
_partial_index(
    "deliveries_put_off", PUT_OFF, deliveries.c.publication_id, deliveries.c.due_at, deliveries.c.id
)
_partial_index("deliveries_in_hand", IN_HAND, deliveries.c.publication_id, deliveries.c.id)
Index("publications_announced", publications.c.announced_at)
_partial_index("publications_open", OPEN, publications.c.priority, publications.c.id)
