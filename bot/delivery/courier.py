"""Carrying out one delivery: what the message says, and whether it is sent, edited or withdrawn."""

from collections.abc import Awaitable
from typing import Protocol

import structlog

from bot.core.article import ArchivedArticle
from bot.core.audience import ChatKind
from bot.core.message import Message
from bot.core.outcome import Nothing, Outcome, Refused, Retry
from bot.core.publication import DueDelivery, PublicationKind
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

STORE_PAUSE = 2.0
"""Seconds of rest when the database does not answer."""

FAULT_PAUSE = 60.0
"""Seconds until a message that could not be written, for a broken template say, is tried again."""

KEPT_MESSAGES = 200
"""Messages kept for the next recipient of the same one: each language and kind of chat has its own."""


class Articles(Protocol):
    """Where articles are read."""

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        """The article's newest revision."""
        ...


class Messenger(Protocol):
    """Telegram."""

    async def send(
        self, chat_id: int, message: Message, *, silent: bool, answers: int | None = None
    ) -> Outcome:
        """Send a message."""
        ...

    async def edit(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        """Change a message."""
        ...

    async def withdraw(self, chat_id: int, message_id: int, notice: Message) -> Outcome:
        """Delete a message, or change it into a notice."""
        ...


class Wording(Protocol):
    """Writes the messages."""

    def push(self, archived: ArchivedArticle, language: str, *, channel: bool) -> Message:
        """The message that announces an article."""
        ...

    def retracted(self, title: str, language: str) -> Message:
        """The notice that an article was taken back."""
        ...


class DigestWriter(Protocol):
    """Writes digests, each for one reader."""

    async def written(self, edition: str, chat_id: int, language: str) -> Message | None:
        """The digest; None when it would be empty."""
        ...


class Courier:
    """Carries deliveries out, many at once; remembers nothing but messages that it has written."""

    def __init__(
        self, *, articles: Articles, messenger: Messenger, wording: Wording, digests: DigestWriter
    ) -> None:
        self._articles = articles
        self._digests = digests
        self._messenger = messenger
        self._wording = wording
        self._written: dict[tuple[int, int | None, str, bool], Message] = {}

    async def carry(self, delivery: DueDelivery, message: Message) -> Outcome:
        """Send, edit or withdraw what ``delivery`` is about; what became of it. Raises nothing.

        A fault of ours, in a template say, is logged, and the delivery is to be tried again.
        """
        try:
            return await self._act(delivery, message)
        except Exception as error:
            log.error("message cannot be sent", article=delivery.article_id, exc_info=error)
            return Retry(FAULT_PAUSE, str(error))

    async def _act(self, delivery: DueDelivery, message: Message) -> Outcome:
        chat_id, edits = delivery.chat_id, delivery.edits
        if edits is not None and delivery.kind is PublicationKind.CORRECTION:
            return await self._messenger.edit(chat_id, edits, message)
        if edits is not None and delivery.kind is PublicationKind.RETRACTION:
            return await self._messenger.withdraw(chat_id, edits, message)
        return await self._messenger.send(chat_id, message, silent=delivery.silent, answers=delivery.answers)

    async def written(self, delivery: DueDelivery) -> Message | Retry | Refused | Nothing:
        """The message of ``delivery``, or what to record where there is none."""
        if delivery.edition is not None:
            return await self._written_digest(delivery, delivery.edition)
        channel = delivery.chat_kind is ChatKind.CHANNEL
        key = (delivery.publication_id, delivery.revision, delivery.language, channel)
        if key in self._written:
            return self._written[key]
        message = await self._or_retry(delivery, self._write(delivery, channel))
        if isinstance(message, Retry):
            return message
        if message is None:
            return Refused("the article is no longer in the archive")
        while len(self._written) >= KEPT_MESSAGES:
            del self._written[next(iter(self._written))]
        self._written[key] = message
        return message

    async def _written_digest(self, delivery: DueDelivery, edition: str) -> Message | Retry | Nothing:
        writing = self._digests.written(edition, delivery.chat_id, delivery.language)
        return await self._or_retry(delivery, writing) or Nothing("nothing new for this reader")

    async def _or_retry(
        self, delivery: DueDelivery, writing: Awaitable[Message | None]
    ) -> Message | Retry | None:
        try:
            return await writing
        except StoreUnavailable as error:
            return Retry(STORE_PAUSE, str(error))
        except Exception as error:
            # A template or a fault of ours: the delivery waits in the ledger and is not lost.
            log.error("message cannot be written", article=delivery.article_id, exc_info=error)
            return Retry(FAULT_PAUSE, str(error))

    async def _write(self, delivery: DueDelivery, channel: bool) -> Message | None:
        if delivery.kind is PublicationKind.RETRACTION:
            return self._wording.retracted(delivery.title or "", delivery.language)
        if delivery.article_id is None:
            return None
        archived = await self._articles.by_id(delivery.article_id)
        if archived is None:
            return None
        return self._wording.push(archived, delivery.language, channel=channel)
