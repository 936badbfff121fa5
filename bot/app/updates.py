"""How updates come in: fetched by polling, or brought by Telegram to the webhook; and how both end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, NetworkError, TelegramError
from telegram.ext import Updater

from bot.app.telegram_side import KabarApplication, persistently
from bot.telegram.pacer import Pacer
from bot.web.inbox import Deliver, Inbox
from bot.web.metrics import Metrics
from handlers.dispatch import AT_ONCE, UPDATES, InOrderForEachChat

log = structlog.get_logger(__name__)

POLL_SECONDS = 50
"""Seconds that one getUpdates may wait for news; Telegram's longest."""

MAX_CONNECTIONS = 40
"""Updates that Telegram may bring at the same time."""

LOOK_EVERY = 60.0
"""Seconds between two looks at what Telegram says of the webhook."""

SEE_THROUGH = 3.0
"""Seconds that updates under way get at a stop before they are given up; sends of news had theirs before."""

LAST_CALL = 1.0
"""Seconds in which Telegram is told at a stop which updates were fetched."""

GIVE_UP = 0.5
"""Seconds that updates which are given up get to notice."""

CONFLICT_LASTS = 60.0
"""Seconds for which a conflict with another process is reported; it is met again at least every 30."""


class Ownership:
    """Whether updates come to this process and to no other. Times are those of the running loop's clock."""

    def __init__(self) -> None:
        self._cause: str | None = None
        self._until: float | None = None

    def lost(self, cause: str, *, lasting: float | None = None) -> None:
        """Somebody else has them: until ``kept`` is called, or for ``lasting`` seconds."""
        self._cause = cause
        self._until = None if lasting is None else asyncio.get_running_loop().time() + lasting

    def kept(self) -> None:
        """They come here."""
        self._cause = None

    def fault(self) -> str | None:
        """Why they do not come here; None when they do."""
        if self._until is not None and asyncio.get_running_loop().time() > self._until:
            self._cause = None
        return self._cause


