"""A folder of article texts: reading it once, and watching it for what is dropped into it."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.errors import NotAnArticle, SettingsError
from bot.sources.page import Page

log = structlog.get_logger(__name__)

LARGEST_PAGE = 1024 * 1024
"""Bytes; the longest articles have a twentieth of that, so a larger file is none."""

LOOK_EVERY = 0.4
"""Seconds between two looks at a watched folder."""

QUIET = 0.7
"""Seconds for which a file must not have changed before it is taken for whole."""

_SUFFIXES = frozenset({".txt", ".text"})


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    modified_ns: int


def article_files(path: Path) -> Iterator[Path]:
    """The article texts under ``path`` (itself, when it is a file), in the order of their names.

    In a folder, hidden files and other suffixes than .txt are left out, so that a writer may use a name such
    as ``.part`` until it has finished.
    """
    if not path.is_dir():
        yield path
        return
    for folder, subfolders, names in os.walk(path):
        subfolders.sort()
        yield from (Path(folder, name) for name in sorted(names) if _is_article_name(name))


def _is_article_name(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in _SUFFIXES


def read_page(path: Path) -> Page:
    """The page in ``path``; raises OSError as the system gave it, NotAnArticle for one over LARGEST_PAGE."""
    with path.open("rb") as file:
        content = file.read(LARGEST_PAGE + 1)
    if len(content) > LARGEST_PAGE:
        raise NotAnArticle(f"the file is larger than {LARGEST_PAGE // 1024**2} MB", name=str(path))
    return Page(str(path), content)


class WatchedFolder:
    """Yields each page dropped into ``path``, and again whenever it changes, once it has stopped changing.

    A file is taken for whole when its size and time stood still for QUIET seconds, so one that is still being
    written is not read. What lies there at the start is yielded too: the archive knows what it has.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: dict[Path, _Seen] = {}
        self._changing: dict[Path, tuple[_Seen, float]] = {}

    def make(self) -> None:
        """Make the folder if it is missing; raises SettingsError when it cannot be."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"ARTICLES_DIR: {self._path} cannot be made: {error.strerror}") from error

    async def pages(self) -> AsyncIterator[Page]:
        """Watch until cancelled. A file that cannot be read is logged and tried again when it changes."""
        while True:
            now = asyncio.get_running_loop().time()
            for path in await asyncio.to_thread(self._whole_files, now):
                try:
                    page = await asyncio.to_thread(read_page, path)
                except (OSError, NotAnArticle) as error:
                    log.warning("article file cannot be read", file=str(path), cause=str(error))
                    continue
                yield page
            await asyncio.sleep(LOOK_EVERY)

    def _whole_files(self, now: float) -> list[Path]:
        whole = []
        found = set()
        for path in article_files(self._path):
            try:
                status = path.stat()
            except OSError:
                continue  # removed between the listing and here
            if not stat.S_ISREG(status.st_mode):
                continue  # reading a pipe would wait for its writer
            found.add(path)
            seen = _Seen(status.st_size, status.st_mtime_ns)
            if self._read.get(path) == seen:
                continue
            before = self._changing.get(path)
            if before is None or before[0] != seen:
                self._changing[path] = (seen, now)
            elif now - before[1] >= QUIET:
                del self._changing[path]
                self._read[path] = seen
                whole.append(path)
        self._forget_removed(found)
        return whole

    def _forget_removed(self, found: set[Path]) -> None:
        for known in (self._read, self._changing):
            for path in known.keys() - found:
                del known[path]
