"""Telegram's side of a process: python-telegram-bot over our transport, and waiting for Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.app.house import House
from bot.app.stopping import pause
from bot.config import Settings
from bot.core.pacing import OVERALL, PAID, Rate
from bot.errors import SettingsError, TelegramRefused
from bot.telegram.errors import Flood
from bot.telegram.news_bot import NewsBot
from bot.telegram.paced_answers import PacedAnswers
from bot.telegram.pacer import Pacer, places_at
from bot.telegram.slots import OwnSlots, SharedSlots
from bot.telegram.transport import AiohttpRequest
from bot.web.metrics import Metrics
from handlers.dispatch import InOrderForEachChat

log = structlog.get_logger(__name__)

TRY_AGAIN = 5.0
"""Seconds until Telegram is tried again when it cannot be reached at the start."""

CONNECTIONS = 64
PAID_CONNECTIONS = 576
"""At 1,000 a second five hundred are under way when Telegram takes half a second."""

FOR_READERS = 16
"""Connections that are left for answers to readers; the news has the others."""

KabarApplication = Application[Any, Any, Any, Any, Any, Any]


@asynccontextmanager
async def on_telegram(
    settings: Settings, house: House, stop: asyncio.Event, metrics: Metrics
) -> AsyncIterator[tuple[KabarApplication, Pacer]]:
    """python-telegram-bot's application, having said hello; waits for Telegram as long as it takes."""
    rate = overall_rate(settings)
    # On SQLite this process is the only one that sends.
    slots = OwnSlots(rate) if house.alone else SharedSlots(house.pace, rate)
    connections = PAID_CONNECTIONS if settings.paid_broadcast else CONNECTIONS
    pacer = Pacer(slots, places=places_at(rate), under_way=connections - FOR_READERS)
    sending = AiohttpRequest(connections=connections)
    polling = AiohttpRequest(connections=1)
    application = (
        ApplicationBuilder()
        .bot(
            NewsBot(
                settings.token,
                base_url=f"{settings.telegram_api_url}/bot",
                base_file_url=f"{settings.telegram_api_url}/file/bot",
                request=sending,
                get_updates_request=polling,
                rate_limiter=PacedAnswers(pacer, metrics),
            )
        )
        .concurrent_updates(InOrderForEachChat(metrics))
        .build()
    )
    try:
        await persistently(application.initialize, stop, what="the bot's greeting")
        yield application, pacer
    finally:
        await application.shutdown()
        # An application that never came to say hello does not close what it opened for that.
        await sending.shutdown()
        await polling.shutdown()


def overall_rate(settings: Settings) -> Rate:
    """What Telegram takes from this bot."""
    return PAID if settings.paid_broadcast else OVERALL


async def persistently(action: Callable[[], Awaitable[object]], stop: asyncio.Event, *, what: str) -> None:
    """Do ``action``, again while Telegram cannot be reached, until it is done or ``stop`` is set.

    Raises SettingsError for a token that Telegram does not know, and TelegramRefused, which names ``what``,
    for any answer that another try would not change.
    """
    while not stop.is_set():
        try:
            if not await _unless(stop, action):
                return
        except InvalidToken:
            raise SettingsError(
                "BOT_TOKEN: Telegram does not know this token; copy it again from @BotFather"
            ) from None
        except (NetworkError, Flood) as error:
            if isinstance(error, BadRequest):
                raise _refused(what, error) from None
            seconds = error.seconds if isinstance(error, Flood) else TRY_AGAIN
            log.warning("telegram cannot be reached yet", cause=error.message, again_in=seconds)
            await pause(stop, seconds)
        except TelegramError as error:
            raise _refused(what, error) from None
        else:
            return


async def _unless(stop: asyncio.Event, action: Callable[[], Awaitable[object]]) -> bool:
    """Do ``action``, but let it go when ``stop`` is set; whether it was done. Raises what it raises."""
    doing, stopping = asyncio.ensure_future(action()), asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            return False
        await doing
        return True
    finally:
        for task in (doing, stopping):
            task.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)


def _refused(what: str, error: TelegramError) -> TelegramRefused:
    return TelegramRefused(f"telegram refuses {what}: {error.message or type(error).__name__}")
