"""A whole bot, running against a local Telegram over HTTP and a database in a file."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app.run import RunningBot, run_bot
from bot.config import settings_for
from bot.samples import Sample
from bot.simulator import Simulator, start
from bot.sources.page import Page
from bot.store.archive import Stored
from tests.fakes.actors import Actor, Stage, watched

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


CHANNEL = "kabar_contoh"


@dataclass(frozen=True, slots=True)
class World:
    """A running bot with a reader and a channel."""

    bot: RunningBot
    stage: Stage
    reader: Actor
    channel: Actor
    simulator: Simulator
    folder: Path

    async def takes(self, sample: Sample, *, announce: bool = True) -> Stored:
        """The newspaper prints ``sample``."""
        page = Page(sample.name, sample.text.encode(), sample.url)
        stored = await self.bot.house.intake.take(page, announce=announce)
        self.bot.wake()
        return stored

    async def guest(self, first_name: str, *, language: str) -> Actor:
        """Another reader, whose Telegram speaks ``language``."""
        chat = await self.stage.post(
            "chats",
            type="private",
            first_name=first_name,
            username=first_name.lower(),
            language_code=language,
        )
        return Actor(self.stage, chat["id"])


@asynccontextmanager
async def world(
    folder: Path, *, simulator: Simulator | None = None, **settings: object
) -> AsyncIterator[World]:
    """Start everything, and stop it in order; a fault of the bot fails the test."""
    simulator = simulator or Simulator()
    reader = simulator.add_reader("Sekar")
    channel = simulator.chat_named(CHANNEL) or simulator.add_channel("Kabar Contoh", CHANNEL)
    telegram = await start(simulator, port=0)
    stop, running = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def ready(bot: RunningBot) -> None:
        running.set_result(bot)

    values = {
        "bot_token": TOKEN,
        "telegram_api_url": telegram.address,
        "database_url": f"sqlite:///{folder}/kabar.db",
        "articles_dir": folder / "articles",
        "channels": f"@{CHANNEL}",
        **settings,
    }
    main = asyncio.create_task(run_bot(settings_for(values), stop=stop, ready=ready))
    try:
        await asyncio.wait({main, running}, return_when=asyncio.FIRST_COMPLETED)
        if main.done():
            await main
        async with watched(telegram.address) as stage:
            yield World(
                bot=running.result(),
                stage=stage,
                reader=Actor(stage, reader.id),
                channel=Actor(stage, channel.id),
                simulator=simulator,
                folder=folder,
            )
    finally:
        stop.set()
        try:
            await main
        finally:
            await telegram.stop()
