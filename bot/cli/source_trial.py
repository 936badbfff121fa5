"""`kabar sources test`: what a source would give, printed and not stored."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.app.gathering import fetcher_for
from bot.app.house import wall_clock
from bot.cli.table import columns
from bot.config import Settings
from bot.core.article import Article
from bot.core.rmid import decode_page, parse_page
from bot.errors import KabarError
from bot.sources.article_page import ReadArticle
from bot.sources.folder import LINES, TEXTS, article_files, open_inside, read_page
from bot.sources.found import Found
from bot.sources.lines import read_lines
from bot.sources.profiles import load_profiles
from bot.sources.reader import Reader
from bot.sources.register import Source

SHOWN = 10
"""Articles of a listing that are printed."""


def try_folder(source: Source, settings: Settings) -> None:
    """Show every article in the folder, and every file or line that is none, which makes the exit code 1."""
    if not source.path.exists():
        raise click.UsageError(
            f"{source.address!r} is no folder here; an address of the web begins with https://"
        )
    articles, faults = 0, 0
    for path in article_files(source.path, TEXTS | LINES):
        for read in _in_file(path, source.path):
            if isinstance(read, Article):
                articles += 1
                at = read.published_at.astimezone(settings.time_zone)
                click.echo(f"{at:%Y-%m-%d %H:%M}  {read.title}  ({path.name})")
            else:
                faults += 1
                click.echo(f"kabar: {read}", err=True)
    click.echo(f"folder, articles: {articles}")
    sys.exit(1 if faults else 0)


def _in_file(path: Path, folder: Path) -> Iterator[Article | Exception]:
    try:
        if path.suffix.lower() in LINES:
            with open_inside(path, folder) as stream:
                yield from read_lines(stream, name=str(path))
            return
        page = read_page(path, folder=folder)
        yield parse_page(decode_page(page.content, name=page.name), name=page.name, url=page.url)
    except (KabarError, OSError) as error:
        yield error


async def try_web(source: Source, settings: Settings) -> None:
    """Show the listing, the feeds that it names, and the first article as it would be taken in."""
    profiles = load_profiles(settings.profiles_dir)
    async with fetcher_for(settings, now=wall_clock) as fetcher:
        reader = Reader(fetcher, profiles, now=wall_clock)
        looked = await reader.look(source)
        found = looked.found or ()
        title = f" “{looked.title}”" if looked.title else ""
        click.echo(f"{looked.kind}{title}, articles: {len(found)}")
        for line in columns([_found(one, settings) for one in found[:SHOWN]]):
            click.echo(f"  {line}")
        if len(found) > SHOWN:
            click.echo(f"  and {len(found) - SHOWN} more")
        if looked.feeds:
            click.echo("\nFeeds that it names, which tell more than a page of links; test one, then add it:")
            for line in columns([(feed.address, feed.title or "") for feed in looked.feeds]):
                click.echo(f"  {line}")
        if not found:
            click.echo(f"kabar: {source.address}: there is no article in it", err=True)
            sys.exit(1)
        click.echo("\nThe first of them, as it would be taken in (where from: what):")
        for line in columns(_fields(await reader.read(found[0]), settings)):
            click.echo(f"  {line}")


def _found(found: Found, settings: Settings) -> tuple[str, ...]:
    when = found.published_at
    return (
        f"{when.astimezone(settings.time_zone):%Y-%m-%d %H:%M}" if when else "no date",
        found.section or "-",
        found.title or "-",
        found.address,
    )


def _fields(read: ReadArticle, settings: Settings) -> list[tuple[str, ...]]:
    article = read.article
    words = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    shown = {
        "title": article.title,
        "published_at": f"{article.published_at.astimezone(settings.time_zone):%Y-%m-%d %H:%M}",
        "url": article.url,
        "section": article.section,
        "kicker": article.kicker,
        "byline": article.byline,
        "captions": " / ".join(article.captions),
        "picture": article.picture,
        "blocks": f"{len(article.paragraphs)} paragraphs, {words} words: {article.paragraphs[0][:80]}...",
    }
    return [(name, read.origins.get(name, "-"), value) for name, value in shown.items() if value]
