"""The running bot: Telegram on one side, the house on the other, until it is told to stop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.app.house import Clock, House, open_house, wall_clock
from bot.app.voice import messages_for
from bot.config import Settings
from bot.delivery.desk import Desk
from bot.delivery.push import Pusher
from bot.errors import NotAnArticle, SettingsError, StoreUnavailable
from bot.sources.folder import WatchedFolder
from bot.telegram.errors import Flood
from bot.telegram.messenger import Messenger
from bot.telegram.pacer import PacedAnswers, Pacer
from bot.telegram.transport import AiohttpRequest
from handlers.dispatch import UPDATES, InOrderForEachChat, register, set_menu
from handlers.newsroom import Newsroom

log = structlog.get_logger(__name__)

TRY_AGAIN = 5.0
"""Seconds until Telegram is tried again when it cannot be reached at the start."""

POLL_SECONDS = 50
"""Seconds that one getUpdates may wait for news; Telegram's longest."""

_Application = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that has said hello to Telegram and is polling."""

    username: str
    house: House
    wake: Callable[[], None]


async def run_bot(
    settings: Settings,
    *,
    stop: asyncio.Event,
    ready: Callable[[RunningBot], Awaitable[None]] | None = None,
    now: Clock = wall_clock,
) -> None:
    """Run until ``stop`` is set; sends under way are then seen through.

    ``now`` is the bot's clock. Calls ``ready`` once updates are being fetched. Raises SettingsError when
    the token is wrong, and whatever made the pusher or the watched folder fail.
    """
    folder = WatchedFolder(settings.articles_dir)
    folder.make()
    async with open_house(settings, now=now) as house, _on_telegram(settings, stop) as (application, pacer):
        if stop.is_set():
            return
        bot = application.bot
        messages = messages_for(settings, bot.username)
        messenger = Messenger(bot)
        desk = Desk(
            settings.admin_ids, turns=pacer, messenger=messenger, notices=messages, language=settings.language
        )
        pusher = Pusher(
            publications=house.publications,
            deliveries=house.deliveries,
            articles=house.archive,
            turns=pacer,
            messenger=messenger,
            messages=messages,
            desk=desk,
            now=now,
        )
        newsroom = Newsroom(house.archive, house.subscribers, messages, settings.language, now)
        register(application, newsroom)
        await _persistently(lambda: _introduce(application, newsroom, settings, house), stop)
        if stop.is_set():
            return
        async with _updates(application, pacer):
            log.info("bot is running", username=bot.username, channels=len(settings.channels))
            if ready is not None:
                await ready(RunningBot(bot.username, house, pusher.wake))
            await _work_until(stop, pusher, _take_dropped(folder, house, pusher, desk))
    log.info("bot has stopped")


async def _work_until(stop: asyncio.Event, pusher: Pusher, taking: Awaitable[None]) -> None:
    pushing = asyncio.create_task(pusher.run(), name="pusher")
    watching = asyncio.ensure_future(taking)
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({pushing, watching, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        pusher.stop()
        watching.cancel()
        stopping.cancel()
        results = await asyncio.gather(pushing, watching, stopping, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _take_dropped(folder: WatchedFolder, house: House, pusher: Pusher, desk: Desk) -> None:
    """Take in every article that is dropped into the folder, for ever."""
    async for page in folder.pages():
        while True:
            try:
                await house.intake.take(page)
            except NotAnArticle as error:
                log.warning("dropped file is no article", file=page.name, cause=error.missing)
                await desk.unreadable(page.name, error.missing)
            except StoreUnavailable as error:
                log.error("dropped article waits for the database", file=page.name, cause=str(error))
                await asyncio.sleep(TRY_AGAIN)
                continue
            except Exception:
                # A fault of ours in one file must not keep the others out, now or after a restart.
                log.exception("dropped file cannot be taken in", file=page.name)
            break
        pusher.wake()


@asynccontextmanager
async def _on_telegram(settings: Settings, stop: asyncio.Event) -> AsyncIterator[tuple[_Application, Pacer]]:
    """python-telegram-bot's application, having said hello; waits for Telegram as long as it takes."""
    pacer = Pacer()
    sending, polling = AiohttpRequest(), AiohttpRequest(connections=1)
    application = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(sending)
        .get_updates_request(polling)
        .rate_limiter(PacedAnswers(pacer))
        .concurrent_updates(InOrderForEachChat())
        .build()
    )
    try:
        await _persistently(application.initialize, stop)
        yield application, pacer
    finally:
        await application.shutdown()
        # An application that never came to say hello does not close what it opened for that.
        await sending.shutdown()
        await polling.shutdown()


async def _persistently(action: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """Do ``action``, again while Telegram cannot be reached, until it is done or ``stop`` is set."""
    while not stop.is_set():
        try:
            await action()
        except InvalidToken:
            raise SettingsError(
                "BOT_TOKEN: Telegram does not know this token; copy it again from @BotFather"
            ) from None
        except BadRequest:
            raise
        except (NetworkError, Flood) as error:
            pause = error.seconds if isinstance(error, Flood) else TRY_AGAIN
            log.warning("telegram cannot be reached yet", cause=error.message, again_in=pause)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await stop.wait()
        else:
            return


@asynccontextmanager
async def _updates(application: _Application, pacer: Pacer) -> AsyncIterator[None]:
    """Fetch and handle updates; at the end, those under way are ended, unless they wait for a turn."""
    updater = application.updater
    if updater is None:
        raise RuntimeError("the application was built without an updater")

    def failed(error: TelegramError) -> None:
        if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
            log.error("updates cannot be fetched", cause=str(error))
        else:
            log.warning("updates cannot be fetched right now", cause=str(error))

    await application.start()
    await updater.start_polling(
        timeout=POLL_SECONDS, allowed_updates=UPDATES, bootstrap_retries=0, error_callback=failed
    )
    try:
        yield
    finally:
        await updater.stop()
        # Whoever still waits, perhaps for the end of a long 429, would hold up the stop as long.
        await pacer.close()
        await application.stop()


async def _introduce(application: _Application, newsroom: Newsroom, settings: Settings, house: House) -> None:
    """Set the command menu and make the configured channels recipients."""
    found = dict[int, str]()
    for channel in settings.channels:
        try:
            chat = await application.bot.get_chat(channel)
        except (BadRequest, Forbidden) as error:
            log.error("channel cannot be posted to", channel=channel, cause=error.message)
        else:
            found[chat.id] = settings.language
    await house.subscribers.set_channels(found, now=newsroom.now())
    await set_menu(application.bot, newsroom)
    # A webhook that another program left would keep updates from us.
    await application.bot.delete_webhook()
