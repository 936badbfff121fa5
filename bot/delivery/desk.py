"""Telling the newsroom's administrators what needs a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.message import Message
from bot.core.outcome import Outcome, Sent
from bot.core.pacing import ONE_CHAT, Rate
from bot.core.publication import Priority

log = structlog.get_logger(__name__)


class Turns(Protocol):
    """Who may send when."""

    async def turn(self, chat_id: int | str, priority: int, rate: Rate) -> None:
        """Wait for a turn."""
        ...


class Messenger(Protocol):
    """Sends one message."""

    async def send(self, chat_id: int, message: Message, *, silent: bool) -> Outcome:
        """Send and say what became of it."""
        ...


class Notices(Protocol):
    """Writes the notices."""

    def desk_unreadable(self, name: str, reason: str, language: str) -> Message:
        """An article could not be read."""
        ...

    def desk_refused(self, title: str, reason: str, language: str) -> Message:
        """Telegram refused a message."""
        ...

    def desk_channel_lost(self, name: str, reason: str, language: str) -> Message:
        """A channel takes no messages any more."""
        ...

    def desk_channel_back(self, name: str, language: str) -> Message:
        """A channel takes messages again."""
        ...

    def desk_source_dead(self, name: str, reason: str, language: str) -> Message:
        """A source has not answered for long."""
        ...

    def desk_source_back(self, name: str, language: str) -> Message:
        """A source answers again."""
        ...

    def desk_source_flood(self, name: str, address: str, count: int, language: str) -> Message:
        """Too many new articles at once are held."""
        ...

    def desk_paused(self, title: str, publication_id: int, reason: str, language: str) -> Message:
        """A publication was paused."""
        ...

    def desk_unsure(self, title: str, article_id: int, recipients: int, language: str) -> Message:
        """Nobody knows whether some recipients got an article."""
        ...

    def desk_digest_missed(self, slot: datetime, readers: int, language: str) -> Message:
        """A digest was left out."""
        ...


class Desk:
    """Sends notices to each of ``admin_ids``; one that cannot be told is logged and held against nobody."""

    def __init__(
        self, admin_ids: Sequence[int], *, turns: Turns, messenger: Messenger, notices: Notices, language: str
    ) -> None:
        self._admin_ids = admin_ids
        self._turns = turns
        self._messenger = messenger
        self._notices = notices
        self._language = language

    async def unreadable(self, name: str, reason: str) -> None:
        """An article ``name`` could not be read."""
        await self._tell(self._notices.desk_unreadable(name, reason, self._language))

    async def refused(self, title: str, cause: str) -> None:
        """Telegram refused the message about the article with ``title``."""
        await self._tell(self._notices.desk_refused(title, cause, self._language))

    async def channel_lost(self, name: str, cause: str) -> None:
        """The channel ``name`` takes no messages any more."""
        await self._tell(self._notices.desk_channel_lost(name, cause, self._language))

    async def channel_back(self, name: str) -> None:
        """The channel ``name``, which was lost, takes messages again."""
        await self._tell(self._notices.desk_channel_back(name, self._language))

    async def source_dead(self, name: str, cause: str) -> None:
        """The source ``name`` has not answered for long."""
        await self._tell(self._notices.desk_source_dead(name, cause, self._language))

    async def source_back(self, name: str) -> None:
        """The source ``name``, which was called dead, answers again."""
        await self._tell(self._notices.desk_source_back(name, self._language))

    async def source_flood(self, name: str, address: str, count: int) -> None:
        """The source ``name`` at ``address`` listed ``count`` new articles at once, which are held."""
        await self._tell(self._notices.desk_source_flood(name, address, count, self._language))

    async def paused(self, title: str, publication_id: int, cause: str) -> None:
        """Publication ``publication_id`` of the article with ``title`` was paused."""
        await self._tell(self._notices.desk_paused(title, publication_id, cause, self._language))

    async def unsure(self, title: str, article_id: int, recipients: int) -> None:
        """Nobody knows whether so many ``recipients`` got the article with ``title``."""
        await self._tell(self._notices.desk_unsure(title, article_id, recipients, self._language))

    async def digest_missed(self, slot: datetime, readers: int) -> None:
        """So many readers did not get the digest of ``slot``: nothing was sent for too long."""
        await self._tell(self._notices.desk_digest_missed(slot, readers, self._language))

    async def _tell(self, message: Message) -> None:
        for admin_id in self._admin_ids:
            await self._turns.turn(admin_id, Priority.BREAKING, ONE_CHAT)
            outcome = await self._messenger.send(admin_id, message, silent=False)
            if not isinstance(outcome, Sent):
                log.warning("administrator could not be told", admin=admin_id, outcome=repr(outcome))
