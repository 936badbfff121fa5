"""Everything that is kept about one chat, to be given to whom it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select

from bot.store.article_tables import articles
from bot.store.database import Database
from bot.store.ledger_tables import deliveries, publications
from bot.store.reader_tables import (
    bookmarks,
    muted_stories,
    subscriber_keywords,
    subscriber_sections,
    subscribers,
)

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class KeptAbout:
    """The rows that concern one chat, each with its columns' names; ``chat`` has one at most."""

    chat: Rows
    sections: Rows
    keywords: Rows
    muted_stories: Rows
    saved: Rows
    sent: Rows


class Rights:
    """Reads alone; erasing is ``Subscribers.forget``. May raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept_about(self, chat_id: int) -> KeptAbout:
        """Everything that is kept about the chat; the newest deliveries first."""
        async with self._database.reading() as connection:
            found = [
                [dict(row) for row in (await connection.execute(asked, {"chat": chat_id})).mappings()]
                for asked in _ASKED
            ]
        return KeptAbout(*found)


_chat: BindParameter[int] = bindparam("chat")

_ASKED: tuple[Select[Any], ...] = (
    select(subscribers).where(subscribers.c.chat_id == _chat),
    select(subscriber_sections.c.section).where(subscriber_sections.c.chat_id == _chat),
    select(subscriber_keywords.c.text, subscriber_keywords.c.muted).where(
        subscriber_keywords.c.chat_id == _chat
    ),
    select(muted_stories.c.story_id).where(muted_stories.c.chat_id == _chat),
    select(articles.c.title, bookmarks.c.kept_at)
    .join(bookmarks, bookmarks.c.article_id == articles.c.id)
    .where(bookmarks.c.reader_id == _chat)
    .order_by(bookmarks.c.kept_at),
    # Through the publications, as the ledger's index leads with them.
    select(
        publications.c.kind,
        publications.c.edition,
        articles.c.title,
        deliveries.c.state,
        deliveries.c.attempted_at,
        deliveries.c.finished_at,
        deliveries.c.message_id,
    )
    .join_from(publications, deliveries, deliveries.c.publication_id == publications.c.id)
    .outerjoin(articles, articles.c.id == publications.c.article_id)
    .where(deliveries.c.chat_id == _chat)
    .order_by(publications.c.id.desc()),
)
