"""Everything that brings articles in while the bot runs: the watched folders and the sources of the web."""

import asyncio
import os
import random
from collections.abc import Callable
from pathlib import Path

from bot.app.house import Clock, House
from bot.config import Settings
from bot.delivery.desk import Desk
from bot.delivery.dropped import DroppedArticles
from bot.delivery.folders import Folders
from bot.delivery.listed import ListedArticles
from bot.delivery.outbox import Outbox
from bot.delivery.watch import Watch
from bot.sources.fetch import Fetcher
from bot.sources.folder import WatchedFolder
from bot.sources.profiles import load_profiles
from bot.sources.reader import Reader
from bot.sources.register import Register


def fetcher_for(settings: Settings, *, now: Clock) -> Fetcher:
    """A fetcher with the manners and the exceptions of ``settings``."""
    return Fetcher(contact=settings.sources_contact, now=now, allowed=settings.allowed_places)


class Gathering:
    """Reads the register and makes the folders at once, so that a fault in them is told before the start.

    Raises SettingsError. While it runs, sources of the web and folders follow the register.
    """

    def __init__(self, settings: Settings, *, now: Clock) -> None:
        self._settings = settings
        self._now = now
        self._profiles = load_profiles(settings.profiles_dir)
        self._register = Register(settings.sources_file)
        for path in self._folders():
            WatchedFolder(path).make()

    def _folders(self) -> list[Path]:
        """ARTICLES_DIR and each folder of the register, once. Raises SettingsError."""
        named = (source.path for source in self._register.sources() if source.is_folder)
        # Not resolve(), which raises where links lead in a circle.
        return list({os.path.realpath(path): path for path in (self._settings.articles_dir, *named)}.values())

    async def run(self, house: House, desk: Desk, outbox: Outbox, *, wake: Callable[[], None]) -> None:
        """Take in what comes until cancelled; ``wake`` is called for what is to be sent."""

        def unreadable(name: str, cause: str) -> None:
            outbox.post(lambda: desk.unreadable(name, cause))

        async with fetcher_for(self._settings, now=self._now) as fetcher, asyncio.TaskGroup() as group:
            reader = Reader(fetcher, self._profiles, now=self._now)
            listed = ListedArticles(
                items=house.sources,
                reader=reader,
                intake=house.intake,
                unreadable=unreadable,
                wake=wake,
                now=self._now,
            )
            watch = Watch(
                sources=self._register.sources,
                reader=reader,
                records=house.sources,
                taking=listed,
                desk=desk,
                outbox=outbox,
                now=self._now,
                jitter=random.random,
            )

            async def take_dropped(path: Path) -> None:
                folder = WatchedFolder(path)
                folder.make()
                dropped = DroppedArticles(
                    folder, files=house.files, intake=house.intake, unreadable=unreadable, wake=wake
                )
                await dropped.run()

            group.create_task(watch.run(), name="sources")
            folders = Folders(named=self._folders, taking=take_dropped)
            group.create_task(folders.run(), name="folders")
