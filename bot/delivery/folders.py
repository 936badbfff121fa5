"""Which folders are watched: those that are named now, each from when it is named until it no longer is."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import structlog

from bot.errors import SettingsError

log = structlog.get_logger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks at which folders are named."""


class Folders:
    """Does ``taking`` for every folder that ``named`` gives. Both may raise SettingsError.

    While the naming is faulty, the folders of before are watched on; a folder that cannot be watched is tried
    again. Whatever else ``taking`` raises ends the watch of all.
    """

    def __init__(
        self, *, named: Callable[[], Sequence[Path]], taking: Callable[[Path], Awaitable[None]]
    ) -> None:
        self._named = named
        self._taking = taking
        self._watched = dict[Path, asyncio.Task[None]]()
        self._faults = dict[Path, str]()

    async def run(self) -> None:
        """Follow what is named, until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._follow(group)
                await asyncio.sleep(LOOK_EVERY)

    async def _follow(self, group: asyncio.TaskGroup) -> None:
        try:
            named = await asyncio.to_thread(self._named)
        except SettingsError:
            return  # told by whoever reads the sources of the web from the same file
        for path in [path for path, task in self._watched.items() if task.done() or path not in named]:
            self._watched.pop(path).cancel()
        for path in self._faults.keys() - set(named):
            del self._faults[path]
        for path in named:
            if path not in self._watched:
                self._watched[path] = group.create_task(self._watch(path), name=f"folder {path}")

    async def _watch(self, path: Path) -> None:
        try:
            await self._taking(path)
        except SettingsError as error:
            if self._faults.get(path) != str(error):
                log.error("folder cannot be watched", cause=str(error))
            self._faults[path] = str(error)
