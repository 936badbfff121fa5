"""How channels and the newsroom's groups are written to, and the forum topics that sections have there."""

from sqlalchemy import delete, insert, select, update

from bot.core.audience import ChatKind
from bot.core.channels import Channel, Style
from bot.core.preferences import Preferences
from bot.store.database import Database
from bot.store.reader_tables import channel_styles, forum_topics, subscriber_sections, subscribers
from bot.store.subscriber_rows import preference_row
from bot.store.upsert import upsert


class Channels:
    """Channels by chat id. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def describe(self, chat_id: int, kind: ChatKind, channel: Channel, *, zone: str) -> None:
        """Makes of a subscriber what ``channel`` says; topics that it has stay."""
        wants = Preferences(every_article=not channel.breaking_only, zone=zone)
        async with self._database.writing() as connection:
            await connection.execute(
                update(subscribers)
                .where(subscribers.c.chat_id == chat_id)
                .values(kind=kind, language=channel.language, **preference_row(wants))
            )
            mine = subscriber_sections.c.chat_id == chat_id
            await connection.execute(delete(subscriber_sections).where(mine))
            if channel.sections:
                rows = [{"chat_id": chat_id, "section": name} for name in sorted(set(channel.sections))]
                await connection.execute(insert(subscriber_sections), rows)
            style = {"template": channel.template, "photo": channel.photo}
            await connection.execute(
                upsert(connection.dialect.name, channel_styles)
                .values(chat_id=chat_id, **style)
                .on_conflict_do_update(index_elements=["chat_id"], set_=style)
            )

    async def style(self, chat_id: int) -> Style:
        """How the chat is written to; as every chat where nothing was said."""
        async with self._database.reading() as connection:
            row = (
                await connection.execute(select(channel_styles).where(channel_styles.c.chat_id == chat_id))
            ).one_or_none()
            if row is None:
                return Style(photo=False)
            topics = await connection.execute(select(forum_topics).where(forum_topics.c.chat_id == chat_id))
            return Style(row.template, row.photo, {topic.section: topic.thread_id for topic in topics})

    async def add_topic(self, chat_id: int, section: str, thread_id: int) -> None:
        """Remembers the forum topic that ``section`` has in the chat."""
        async with self._database.writing() as connection:
            await connection.execute(
                upsert(connection.dialect.name, forum_topics)
                .values(chat_id=chat_id, section=section, thread_id=thread_id)
                .on_conflict_do_update(index_elements=["chat_id", "section"], set_={"thread_id": thread_id})
            )
