"""Who reads, and what each asked for. Of what was sent to them, only forgetting and moving live here."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import and_, case, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.audience import ChatKind, Keyword, Subscriber
from bot.core.preferences import Preferences
from bot.errors import SettingsError
from bot.store.article_tables import article_stories
from bot.store.database import Database
from bot.store.ledger_tables import deliveries, publications
from bot.store.moving import follow
from bot.store.planning import BEFORE_ALL
from bot.store.reader_tables import (
    ACTIVE,
    bookmarks,
    forgotten,
    muted_stories,
    subscriber_keywords,
    subscriber_sections,
    subscribers,
)
from bot.store.subscriber_rows import (
    add_new,
    new_row,
    preference_row,
    preferences_of,
    read_one,
    read_rows,
    unreachable,
)
from bot.store.upsert import upsert

_EVERYTHING = Preferences()

_CHUNK = 1000
"""Rows read or written at once, so that nobody waits long for the lock and memory stays small."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: chats ``added``, and chats ``kept`` as they were because they were known.

    ``forgotten`` counts chats that were left out, for they had asked for it.
    """

    added: int
    kept: int
    forgotten: int = 0


@dataclass(frozen=True, slots=True)
class Audience:
    """How many chats are known, and how many of them get new articles."""

    active: int
    total: int


class Subscribers:
    """Readers, groups and channels by chat id. Every method may raise StoreUnavailable.

    Those that change one chat give it back as it is then, or None when it is not known; they make no new one.
    ``forget_key`` is the key of the marks by which whoever was forgotten is not imported again; it is needed
    where such marks are.
    """

    def __init__(self, database: Database, *, forget_key: bytes | None = None) -> None:
        self._database = database
        self._forget_key = forget_key

    async def get(self, chat_id: int) -> Subscriber | None:
        """The chat as it is now; None when it never joined."""
        async with self._database.reading() as connection:
            return await read_one(connection, chat_id)

    async def join(
        self,
        chat_id: int,
        *,
        kind: ChatKind,
        language: str,
        now: datetime,
        preferences: Preferences = _EVERYTHING,
    ) -> Subscriber:
        """Subscribes the chat; whoever comes back is reachable again and finds language and settings kept.

        ``preferences`` are those of a chat that was never here.
        """
        new = Subscriber(chat_id, kind, language, True, True, False, frozenset(), now, preferences)
        async with self._database.writing() as connection:
            joined = await connection.execute(
                upsert(connection.dialect.name, subscribers)
                .values(new_row(new))
                .on_conflict_do_update(index_elements=["chat_id"], set_={"subscribed": True, **_REACHABLE})
                .returning(subscribers)
            )
            (subscriber,) = await read_rows(connection, joined.all())
            if self._forget_key is not None:
                await connection.execute(delete(forgotten).where(forgotten.c.mark == self._mark(chat_id)))
            return subscriber

    async def leave(self, chat_id: int) -> Subscriber | None:
        """Stops new articles for the chat; its settings stay for a return."""
        return await self._set(chat_id, subscribed=False)

    async def set_language(self, chat_id: int, language: str) -> Subscriber | None:
        """Speaks ``language`` to the chat from now on."""
        return await self._set(chat_id, language=language)

    async def set_silent(self, chat_id: int, wanted: bool) -> Subscriber | None:
        """Delivers without a sound, or with one."""
        return await self._set(chat_id, silent=wanted)

    async def prefer(
        self, chat_id: int, change: Callable[[Preferences], Preferences | None]
    ) -> Subscriber | None:
        """Makes of the chat's preferences what ``change`` makes of them; where that is None they stay."""
        async with self._database.writing() as connection:
            # The chat's row is the lock that two taps on PostgreSQL queue for.
            locked = select(subscribers).where(subscribers.c.chat_id == chat_id).with_for_update()
            row = (await connection.execute(locked)).one_or_none()
            if row is None or (preferences := change(preferences_of(row))) is None:
                return None
            await connection.execute(
                update(subscribers)
                .where(subscribers.c.chat_id == chat_id)
                .values(preference_row(preferences))
            )
            return await read_one(connection, chat_id)

    async def keywords(self, chat_id: int) -> tuple[Keyword, ...]:
        """What the chat follows and has muted, by text."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(subscriber_keywords.c.key, subscriber_keywords.c.text, subscriber_keywords.c.muted)
                .where(subscriber_keywords.c.chat_id == chat_id)
                .order_by(subscriber_keywords.c.text, subscriber_keywords.c.key)
            )
            return tuple(Keyword(*row) for row in rows)

    async def add_keyword(self, chat_id: int, keyword: Keyword, *, most: int) -> bool:
        """Follows or mutes ``keyword``, in place of one with its key; False if the chat has ``most`` others.

        Nothing happens for a chat that is not known.
        """
        mine = subscriber_keywords.c.chat_id == chat_id
        async with self._database.writing() as connection:
            known = select(subscribers.c.chat_id).where(subscribers.c.chat_id == chat_id).with_for_update()
            if await connection.scalar(known) is None:
                return True
            others = select(func.count()).where(mine, subscriber_keywords.c.key != keyword.key)
            if (await connection.scalar(others) or 0) >= most:
                return False
            await connection.execute(
                delete(subscriber_keywords).where(mine, subscriber_keywords.c.key == keyword.key)
            )
            await connection.execute(
                insert(subscriber_keywords).values(
                    chat_id=chat_id, key=keyword.key, text=keyword.text, muted=keyword.muted
                )
            )
            return True

    async def drop_keyword(self, chat_id: int, key: str) -> None:
        """Neither follows nor mutes the keyword with ``key`` any more."""
        async with self._database.writing() as connection:
            await connection.execute(
                delete(subscriber_keywords).where(
                    subscriber_keywords.c.chat_id == chat_id, subscriber_keywords.c.key == key
                )
            )

    async def mute_story(self, chat_id: int, article_id: int) -> bool:
        """Sends the chat nothing more of the article's story; False when chat or article are not known."""
        story = select(literal(chat_id), article_stories.c.story_id).where(
            article_stories.c.article_id == article_id,
            exists().where(subscribers.c.chat_id == chat_id),
        )
        async with self._database.writing() as connection:
            await connection.execute(
                upsert(connection.dialect.name, muted_stories)
                .from_select(["chat_id", "story_id"], story)
                .on_conflict_do_nothing(index_elements=["chat_id", "story_id"])
            )
            muted = story.add_columns(muted_stories.c.story_id).join(
                muted_stories,
                and_(
                    muted_stories.c.chat_id == chat_id,
                    muted_stories.c.story_id == article_stories.c.story_id,
                ),
            )
            return (await connection.execute(muted)).first() is not None

    async def set_reachable(
        self, chat_id: int, reachable: bool, *, cause: str | None, now: datetime
    ) -> Subscriber | None:
        """Notes that the chat takes messages again, or no longer, and why; its wish and settings stay."""
        if reachable:
            return await self._set(chat_id, **_REACHABLE)
        return await self._set(chat_id, **unreachable(cause, now))

    async def toggle_section(self, chat_id: int, section: str | None) -> Subscriber | None:
        """Adds a section to the wanted ones, or takes it out; None wants them all again."""
        mine = subscriber_sections.c.chat_id == chat_id
        async with self._database.writing() as connection:
            # The chat's row is the lock that two taps on PostgreSQL queue for.
            known = select(subscribers.c.chat_id).where(subscribers.c.chat_id == chat_id).with_for_update()
            if await connection.scalar(known) is None:
                return None
            if section is None:
                await connection.execute(delete(subscriber_sections).where(mine))
                return await read_one(connection, chat_id)
            removed = await connection.execute(
                delete(subscriber_sections).where(mine, subscriber_sections.c.section == section)
            )
            if not removed.rowcount:
                await connection.execute(insert(subscriber_sections).values(chat_id=chat_id, section=section))
            return await read_one(connection, chat_id)

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Makes the new chat what the old one was, with what is still to be sent; see ``moving.follow``."""
        async with self._database.writing() as connection:
            await follow(connection, old_chat_id, new_chat_id)

    async def set_channels(self, channels: Mapping[int, str], *, now: datetime) -> None:
        """Makes exactly these channels (chat id to language) subscribed, and tries them all again."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(subscribers)
                .where(subscribers.c.kind == ChatKind.CHANNEL, subscribers.c.chat_id.not_in(channels))
                .values(subscribed=False)
            )
            for chat_id, language in channels.items():
                channel = Subscriber(chat_id, ChatKind.CHANNEL, language, True, True, False, frozenset(), now)
                await connection.execute(
                    upsert(connection.dialect.name, subscribers)
                    .values(new_row(channel))
                    .on_conflict_do_update(
                        index_elements=["chat_id"],
                        set_={
                            "kind": ChatKind.CHANNEL,
                            "language": language,
                            "subscribed": True,
                            **_REACHABLE,
                        },
                    )
                )

    async def forget(self, chat_id: int) -> None:
        """Erases the chat: its settings, its bookmarks, and every trace of what was sent to it.

        A keyed mark stays, by which no import brings the chat back; joining takes it away.
        """
        async with self._database.writing() as connection:
            if self._forget_key is not None:
                await connection.execute(
                    upsert(connection.dialect.name, forgotten)
                    .values(mark=self._mark(chat_id))
                    .on_conflict_do_nothing(index_elements=["mark"])
                )
            # Through the publications, as the ledger's index leads with them: an index of chats alone would
            # burden every delivery for the sake of a rare wish.
            await connection.execute(
                delete(deliveries).where(
                    deliveries.c.publication_id.in_(select(publications.c.id)),
                    deliveries.c.chat_id == chat_id,
                )
            )
            await connection.execute(delete(bookmarks).where(bookmarks.c.reader_id == chat_id))
            await connection.execute(delete(subscribers).where(subscribers.c.chat_id == chat_id))

    async def export(self) -> AsyncIterator[Subscriber]:
        """Every known chat by chat id, read in chunks: each is as it was when its chunk was read."""
        last = BEFORE_ALL
        while True:
            page = select(subscribers).where(subscribers.c.chat_id > last).order_by(subscribers.c.chat_id)
            async with self._database.reading() as connection:
                chunk = await read_rows(connection, (await connection.execute(page.limit(_CHUNK))).all())
            for subscriber in chunk:
                yield subscriber
            if len(chunk) < _CHUNK:
                return
            last = chunk[-1].chat_id

    async def import_many(self, rows: Iterable[Subscriber]) -> Imported:
        """Adds the chats that are not known; known ones keep what they are. May be stopped and repeated.

        Whoever was forgotten is left out. Raises SettingsError when there are such marks and no key to them.
        """
        added = seen = left_out = 0
        arriving = iter(rows)
        while chunk := list(islice(arriving, _CHUNK)):
            async with self._database.writing() as connection:
                wanted = await self._not_forgotten(connection, chunk)
                added += await add_new(connection, wanted) if wanted else 0
            seen += len(chunk)
            left_out += len(chunk) - len(wanted)
        return Imported(added, seen - added - left_out, left_out)

    async def _not_forgotten(
        self, connection: AsyncConnection, chunk: Sequence[Subscriber]
    ) -> Sequence[Subscriber]:
        if await connection.scalar(select(forgotten.c.mark).limit(1)) is None:
            return chunk
        if self._forget_key is None:
            raise SettingsError(
                "some readers asked to be forgotten, and only BOT_TOKEN (or FORGET_KEY) tells who: set it"
            )
        marks = [self._mark(subscriber.chat_id) for subscriber in chunk]
        gone = set(await connection.scalars(select(forgotten.c.mark).where(forgotten.c.mark.in_(marks))))
        return [subscriber for subscriber, mark in zip(chunk, marks, strict=True) if mark not in gone]

    def _mark(self, chat_id: int) -> str:
        return hmac.new(self._forget_key or b"", str(chat_id).encode(), hashlib.sha256).hexdigest()

    async def count(self) -> Audience:
        """How many chats are active, and how many are known."""
        counted = select(func.count(case((ACTIVE, 1))), func.count()).select_from(subscribers)
        async with self._database.reading() as connection:
            return Audience(*(await connection.execute(counted)).one())

    async def _set(self, chat_id: int, **values: Any) -> Subscriber | None:
        async with self._database.writing() as connection:
            await connection.execute(
                update(subscribers).where(subscribers.c.chat_id == chat_id).values(values)
            )
            return await read_one(connection, chat_id)


_REACHABLE = {"reachable": True, "unreachable_since": None, "unreachable_cause": None}
