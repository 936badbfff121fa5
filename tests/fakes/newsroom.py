"""A whole bot, running against a local Telegram over HTTP and a database in a file."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app.house import Clock, wall_clock
from bot.app.run import RunningBot, run_bot
from bot.config import settings_for
from bot.samples import Sample
from bot.simulator.actors import Actor, Telegram
from bot.sources.page import Page
from bot.store.archive import Stored
from tests.databases import new_file

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


CHANNEL = "kabar_contoh"


@dataclass(frozen=True, slots=True)
class World:
    """A running bot with a reader and a channel."""

    bot: RunningBot
    telegram: Telegram
    reader: Actor
    channel: Actor
    folder: Path

    async def takes(self, sample: Sample, *, announce: bool = True) -> Stored:
        """The newspaper prints ``sample``."""
        page = Page(sample.name, sample.text.encode(), sample.url)
        stored = await self.bot.house.intake.take(page, announce=announce)
        self.bot.wake()
        assert stored is not None
        return stored


@asynccontextmanager
async def world(
    folder: Path, telegram: Telegram, now: Clock = wall_clock, /, **settings: object
) -> AsyncIterator[World]:
    """Start everything, and stop it in order; a fault of the bot fails the test.

    Who subscribes gets every article, unless ``settings`` say otherwise.
    """
    reader = telegram.user("Sekar")
    known = telegram.simulator.chat_named(CHANNEL)
    channel = telegram.at(known) if known else telegram.channel("Kabar Contoh", CHANNEL)
    stop, running = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def ready(bot: RunningBot) -> None:
        running.set_result(bot)

    values = {
        "bot_token": TOKEN,
        "telegram_api_url": telegram.address,
        "database_url": new_file(folder),
        "articles_dir": folder / "articles",
        "sources_file": folder / "sources.toml",
        "channels": f"@{CHANNEL}",
        "channels_file": os.devnull,
        "newcomers": "everything",
        **settings,
    }
    main = asyncio.create_task(run_bot(settings_for(values), stop=stop, ready=ready, now=now))
    try:
        await asyncio.wait({main, running}, return_when=asyncio.FIRST_COMPLETED)
        if main.done():
            await main
        yield World(
            bot=running.result(),
            telegram=telegram,
            reader=reader,
            channel=channel,
            folder=folder,
        )
    finally:
        stop.set()
        await main
