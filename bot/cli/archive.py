"""`kabar import`: bringing articles in."""

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from bot.app.house import open_house
from bot.cli.content import check_url
from bot.config import load_settings
from bot.errors import NotAnArticle
from bot.logs import configure_logs
from bot.sources.folder import article_files, read_page
from bot.sources.page import Page


@click.command(name="import")
@click.option("--url", help="The page's address; it tells the section. For one FILE only.")
@click.option("--no-push", is_flag=True, help="Only fill the archive: send nothing to anybody.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR...", type=click.Path(path_type=Path))
def import_articles(url: str | None, no_push: bool, paths: tuple[Path, ...]) -> None:
    """Take articles in: each new one is sent to the channels and to every active subscriber.

    A running bot sends them at once, otherwise they are sent when it starts. A file that holds no article is
    named on standard error; the others are taken in all the same, and the exit code is 1.
    """
    if url is not None:
        check_url(url, paths)
    sys.exit(asyncio.run(_import(paths, url, announce=not no_push)))


async def _import(paths: Iterable[Path], url: str | None, *, announce: bool) -> int:
    failed = 0
    settings = load_settings()
    configure_logs("WARNING", secrets=settings.secrets)
    async with open_house(settings) as house:
        for path in (file for given in paths for file in article_files(given)):
            try:
                page = read_page(path)
                stored = await house.intake.take(Page(page.name, page.content, url), announce=announce)
            except (NotAnArticle, OSError) as error:
                failed += 1
                click.echo(f"kabar: {error}", err=True)
                continue
            if stored is None:
                click.echo(f"waiting: {path}, for the first page of its article")
                continue
            archived = stored.archived
            click.echo(f"{stored.change.value}: article {archived.id}, {archived.article.title}")
    return 1 if failed else 0
