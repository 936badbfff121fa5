"""`kabar import`: bringing articles in."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import click

from bot.app.house import House, open_house
from bot.cli.content import check_url
from bot.config import load_settings
from bot.core.article import Article
from bot.errors import NotAnArticle
from bot.logs import configure_logs
from bot.sources.folder import LINES, TEXTS, article_files, open_inside, read_page
from bot.sources.lines import read_lines
from bot.sources.page import Page
from bot.store.archive import Stored

STDIN = Path("-")


@click.command(name="import")
@click.option("--url", help="The page's address; it tells the section. For one FILE only.")
@click.option("--no-push", is_flag=True, help="Only fill the archive: send nothing to anybody.")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE|DIR|-...",
    type=click.Path(path_type=Path, allow_dash=True),
)
def import_articles(url: str | None, no_push: bool, paths: tuple[Path, ...]) -> None:
    """Take articles in: each new one is sent to the channels and to every active subscriber.

    FILE is a text (*.txt) or lines as `kabar parse` prints them (*.jsonl); - reads such lines from standard
    input, each as it comes. A first line of a text that is an address is the page's own. A running bot sends
    what is new at once, otherwise it is sent when it starts. What holds no article is named on standard
    error; the others are taken in all the same, and the exit code is 1.
    """
    if url is not None:
        check_url(url, paths)
    sys.exit(asyncio.run(_import(paths, url, announce=not no_push)))


async def _import(paths: Iterable[Path], url: str | None, *, announce: bool) -> int:
    settings = load_settings()
    configure_logs("WARNING", secrets=settings.secrets)
    async with open_house(settings) as house:
        bringing = _Bringing(house, announce)
        for given in paths:
            if given == STDIN:
                await bringing.lines(given, None)
                continue
            folder = given if given.is_dir() else None
            for path in article_files(given, TEXTS | LINES):
                if path.suffix.lower() in LINES:
                    await bringing.lines(path, folder)
                else:
                    await bringing.text(path, folder, url)
    return 1 if bringing.failed else 0


class _Bringing:
    """Takes one file after the other and says what became of each article."""

    def __init__(self, house: House, announce: bool) -> None:
        self._house = house
        self._announce = announce
        self.failed = 0

    async def text(self, path: Path, folder: Path | None, url: str | None) -> None:
        async def take() -> Stored | None:
            page = read_page(path, folder=folder)
            return await self._house.intake.take(
                Page(page.name, page.content, url or page.url), announce=self._announce
            )

        await self._told(take, path)

    async def lines(self, path: Path, folder: Path | None) -> None:
        try:
            stream = sys.stdin.buffer if path == STDIN else open_inside(path, folder)
        except (NotAnArticle, OSError) as error:
            self._fault(error)
            return
        with stream:
            for read in read_lines(stream, name=str(path)):

                async def take(read: Article | NotAnArticle = read) -> Stored | None:
                    if isinstance(read, NotAnArticle):
                        raise read
                    return await self._house.intake.take_read(read, name=str(path), announce=self._announce)

                await self._told(take, path)

    async def _told(self, take: Callable[[], Awaitable[Stored | None]], path: Path) -> None:
        try:
            stored = await take()
        except (NotAnArticle, OSError) as error:
            self._fault(error)
            return
        if stored is None:
            click.echo(f"waiting: {path}, for the first page of its article")
        else:
            archived = stored.archived
            click.echo(f"{stored.change.value}: article {archived.id}, {archived.article.title}")

    def _fault(self, error: Exception) -> None:
        self.failed += 1
        click.echo(f"kabar: {error}", err=True)
