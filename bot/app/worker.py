"""A process that only sends: any number of them, on any machines, beside the one that leads."""

import asyncio
from collections.abc import Callable
from importlib.metadata import version

import structlog

from bot.app.house import Clock, open_house, wall_clock
from bot.app.sending import Sending
from bot.app.stopping import work_until
from bot.app.telegram_side import on_telegram
from bot.config import Settings
from bot.errors import SettingsError
from bot.web.metrics import Metrics

log = structlog.get_logger(__name__)


async def run_worker(
    settings: Settings,
    *,
    stop: asyncio.Event,
    ready: Callable[[], None] | None = None,
    now: Clock = wall_clock,
) -> None:
    """Send what is due until ``stop`` is set; sends under way are then seen through.

    Calls ``ready`` when it begins. Raises SettingsError on SQLite, and when the token is wrong.
    """
    async with open_house(settings, now=now) as house:
        if house.alone:
            raise SettingsError("DATABASE_URL: workers need PostgreSQL; on SQLite `kabar run` sends alone")
        metrics = Metrics(version=version("kabar"))
        async with on_telegram(settings, house, stop, metrics) as (application, pacer):
            if stop.is_set():
                return
            sending = Sending(settings, house, application.bot, pacer, metrics, now=now)
            log.info("worker is running", username=application.bot.username)
            if ready is not None:
                ready()
            try:
                await work_until(stop, sending.pusher, sending.outbox.run(), stop=stop)
            finally:
                await pacer.close()
    log.info("worker has stopped")
