"""How updates come in and when they stop coming."""

import asyncio
from pathlib import Path

from bot.app.house import open_house
from bot.app.telegram_side import on_telegram
from bot.app.updates import Ownership, polled
from bot.config import settings_for
from bot.simulator.actors import Telegram
from bot.web.metrics import Metrics
from tests.databases import new_file
from tests.fakes.newsroom import TOKEN


async def test_nothing_is_fetched_after_the_stop_though_other_work_is_still_seen_through(
    tmp_path: Path, telegram: Telegram
) -> None:
    stop, metrics = asyncio.Event(), Metrics(version="test")
    settings = settings_for(
        {"bot_token": TOKEN, "telegram_api_url": telegram.address, "database_url": new_file(tmp_path)}
    )
    async with (
        open_house(settings) as house,
        on_telegram(settings, house, stop, metrics) as (application, pacer),
        polled(application, pacer, Ownership(), stop),
    ):

        def fetches() -> bool:
            return application.updater is not None and application.updater.running

        assert fetches()
        stop.set()
        async with asyncio.timeout(5):
            while fetches():
                await asyncio.sleep(0.01)
        assert application.running, "what was fetched is still handled"
