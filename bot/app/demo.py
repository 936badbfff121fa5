"""The demonstration: the bot and a local Telegram in one process, on sample articles."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.app.run import RunningBot, run_bot
from bot.config import settings_for
from bot.samples import Sample, correction, samples
from bot.simulator import BotSettings, Simulator, start
from bot.sources.page import Page
from bot.store.archive import Change

ALREADY_PRINTED = 9
"""Samples that lie in the archive at the start; the others arrive at the press of a button."""

TOKEN = "100200300:local-telegram-needs-no-secret-here"  # noqa: S105 - the local Telegram takes any token
CHANNEL = "rakyatmerdeka_contoh"


async def run_demo(*, port: int, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Run until ``stop`` is set; ``ready`` gets the address to open. Nothing is kept afterwards."""
    simulator = Simulator(settings=BotSettings(is_inline=True))
    simulator.add_reader("Sekar", username="sekar_contoh")
    simulator.add_channel("Rakyat Merdeka News Update (contoh)", CHANNEL)
    telegram = await start(simulator, port=port)
    try:
        with tempfile.TemporaryDirectory(prefix="kabar-demo-") as folder:
            settings = settings_for(
                {
                    "bot_token": TOKEN,
                    "telegram_api_url": telegram.address,
                    "database_url": f"sqlite:///{folder}/kabar.db",
                    "articles_dir": Path(folder, "articles"),
                    "sources_file": Path(folder, "sources.toml"),
                    "channels": f"@{CHANNEL}",
                    "channels_file": os.devnull,
                    "admin_ids": "",
                    "webhook_url": "",
                    "web_listen": "",
                    # A visitor presses for news and wants to see it come.
                    "newcomers": "everything",
                }
            )

            async def open_doors(bot: RunningBot) -> None:
                arriving = await _print_first(bot)
                simulator.add_action("new-article", "A new article arrives", lambda: _arrive(bot, arriving))
                ready(telegram.address)

            # The bot's clock is the local Telegram's, which a visitor can put forward.
            await run_bot(
                settings,
                stop=stop,
                ready=open_doors,
                now=lambda: datetime.fromtimestamp(simulator.clock(), UTC),
            )
    finally:
        await telegram.stop()


async def _print_first(bot: RunningBot) -> Iterator[Sample]:
    """Put the first samples into the archive without sending them; the rest comes back."""
    printed = iter((*samples(), correction()))
    for _ in range(ALREADY_PRINTED):
        await bot.house.intake.take(_page(next(printed)), announce=False)
    return printed


async def _arrive(bot: RunningBot, arriving: Iterator[Sample]) -> str:
    """The next sample comes in, as if the newspaper had just printed it."""
    sample = next(arriving, None)
    if sample is None:
        return "All samples have arrived. Restart the demonstration to see them again."
    stored = await bot.house.intake.take(_page(sample))
    bot.wake()
    if stored is None:
        return f"A page that waits for its first one: {sample.name}"
    if stored.change is Change.REVISED:
        return f"A correction; what was sent is edited: {stored.archived.article.title}"
    return f"Arrived: {stored.archived.article.title}"


def _page(sample: Sample) -> Page:
    return Page(sample.name, sample.text.encode(), sample.url)
