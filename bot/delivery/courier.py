"""Carrying out one delivery: what the message says, and whether it is sent, edited or withdrawn."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import structlog

from bot.core.article import ArchivedArticle
from bot.core.audience import ChatKind
from bot.core.channels import Style
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


Written = TypeVar("Written")

_Key = tuple[int, int | None, str, bool, str, bool]

_Push = tuple[Message, str | None]
"""A message that announces an article, and the article's section."""

_PLAIN = Style(photo=False)


class Articles(Protocol):
    """Where articles are read."""

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        """The article's newest revision."""
        ...


class Messenger(Protocol):
    """Telegram."""

    async def send(
        self,
        chat_id: int,
        message: Message,
        *,
        silent: bool,
        answers: int | None = None,
        thread: int | None = None,
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

    def push(
        self, archived: ArchivedArticle, language: str, *, channel: bool, template: str, photo: bool
    ) -> Message:
        """The message that announces an article, by ``template``; with ``photo`` its picture comes too."""
        ...

    def retracted(self, title: str, language: str) -> Message:
        """The notice that an article was taken back."""
        ...


class Styles(Protocol):
    """How channels and groups are written to."""

    async def style(self, chat_id: int) -> Style:
        """How one is."""
        ...


class DigestWriter(Protocol):
    """Writes digests, each for one reader."""

    async def written(self, edition: str, chat_id: int, language: str) -> Message | None:
        """The digest; None when it would be empty."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be sent, and the topic of the recipient's forum that it goes to, if any."""

    message: Message
    thread: int | None = None


class Courier:
    """Carries deliveries out, many at once; remembers nothing but the messages that it writes."""

    def __init__(
        self,
        *,
        articles: Articles,
        messenger: Messenger,
        wording: Wording,
        digests: DigestWriter,
        styles: Styles,
    ) -> None:
        self._styles = styles
        self._articles = articles
        self._digests = digests
        self._messenger = messenger
        self._wording = wording
        self._written: dict[_Key, _Push] = {}
        self._writing: dict[_Key, asyncio.Task[_Push | Retry | Refused]] = {}

    async def carry(self, delivery: DueDelivery, letter: Letter) -> Outcome:
        """Send, edit or withdraw what ``delivery`` is about; what became of it. Raises nothing.

        A fault of ours, in a template say, is logged, and the delivery is to be tried again.
        """
        try:
            return await self._act(delivery, letter)
        except Exception as error:
            log.error("message cannot be sent", article=delivery.article_id, exc_info=error)
            return Retry(FAULT_PAUSE, str(error))

    async def written(self, delivery: DueDelivery) -> Letter | Retry | Refused | Nothing:
        """What is to be sent for ``delivery``, or what to record where there is nothing. Raises nothing."""
        if delivery.edition is not None:
            return await self._written_digest(delivery, delivery.edition)
        style = await self._or_retry(delivery, self._style(delivery))
        if isinstance(style, Retry):
            return style
        written = await self._in_style(delivery, style)
        if not isinstance(written, tuple):
            return written
        message, section = written
        return Letter(message, style.threads.get(section) if section is not None else None)

    async def _act(self, delivery: DueDelivery, letter: Letter) -> Outcome:
        chat_id, edits, message = delivery.chat_id, delivery.edits, letter.message
        if edits is not None and delivery.kind is PublicationKind.CORRECTION:
            return await self._messenger.edit(chat_id, edits, message)
        if edits is not None and delivery.kind is PublicationKind.RETRACTION:
            return await self._messenger.withdraw(chat_id, edits, message)
        return await self._messenger.send(
            chat_id, message, silent=delivery.silent, answers=delivery.answers, thread=letter.thread
        )

    async def _style(self, delivery: DueDelivery) -> Style:
        # Readers are many and have no style of their own.
        return (
            _PLAIN if delivery.chat_kind is ChatKind.PRIVATE else await self._styles.style(delivery.chat_id)
        )

    async def _in_style(self, delivery: DueDelivery, style: Style) -> _Push | Retry | Refused:
        """The message of ``delivery`` with its article's section, or what to record where there is none."""
        channel = delivery.chat_kind is ChatKind.CHANNEL
        key = (
            delivery.publication_id,
            delivery.revision,
            delivery.language,
            channel,
            style.template,
            style.photo,
        )
        if key in self._written:
            return self._written[key]
        if key not in self._writing:
            # Hundreds may want it before it is there: they share one look into the archive.
            task = asyncio.create_task(self._write_once(key, delivery, style), name="write a message")
            self._writing[key] = task
            task.add_done_callback(lambda _: self._writing.pop(key))
        return await asyncio.shield(self._writing[key])

    async def _write_once(self, key: _Key, delivery: DueDelivery, style: Style) -> _Push | Retry | Refused:
        channel = delivery.chat_kind is ChatKind.CHANNEL
        found = await self._or_retry(delivery, self._write(delivery, style, channel=channel))
        if isinstance(found, Retry):
            return found
        if found is None:
            return Refused("the article is no longer in the archive")
        while len(self._written) >= KEPT_MESSAGES:
            del self._written[next(iter(self._written))]
        self._written[key] = found
        return found

    async def _written_digest(self, delivery: DueDelivery, edition: str) -> Letter | Retry | Nothing:
        writing = self._digests.written(edition, delivery.chat_id, delivery.language)
        digest = await self._or_retry(delivery, writing)
        if isinstance(digest, Message):
            return Letter(digest)
        return digest or Nothing("nothing new for this reader")

    async def _or_retry(self, delivery: DueDelivery, writing: Awaitable[Written]) -> Written | Retry:
        try:
            return await writing
        except StoreUnavailable as error:
            return Retry(STORE_PAUSE, str(error))
        except Exception as error:
            # A template or a fault of ours: the delivery waits in the ledger and is not lost.
            log.error("message cannot be written", article=delivery.article_id, exc_info=error)
            return Retry(FAULT_PAUSE, str(error))

    async def _write(self, delivery: DueDelivery, style: Style, *, channel: bool) -> _Push | None:
        if delivery.kind is PublicationKind.RETRACTION:
            return self._wording.retracted(delivery.title or "", delivery.language), None
        if delivery.article_id is None:
            return None
        archived = await self._articles.by_id(delivery.article_id)
        if archived is None:
            return None
        message = self._wording.push(
            archived, delivery.language, channel=channel, template=style.template, photo=style.photo
        )
        return message, archived.article.section
