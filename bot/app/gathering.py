"""Everything that brings articles in while the bot runs: the watched folders and the sources of the web."""

import asyncio
import random
from collections.abc import Callable

from bot.app.house import Clock, House
from bot.config import Settings
from bot.delivery.desk import Desk
from bot.delivery.dropped import DroppedArticles
from bot.delivery.listed import ListedArticles
from bot.delivery.outbox import Outbox
from bot.delivery.watch import Watch
from bot.sources.fetch import Fetcher
from bot.sources.folder import WatchedFolder
from bot.sources.profiles import load_profiles
from bot.sources.reader import Reader
from bot.sources.register import Register, Source


def fetcher_for(settings: Settings, *, now: Clock) -> Fetcher:
    """A fetcher with the manners and the exceptions of ``settings``."""
    return Fetcher(contact=settings.sources_contact, now=now, allowed=settings.allowed_places)


class Gathering:
    """Reads the register and makes the folders at once, so that a fault in them is told before the start.

    Raises SettingsError. A folder that is added to the register later is watched after the next start; the
    sources of the web follow the register while it runs.
    """

    def __init__(self, settings: Settings, *, now: Clock) -> None:
        self._settings = settings
        self._now = now
        self._profiles = load_profiles(settings.profiles_dir)
        self._register = Register(settings.sources_file)
        self._folders = _folders(settings, self._register.sources())
        for folder in self._folders:
            folder.make()

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
            group.create_task(watch.run(), name="sources")
            for folder in self._folders:
                dropped = DroppedArticles(
                    folder, files=house.files, intake=house.intake, unreadable=unreadable, wake=wake
                )
                group.create_task(dropped.run(), name=f"folder {folder.path}")


def _folders(settings: Settings, sources: tuple[Source, ...]) -> list[WatchedFolder]:
    """ARTICLES_DIR and each folder of the register, once."""
    paths = [settings.articles_dir, *(source.path for source in sources if source.is_folder)]
    return [WatchedFolder(path) for path in {path.resolve(): path for path in paths}.values()]
