"""A folder of articles: reading it once, and watching it for what is dropped into it."""

import asyncio
import os
import re
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from errno import ELOOP
from pathlib import Path
from typing import IO

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

TEXTS = frozenset({".txt", ".text"})
LINES = frozenset({".jsonl", ".ndjson"})
"""Files of articles as lines of JSON, as `kabar parse` prints them."""

_ADDRESS_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(https?://[!-~]{3,2000})[ \t]*(?:\r?\n|$)")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that stood still: where it is, and the size and time by which to know it again."""

    path: Path
    size: int
    modified_ns: int

    @property
    def has_lines(self) -> bool:
        """Whether it holds lines of JSON rather than one text."""
        return self.path.suffix.lower() in LINES


def article_files(path: Path, suffixes: frozenset[str] = TEXTS) -> Iterator[Path]:
    """The article texts under ``path`` (itself, when it is a file), in the order of their names.

    In a folder, hidden files and other ``suffixes`` are left out, so that a writer may use a name such as
    ``.part`` until it has finished.
    """
    if not path.is_dir():
        yield path
        return
    for folder, subfolders, names in os.walk(path):
        subfolders.sort()
        yield from (Path(folder, name) for name in sorted(names) if _is_article(name, suffixes))


def _is_article(name: str, suffixes: frozenset[str]) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in suffixes


def open_inside(path: Path, folder: Path | None) -> IO[bytes]:
    """``path`` opened for reading; raises OSError as the system gave it.

    When it was found in ``folder``, a link that leads out of that raises NotAnArticle: whoever may write
    there could else have any file of this machine sent.
    """
    if folder is None:
        return path.open("rb")
    try:
        real = path.resolve()
    except RuntimeError as error:  # links in a circle
        raise OSError(ELOOP, str(error)) from error
    if not real.is_relative_to(folder.resolve()):
        raise NotAnArticle("the file is a link that leads out of its folder", name=str(path))

    def unlinked(name: str, flags: int) -> int:
        # The file may have become a link since.
        return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0))

    return open(real, "rb", opener=unlinked)


def read_page(path: Path, *, folder: Path | None = None) -> Page:
    """The page in ``path``, which was found in ``folder`` or named by a person.

    A first line that is nothing but an address is the page's own. Raises OSError as the system gave it,
    NotAnArticle for a file over LARGEST_PAGE and for a link out of ``folder``.
    """
    with open_inside(path, folder) as file:
        content = file.read(LARGEST_PAGE + 1)
    if len(content) > LARGEST_PAGE:
        raise NotAnArticle(f"the file is larger than {LARGEST_PAGE // 1024**2} MB", name=str(path))
    address = _ADDRESS_LINE.match(content)
    if address is None:
        return Page(str(path), content)
    return Page(str(path), content[address.end() :], address[1].decode("ascii"))


class WatchedFolder:
    """Yields each file dropped into ``path``, and again whenever it changes, once it has stopped changing.

    A file is taken for whole when its size and time stood still for QUIET seconds, so one that is still being
    written is not read. What lies there at the start is yielded too, unless it is known.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._read: dict[Path, Dropped] = {}
        self._changing: dict[Path, tuple[Dropped, float]] = {}

    def make(self) -> None:
        """Make the folder if it is missing; raises SettingsError when it cannot be."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"the folder {self.path} cannot be made: {error.strerror}") from error

    async def files(self, known: Mapping[Path, tuple[int, int]]) -> AsyncIterator[Dropped]:
        """Watch until cancelled; ``known`` are the size and time of files that were taken before."""
        self._read = {path: Dropped(path, *seen) for path, seen in known.items()}
        while True:
            now = asyncio.get_running_loop().time()
            for dropped in await asyncio.to_thread(self._whole_files, now):
                yield dropped
            await asyncio.sleep(LOOK_EVERY)

    def _whole_files(self, now: float) -> list[Dropped]:
        whole = []
        found = set()
        for path in article_files(self.path, TEXTS | LINES):
            try:
                status = path.stat()
            except OSError:
                continue  # removed between the listing and here
            if not stat.S_ISREG(status.st_mode):
                continue  # reading a pipe would wait for its writer
            found.add(path)
            seen = Dropped(path, status.st_size, status.st_mtime_ns)
            if self._read.get(path) == seen:
                continue
            before = self._changing.get(path)
            if before is None or before[0] != seen:
                self._changing[path] = (seen, now)
            elif now - before[1] >= QUIET:
                del self._changing[path]
                self._read[path] = seen
                whole.append(seen)
        self._forget_removed(found)
        return whole

    def _forget_removed(self, found: set[Path]) -> None:
        for known in (self._read, self._changing):
            for path in known.keys() - found:
                del known[path]
