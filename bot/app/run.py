"""The running bot: Telegram on one side, the house on the other, until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.app.house import Clock, House, open_house, wall_clock
from bot.app.sending import Sending
from bot.app.stopping import first_of, work_until
from bot.app.telegram_side import KabarApplication, on_telegram, persistently
from bot.config import Settings
from bot.delivery.desk import Desk
from bot.delivery.planner import Planner
from bot.errors import NotAnArticle, StoreUnavailable
from bot.sources.folder import WatchedFolder
from bot.telegram.pacer import Pacer
from handlers.dispatch import UPDATES, register, set_menu
from handlers.newsroom import Newsroom

log = structlog.get_logger(__name__)

STORE_PAUSE = 5.0
"""Seconds until a dropped article is tried again when the database does not answer."""

POLL_SECONDS = 50
"""Seconds that one getUpdates may wait for news; Telegram's longest."""


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
    async with open_house(settings, now=now) as house:
        while not stop.is_set():
            async with house.leadership(stop=stop) as lost:
                if lost is None:
                    return
                async with first_of(stop, lost) as over:
                    await _lead(settings, house, folder, stop=over, ready=ready, now=now)
    log.info("bot has stopped")


async def _lead(
    settings: Settings,
    house: House,
    folder: WatchedFolder,
    *,
    stop: asyncio.Event,
    ready: Callable[[RunningBot], Awaitable[None]] | None,
    now: Clock,
) -> None:
    """Run as the one process that takes updates and articles, until ``stop`` is set."""
    async with on_telegram(settings, house, stop) as (application, pacer):
        if stop.is_set():
            return
        bot = application.bot
        sending = Sending(settings, house, bot, pacer, now=now)
        planner = Planner(
            publications=house.publications,
            old_rows=house.ledger,
            desk=sending.desk,
            wake_senders=sending.pusher.wake,
            keep_days=settings.retention_days,
            now=now,
        )
        newsroom = Newsroom(house.archive, house.subscribers, sending.messages, settings.language, now)
        register(application, newsroom)
        await persistently(lambda: _introduce(application, newsroom, settings, house), stop)
        if stop.is_set():
            return
        async with _updates(application, pacer):
            log.info("bot is running", username=bot.username, channels=len(settings.channels))
            if ready is not None:
                await ready(RunningBot(bot.username, house, planner.wake))
            taking = _take_dropped(folder, house, planner, sending.desk)
            await work_until(stop, sending.pusher, planner.run(), taking)


async def _take_dropped(folder: WatchedFolder, house: House, planner: Planner, desk: Desk) -> None:
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
                await asyncio.sleep(STORE_PAUSE)
                continue
            except Exception:
                # A fault of ours in one file must not keep the others out, now or after a restart.
                log.exception("dropped file cannot be taken in", file=page.name)
            break
        planner.wake()


@asynccontextmanager
async def _updates(application: KabarApplication, pacer: Pacer) -> AsyncIterator[None]:
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


async def _introduce(
    application: KabarApplication, newsroom: Newsroom, settings: Settings, house: House
) -> None:
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
