"""Sending what is due: plans announced publications, sends each delivery in its turn, records each answer."""

import asyncio
import contextlib
import functools
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.article import ArchivedArticle
from bot.core.audience import ChatKind
from bot.core.message import Message
from bot.core.outcome import Gone, Outcome, Refused, Retry, Unknown, settled
from bot.core.pacing import ONE_CHAT, ONE_GROUP, Rate
from bot.core.publication import DueDelivery
from bot.errors import StoreUnavailable

log = structlog.get_logger(__name__)

IN_HAND = 60
"""Deliveries taken from the ledger at once: two seconds' worth at 30 a second, so that news overtakes."""

FILL_CHUNK = 5000
"""Recipients written into the ledger in one transaction."""

LOOK_EVERY = 0.5
"""Seconds after which the ledger is looked at again without being woken: another process may have added."""

STORE_PAUSE = 2.0
"""Seconds of rest when the database does not answer."""

UNKNOWN_HOLD = 3.0
"""Seconds for which nobody is sent to after an answer that never came."""

FAULT_PAUSE = 60.0
"""Seconds until a message that could not be written, for a broken template say, is tried again."""


class Publications(Protocol):
    """The part of the ledger that knows what is to be published."""

    async def planned(self) -> tuple[int, ...]:
        """Publications whose recipients are not all written down yet, most urgent first."""
        ...

    async def fill(self, publication_id: int, *, chunk: int, now: datetime) -> int:
        """Write down the next ``chunk`` recipients; 0 when there are no more."""
        ...

    async def finish(self, *, now: datetime) -> tuple[int, ...]:
        """Close publications that have nothing left to send, and name them."""
        ...


