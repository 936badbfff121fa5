"""The tables of readers, channels and groups, and of what they chose. No statements live here."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    and_,
    false,
    true,
)

from bot.core.audience import ChatKind
from bot.store.article_tables import article_key
from bot.store.columns import Key, Moment, Printed, closed_set, metadata

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
# All that planning asks of each chunk of readers: most have no quiet hours.
Index(
    "subscribers_quiet",
    subscribers.c.chat_id,
    subscribers.c.zone,
    subscribers.c.quiet_from,
    subscribers.c.quiet_to,
    subscribers.c.breaking_passes,
    sqlite_where=subscribers.c.quiet_from.is_not(None),
    postgresql_where=subscribers.c.quiet_from.is_not(None),
)

ACTIVE = and_(subscribers.c.subscribed, subscribers.c.reachable)
"""Who gets new articles: ``Subscriber.active`` as a condition."""


def _chat() -> Column[Any]:
    """Part of the key of what belongs to a chat: it moves and goes with it."""
    of = ForeignKey(subscribers.c.chat_id, ondelete="CASCADE", onupdate="CASCADE")
    return Column("chat_id", Key, of, primary_key=True, autoincrement=False)


subscriber_sections = Table(
    "subscriber_sections",
    metadata,
    _chat(),
    Column("section", Printed, primary_key=True),
)

subscriber_keywords = Table(
    # What a reader follows, or has muted, by its ``matching.keyword_key``.
    "subscriber_keywords",
    metadata,
    _chat(),
    Column("key", Printed, primary_key=True),
    Column("text", Printed, nullable=False),
    Column("muted", Boolean, nullable=False),
)
Index("subscriber_keywords_key", subscriber_keywords.c.key)

muted_stories = Table(
    "muted_stories",
    metadata,
    _chat(),
    Column("story_id", Key, primary_key=True, autoincrement=False),
)
Index("muted_stories_story", muted_stories.c.story_id)

channel_styles = Table(
    # How a channel that the newspaper described is written to.
    "channel_styles",
    metadata,
    _chat(),
    Column("template", String(64), nullable=False),
    Column("photo", Boolean, nullable=False),
)

forum_topics = Table(
    # The topic of a forum in which a section's articles are posted.
    "forum_topics",
    metadata,
    _chat(),
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
    article_key(),
    Column("kept_at", Moment, nullable=False),
)
Index("bookmarks_newest", bookmarks.c.reader_id, bookmarks.c.kept_at)
Index("bookmarks_article", bookmarks.c.article_id)

campaign_arrivals = Table(
    # How many came by a campaign's link on a day; who is not kept.
    "campaign_arrivals",
    metadata,
    Column("day", Date, primary_key=True),
    Column("campaign", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
)
