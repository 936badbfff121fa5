"""Which folders are watched while the file that names them changes, is faulty, or names what cannot be."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.delivery import folders
from bot.delivery.folders import Folders
from bot.errors import SettingsError

A, B = Path("/a"), Path("/b")


class Newsroom:
    """Names folders, and keeps which of them are being watched."""

    def __init__(self) -> None:
        self.named: Sequence[Path] | None = [A]
        self.refused: set[Path] = set()
        self.watched: set[Path] = set()
        self.tries = 0
        self._changed = asyncio.Event()

    def names(self) -> Sequence[Path]:
        if self.named is None:
            raise SettingsError("sources.toml: line 1")
        return self.named

    async def take(self, path: Path) -> None:
        self.tries += 1
        if path in self.refused:
            self._changed.set()
            raise SettingsError(f"the folder {path} cannot be made")
        self.watched.add(path)
        self._changed.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.watched.discard(path)
            self._changed.set()

    async def until(self, *watched: Path, tries: int = 0) -> None:
        async with asyncio.timeout(10):
            while self.watched != set(watched) or self.tries < tries:
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LOOK_EVERY", 0.01)


@asynccontextmanager
async def following(newsroom: Newsroom) -> AsyncIterator[asyncio.Task[None]]:
    running = asyncio.create_task(Folders(named=newsroom.names, taking=newsroom.take).run())
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert newsroom.watched == set()


async def test_folders_come_and_go_while_it_runs() -> None:
    newsroom = Newsroom()
    async with following(newsroom):
        await newsroom.until(A)
        newsroom.named = [A, B]
        await newsroom.until(A, B)
        newsroom.named = [B]
        await newsroom.until(B)
        assert newsroom.tries == 2


async def test_while_the_file_is_faulty_the_folders_of_before_are_watched_on() -> None:
    newsroom = Newsroom()
    async with following(newsroom) as running:
        await newsroom.until(A)
        newsroom.named = None
        await asyncio.wait([running], timeout=0.1)
        assert newsroom.watched == {A}
        newsroom.named = [A, B]
        await newsroom.until(A, B)


async def test_a_folder_that_cannot_be_watched_is_tried_again_and_keeps_no_other_out() -> None:
    newsroom = Newsroom()
    newsroom.named, newsroom.refused = [A, B], {A}
    async with following(newsroom):
        await newsroom.until(B, tries=4)
        newsroom.refused.clear()
        await newsroom.until(A, B)