class Deliveries(Protocol):
    """The part of the ledger that has one row for each recipient."""

    async def due(self, *, now: datetime, limit: int) -> tuple[DueDelivery, ...]:
        """What may be sent now, most urgent first."""
        ...

    async def attempt(self, delivery_id: int, *, now: datetime) -> bool:
        """Mark as being sent; False when somebody else has it or it needs no sending any more."""
        ...

    async def close(self, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
        """Record what became of it."""
        ...

    async def rescue(self, *, now: datetime) -> int:
        """Give back what a process that is no more was sending."""
        ...


class Articles(Protocol):
    """Where articles are read."""

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        """The article's newest revision."""
        ...


class Turns(Protocol):
    """Who may send when."""

    async def turn(self, chat_id: int | str, priority: int, rate: Rate) -> None:
        """Wait for a turn."""
        ...

    def hold(self, seconds: float) -> None:
        """Let nobody send for a while."""
        ...

    def held(self) -> float:
        """Seconds until somebody may send again."""
        ...


class Messenger(Protocol):
    """Sends one message."""

    async def send(self, chat_id: int, message: Message, *, silent: bool) -> Outcome:
        """Send and say what became of it."""
        ...


class Push(Protocol):
    """Writes the message that announces an article."""

    def push(self, archived: ArchivedArticle, language: str, *, channel: bool) -> Message:
        """The message for one recipient's language and kind of chat."""
        ...


class Desk(Protocol):
    """The newsroom's administrators."""

    async def refused(self, title: str, cause: str) -> None:
        """Tell that Telegram refused the message about the article with ``title``."""
        ...


class Pusher:
    """Sends what is due until it is stopped.

    Each delivery is marked before its send and closed by the answer, each in a transaction of its own: a kill
    at any moment loses nothing, and repeats at most what was in flight.
    """

    def __init__(
        self,
        *,
        publications: Publications,
        deliveries: Deliveries,
        articles: Articles,
        turns: Turns,
        messenger: Messenger,
        messages: Push,
        desk: Desk,
        now: Callable[[], datetime],
    ) -> None:
        self._publications = publications
        self._deliveries = deliveries
        self._articles = articles
        self._turns = turns
        self._messenger = messenger
        self._messages = messages
        self._desk = desk
        self._now = now
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._sending: set[int] = set()
        self._written: dict[tuple[int, str, bool], tuple[ArchivedArticle, Message]] = {}
        self._told: set[tuple[int, str]] = set()
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look at the ledger now: something was announced."""
        self._wake.set()

    def stop(self) -> None:
        """Start no further send; run() returns when those under way are answered and recorded."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send what is due until stop() is called; rests while the database does not answer."""
        rescued = await self._deliveries.rescue(now=self._now())
        if rescued:
            log.warning("deliveries taken up again after an unclean stop", deliveries=rescued)
        while not self._stopping:
            self._wake.clear()
            try:
                busy = await self._plan()
                busy = await self._take_in_hand() or busy
                if not busy and not self._in_hand:
                    await self._finish()
            except StoreUnavailable as error:
                log.error("the database does not answer; sending rests", cause=str(error))
                await self._rest(STORE_PAUSE)
                continue
            if not busy:
                await self._rest(LOOK_EVERY)
        await self._see_through()

    async def _see_through(self) -> None:
        for delivery_id, task in self._in_hand.items():
            if delivery_id not in self._sending:
                task.cancel()
        await asyncio.gather(*self._in_hand.values(), return_exceptions=True)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _plan(self) -> bool:
        """Write down recipients of the most urgent announced publication, one chunk at a time."""
        planned = await self._publications.planned()
        if not planned:
            return False
        await self._publications.fill(planned[0], chunk=FILL_CHUNK, now=self._now())
        return True

    async def _take_in_hand(self) -> bool:
        free = IN_HAND - len(self._in_hand)
        if free < IN_HAND // 2:
            return False
        due = await self._deliveries.due(now=self._now(), limit=IN_HAND)
        fresh = [delivery for delivery in due if delivery.id not in self._in_hand][:free]
        for delivery in fresh:
            task = asyncio.create_task(self._deliver(delivery), name=f"delivery {delivery.id}")
            self._in_hand[delivery.id] = task
            task.add_done_callback(functools.partial(self._done, delivery.id))
        return bool(fresh)

    def _done(self, delivery_id: int, task: asyncio.Task[None]) -> None:
        del self._in_hand[delivery_id]
        self._sending.discard(delivery_id)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery failed and stays in the ledger", delivery=delivery_id, exc_info=error)
        if len(self._in_hand) <= IN_HAND // 2:
            self._wake.set()

    async def _finish(self) -> None:
        for publication_id in await self._publications.finish(now=self._now()):
            log.info("publication done", publication=publication_id)
            self._written = {key: value for key, value in self._written.items() if key[0] != publication_id}

    async def _deliver(self, delivery: DueDelivery) -> None:
        group = delivery.chat_kind is ChatKind.GROUP
        await self._turns.turn(delivery.chat_id, delivery.priority, ONE_GROUP if group else ONE_CHAT)
        # From here on the send is seen through: a stop waits for what is in this set.
        self._sending.add(delivery.id)
        if not await self._deliveries.attempt(delivery.id, now=self._now()):
            return
        try:
            archived, message = await self._message_for(delivery)
        except StoreUnavailable as error:
            await self._record(delivery, Retry(STORE_PAUSE, str(error)))
            return
        except Exception as error:
            # A template or a fault of ours: the delivery waits in the ledger and is not lost.
            log.error("message cannot be written", article=delivery.article_id, exc_info=error)
            await self._record(delivery, Retry(FAULT_PAUSE, str(error)))
            return
        if rest := self._turns.held():
            # A 429 came between this turn and now; nothing was sent yet, so it simply goes back.
            await self._record(delivery, Retry(rest, "waits for the end of a 429"))
            return
        try:
            outcome = await self._messenger.send(delivery.chat_id, message, silent=delivery.silent)
        except Exception as error:
            log.error("message cannot be sent", article=delivery.article_id, exc_info=error)
            outcome = Retry(FAULT_PAUSE, str(error))
        if isinstance(outcome, Unknown):
            # An outage would use up the tries of one reader after the other.
            self._turns.hold(UNKNOWN_HOLD)
        await self._record(delivery, settled(outcome, attempts=delivery.attempts + 1))
        await self._tell(delivery, archived, outcome)

    async def _message_for(self, delivery: DueDelivery) -> tuple[ArchivedArticle, Message]:
        channel = delivery.chat_kind is ChatKind.CHANNEL
        key = (delivery.publication_id, delivery.language, channel)
        if key not in self._written:
            archived = await self._articles.by_id(delivery.article_id)
            if archived is None:
                raise LookupError(f"article {delivery.article_id} is not in the archive")
            message = self._messages.push(archived, delivery.language, channel=channel)
            self._written[key] = (archived, message)
        return self._written[key]

    async def _record(self, delivery: DueDelivery, outcome: Outcome) -> None:
        """Close the delivery, however long the database takes to come back: the message is out."""
        if isinstance(outcome, Retry) and outcome.everywhere:
            self._turns.hold(outcome.after)
        while True:
            try:
                await self._deliveries.close(delivery.id, outcome, now=self._now())
                break
            except StoreUnavailable as error:
                log.error("answer not recorded yet", delivery=delivery.id, cause=str(error))
                await asyncio.sleep(STORE_PAUSE)
        log.debug("delivery answered", delivery=delivery.id, chat=delivery.chat_id, outcome=repr(outcome))

    async def _tell(self, delivery: DueDelivery, archived: ArchivedArticle, outcome: Outcome) -> None:
        """Tell the desk, once for each publication and cause, what a person has to look at."""
        lost_channel = isinstance(outcome, Gone) and delivery.chat_kind is ChatKind.CHANNEL
        if not (isinstance(outcome, Refused | Gone) and (isinstance(outcome, Refused) or lost_channel)):
            return
        if (delivery.publication_id, outcome.cause) in self._told:
            return
        self._told.add((delivery.publication_id, outcome.cause))
        event = "channel is lost" if lost_channel else "telegram refused a message"
        log.error(event, article=archived.id, chat=delivery.chat_id, cause=outcome.cause)
        await self._desk.refused(archived.article.title, outcome.cause)
