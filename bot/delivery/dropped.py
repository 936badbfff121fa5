"""Taking in what is dropped into a watched folder: texts and lines of JSON, each file once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import structlog

from bot.core.article import Article
from bot.delivery.outage import Outage
from bot.errors import NotAnArticle, StoreUnavailable
from bot.sources.folder import Dropped, WatchedFolder, open_inside, read_page
from bot.sources.lines import read_lines
from bot.sources.page import Page
from bot.store.archive import Stored

log = structlog.get_logger(__name__)

TRY_AGAIN = 5.0
"""Seconds until a file that waits for the database is tried again."""


Done = TypeVar("Done")


class Files(Protocol):
    """Where it is kept which files were read."""

    async def under(self, folder: Path) -> Mapping[Path, tuple[int, int]]:
        """Size and time of each file below ``folder`` that was read."""
        ...

    async def remember(self, path: Path, size: int, modified_ns: int) -> None:
        """The file was read as it was then."""
        ...

    async def forget(self, paths: list[Path]) -> None:
        """The files are gone."""
        ...


class Intake(Protocol):
    """Archives articles and announces them."""

    async def take(self, page: Page) -> Stored | None:
        """Keep the article on ``page``."""
        ...

    async def take_read(self, article: Article, *, name: str) -> Stored | None:
        """Keep an article that was read already."""
        ...


class DroppedArticles:
    """Takes every article that is dropped into ``folder``; a faulty file stops nothing.

    A file is remembered once it was taken in or found to be none, so that a start neither reads the whole
    folder again nor tells the desk again. ``unreadable`` gets the name of what is no article, and why.
    """

    def __init__(
        self,
        folder: WatchedFolder,
        *,
        files: Files,
        intake: Intake,
        unreadable: Callable[[str, str], None],
        wake: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._files = files
        self._intake = intake
        self._unreadable = unreadable
        self._wake = wake
        self._outage = Outage("dropped article waits for the database")

    async def run(self) -> None:
        """Take what is dropped, until cancelled."""
        known = await self._until_stored(self._known)
        async for dropped in self._folder.files(known):
            await self._take(dropped)

    async def _known(self) -> Mapping[Path, tuple[int, int]]:
        known = await self._files.under(self._folder.path)
        gone = await asyncio.to_thread(lambda: [path for path in known if not path.exists()])
        if gone:
            await self._files.forget(gone)
        return known

    async def _take(self, dropped: Dropped) -> None:
        name = str(dropped.path)
        try:
            if dropped.has_lines:
                await self._take_lines(dropped.path)
            else:
                page = await asyncio.to_thread(read_page, dropped.path, folder=self._folder.path)
                await self._until_stored(lambda: self._intake.take(page))
        except NotAnArticle as error:
            self._refuse(error)
        except OSError as error:
            log.warning("article file cannot be read", file=name, cause=str(error))
            return  # not remembered: it is read at the next start
        except Exception:
            # A fault of ours in one file must not keep the others out, now or after a restart.
            log.exception("dropped file cannot be taken in", file=name)
        self._wake()
        seen = (dropped.size, dropped.modified_ns)
        await self._until_stored(lambda: self._files.remember(dropped.path, *seen))

    async def _take_lines(self, path: Path) -> None:
        with await asyncio.to_thread(open_inside, path, self._folder.path) as stream:
            lines: Iterator[Article | NotAnArticle] = read_lines(stream, name=str(path))
            while (read := await asyncio.to_thread(next, lines, None)) is not None:
                try:
                    await self._take_line(read, str(path))
                except NotAnArticle as error:
                    self._refuse(error)

    async def _take_line(self, read: Article | NotAnArticle, name: str) -> None:
        if isinstance(read, NotAnArticle):
            raise read
        await self._until_stored(lambda: self._intake.take_read(read, name=name))

    def _refuse(self, error: NotAnArticle) -> None:
        log.warning("dropped file is no article", file=error.name, cause=error.missing)
        self._unreadable(error.name, error.missing)

    async def _until_stored(self, storing: Callable[[], Awaitable[Done]]) -> Done:
        while True:
            try:
                stored = await storing()
            except StoreUnavailable as error:
                self._outage.met(error, folder=str(self._folder.path))
                await asyncio.sleep(TRY_AGAIN)
            else:
                self._outage.not_met()
                return stored
