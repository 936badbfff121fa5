"""What Telegram refuses again and again is paused, and the desk told. Nothing is sent here."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from bot.core.audience import ChatKind
from bot.core.outcome import Gone, Outcome, Refused, Sent
from bot.core.publication import DueDelivery, OpenPublication, Publication
from bot.delivery.courier import STORE_PAUSE
from bot.delivery.outage import Outage
from bot.delivery.outbox import Notice
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

REFUSALS = 3
"""Equal refusals of one message, with nobody served between them, after which its publication is paused."""


class Publications(Protocol):
    """Where a publication is stopped."""

    async def pause(self, publication_id: int, *, cause: str) -> Publication | None:
        """Send no more of it."""
        ...


class Desk(Protocol):
    """The newsroom's administrators."""

    async def refused(self, title: str, cause: str) -> None:
        """Tell that Telegram refused the message about the article with ``title``."""
        ...

    async def channel_lost(self, name: str, cause: str) -> None:
        """Tell that the channel ``name`` takes no messages any more."""
        ...

    async def paused(self, title: str, publication_id: int, cause: str) -> None:
        """Tell that a publication was paused, and why."""
        ...


class Refusals:
    """Counts equal refusals of a publication's message in this process.

    ``post`` has a notice to the desk told beside the sending, which never waits for it.
    """

    def __init__(self, *, publications: Publications, desk: Desk, post: Callable[[Notice], None]) -> None:
        self._publications = publications
        self._desk = desk
        self._post = post
        self._pausing = Outage("the database does not answer; a publication is paused when it does")
        self._refused: Counter[tuple[int, str, ChatKind, str]] = Counter()
        self._told: set[tuple[int, str]] = set()
        self._paused: set[int] = set()

    async def judge(self, delivery: DueDelivery, outcome: Outcome) -> None:
        """Stop what Telegram refuses again and again, and tell the desk what a person has to look at."""
        message = (delivery.publication_id, delivery.language, delivery.chat_kind)
        match outcome:
            case Sent() if self._refused:
                self._refused = Counter(
                    {key: count for key, count in self._refused.items() if key[:3] != message}
                )
            case Refused(cause) if delivery.publication_id not in self._paused:
                self._refused[*message, cause] += 1
                if self._refused[*message, cause] == REFUSALS:
                    await self._pause(delivery, cause)
                else:
                    self._tell_once(delivery, cause)
            case Gone(cause) if delivery.chat_kind is ChatKind.CHANNEL:
                log.error("channel is lost", article=delivery.article_id, chat=delivery.chat_id, cause=cause)
                self._post(lambda: self._desk.channel_lost(str(delivery.chat_id), cause))

    async def _pause(self, delivery: DueDelivery, cause: str) -> None:
        self._paused.add(delivery.publication_id)
        log.error("publication paused", publication=delivery.publication_id, cause=cause)
        while True:
            try:
                await self._publications.pause(delivery.publication_id, cause=cause)
                break
            except StoreUnavailable as error:
                self._pausing.met(error)
                await asyncio.sleep(STORE_PAUSE)
        self._post(lambda: self._desk.paused(delivery.title or "", delivery.publication_id, cause))

    def _tell_once(self, delivery: DueDelivery, cause: str) -> None:
        if (delivery.publication_id, cause) in self._told:
            return
        self._told.add((delivery.publication_id, cause))
        log.error(
            "telegram refused a message", article=delivery.article_id, chat=delivery.chat_id, cause=cause
        )
        self._post(lambda: self._desk.refused(delivery.title or "", cause))

    def count_anew(self, publications: Sequence[OpenPublication]) -> None:
        """Let what was paused and then resumed be paused again by as many refusals as the first time."""
        if resumed := self._paused & {publication.id for publication in publications}:
            self._paused -= resumed
            self._refused = Counter(
                {key: count for key, count in self._refused.items() if key[0] not in resumed}
            )
