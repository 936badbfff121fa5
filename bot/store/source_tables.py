"""The tables of sources: how the looks at each went, what it listed, which files were read."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.core.listed import ItemState, Sending
from bot.store.article_tables import articles
from bot.store.columns import Key, Moment, Printed, closed_set, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", Key, primary_key=True),
    Column("address", Printed, nullable=False, unique=True),
    Column("etag", Printed),
    Column("last_modified", Printed),
    Column("digest", String(64)),
    # Articles an hour.
    Column("rate", Float, nullable=False),
    Column("next_at", Moment),
    Column("checked_at", Moment),
    Column("succeeded_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("cause", Printed),
    Column("dead_since", Moment),
)

source_items = Table(
    "source_items",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source_id", Key, ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False),
    Column("address", Printed, nullable=False),
    Column("address_mark", String(32), nullable=False),
    Column("guid_mark", String(32)),
    Column("title_mark", String(32)),
    Column("content_mark", String(32)),
    Column("title", Printed),
    Column("published_at", Moment),
    Column("section", Printed),
    Column("state", closed_set(ItemState), nullable=False),
    Column("sending", closed_set(Sending), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment),
    Column("settled_at", Moment),
    Column("cause", Printed),
    # Which article it became, and for each field of that where it came from, as JSON.
    Column("article_id", Key, ForeignKey(articles.c.id, ondelete="SET NULL")),
    Column("origins", Text),
    # The page's own, for the next look at it.
    Column("etag", Printed),
    Column("last_modified", Printed),
    UniqueConstraint("source_id", "address_mark"),
)
Index("source_items_guid", source_items.c.source_id, source_items.c.guid_mark)
Index("source_items_title", source_items.c.source_id, source_items.c.title_mark)
Index("source_items_address", source_items.c.address_mark)
Index("source_items_content", source_items.c.content_mark)
Index("source_items_state", source_items.c.state, source_items.c.source_id, source_items.c.settled_at)
Index(
    "source_items_due",
    source_items.c.source_id,
    source_items.c.due_at,
    sqlite_where=source_items.c.due_at.is_not(None),
    postgresql_where=source_items.c.due_at.is_not(None),
)
Index("source_items_article", source_items.c.article_id)

read_files = Table(
    "read_files",
    metadata,
    Column("path", Printed, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
)