@asynccontextmanager
async def polled(
    application: KabarApplication, pacer: Pacer, ownership: Ownership, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Fetch and handle updates until ``stop`` is set; a webhook that is set is taken away.

    At the end of the block those under way are ended.
    """
    updater = application.updater
    if updater is None:
        raise RuntimeError("the application was built without an updater")

    def failed(error: TelegramError) -> None:
        if isinstance(error, Conflict):
            log.error("another process takes this bot's updates: stop one of the two", cause=error.message)
            ownership.lost(error.message, lasting=CONFLICT_LASTS)
        elif not isinstance(error, NetworkError) or isinstance(error, BadRequest):
            log.error("updates cannot be fetched", cause=str(error))
        else:
            log.warning("updates cannot be fetched right now", cause=str(error))

    async def start() -> None:
        await _tell_of_another_webhook(application.bot, None)
        await updater.start_polling(
            timeout=POLL_SECONDS, allowed_updates=UPDATES, bootstrap_retries=0, error_callback=failed
        )

    async def end() -> None:
        # Not at the end of the block: what is under way there may take longer, and another fetches by then.
        await stop.wait()
        await _fetch_no_more(updater)

    await application.start()
    ending = asyncio.create_task(end(), name="end of polling")
    try:
        await persistently(start, stop, what="to be polled")
        yield
    finally:
        if not stop.is_set():
            ending.cancel()
        await asyncio.wait([ending])
        await _fetch_no_more(updater)
        await _see_through(application, pacer)


async def _fetch_no_more(updater: Updater) -> None:
    if updater.running:
        try:
            async with asyncio.timeout(LAST_CALL):
                await updater.stop()
        except TimeoutError:
            log.warning("telegram did not hear which updates were fetched; it may bring them again")


@asynccontextmanager
async def brought(
    application: KabarApplication,
    pacer: Pacer,
    inbox: Inbox,
    watch: "WebhookWatch",
    stop: asyncio.Event,
    *,
    secret: str,
) -> AsyncIterator[None]:
    """Have Telegram bring updates to ``inbox`` until ``stop`` is set, and handle them.

    At the end of the block those under way are ended. The webhook stays set: Telegram keeps what comes
    meanwhile for the next start.
    """

    async def point_here() -> None:
        await _tell_of_another_webhook(application.bot, watch.url)
        await application.bot.set_webhook(
            watch.url, secret_token=secret, allowed_updates=UPDATES, max_connections=MAX_CONNECTIONS
        )

    async def end() -> None:
        await stop.wait()
        inbox.close()

    await application.start()
    ending = asyncio.create_task(end(), name="end of the webhook")
    watching = asyncio.create_task(watch.run(), name="webhook watch")
    try:
        # Before the address is told: what Telegram holds comes at once.
        inbox.open(into(application))
        await persistently(point_here, stop, what=f"WEBHOOK_URL {watch.url}")
        yield
    finally:
        inbox.close()
        for task in (watching, ending):
            task.cancel()
        await asyncio.wait([watching, ending])
        await _see_through(application, pacer)


def into(application: KabarApplication) -> Deliver:
    """Puts updates into the queue of ``application``, as long as not more than AT_ONCE are in hand."""

    def deliver(update: Mapping[str, Any]) -> bool:
        in_hand = application.update_processor.current_concurrent_updates + application.update_queue.qsize()
        if in_hand >= AT_ONCE:
            return False
        try:
            read = Update.de_json(dict(update), application.bot)
        except Exception:
            # No repetition would mend it, and until it is answered Telegram holds up its whole chat.
            log.exception("update cannot be read", update=update.get("update_id"))
            return True
        application.update_queue.put_nowait(read)
        return True

    return deliver


class WebhookWatch:
    """Asks Telegram again and again what it knows of the webhook at ``url``, and tells what is wrong."""

    def __init__(
        self, url: str, bot: Bot, metrics: Metrics, ownership: Ownership, now: Callable[[], datetime]
    ) -> None:
        self.url = url
        self._bot = bot
        self._metrics = metrics
        self._ownership = ownership
        self._last_failure = now()

    async def run(self) -> None:
        """Look every LOOK_EVERY, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look()
            except TelegramError as error:
                log.warning("telegram cannot be asked about the webhook", cause=error.message)

    async def look(self) -> None:
        """Look once. Raises TelegramError when Telegram does not say."""
        info = await self._bot.get_webhook_info()
        self._metrics.waiting_updates(info.pending_update_count)
        if not same_address(info.url, self.url):
            log.error(
                "the webhook points elsewhere: another process took the updates; stop it and restart this",
                webhook=info.url or "nowhere",
            )
            self._ownership.lost(f"the webhook points to {info.url or 'nowhere'}")
            return
        self._ownership.kept()
        failed = info.last_error_date
        if failed is not None and failed > self._last_failure:
            self._last_failure = failed
            log.warning(
                "telegram could not bring updates to the webhook",
                cause=info.last_error_message,
                waiting=info.pending_update_count,
            )


def same_address(one: str, other: str) -> bool:
    """Whether two addresses of webhooks are one: Telegram gives them back in a form of its own."""
    return _normal(one) == _normal(other)


def _normal(url: str) -> tuple[str, str | None, int | None, str]:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, port, parts.path or "/"


async def _tell_of_another_webhook(bot: Bot, ours: str | None) -> None:
    info = await bot.get_webhook_info()
    if info.url and not same_address(info.url, ours or ""):
        log.warning("updates went to another webhook and come here from now on", webhook=info.url)


async def _see_through(application: KabarApplication, pacer: Pacer) -> None:
    """End the updates under way; after SEE_THROUGH, those that wait for a turn or an answer are given up."""
    ending = asyncio.create_task(application.stop(), name="ending updates")
    # Whoever waits for the end of a long 429 would hold up the stop as long.
    if pacer.held() < SEE_THROUGH:
        await asyncio.wait([ending], timeout=SEE_THROUGH)
    await pacer.close()
    processor = application.update_processor
    if not ending.done() and isinstance(processor, InOrderForEachChat):
        await asyncio.wait([ending], timeout=GIVE_UP)
        processor.give_up()
    _, late = await asyncio.wait([ending], timeout=GIVE_UP)
    if late:
        # What it waits for ends with the process.
        log.warning("updates under way are given up: telegram does not answer")
        ending.cancel()
        await asyncio.wait([ending])
