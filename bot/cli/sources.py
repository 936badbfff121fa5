"""`kabar sources`: what the bot reads, how it goes, and trying an address before anybody gets anything."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import click

from bot.app.house import open_house, wall_clock
from bot.cli.source_trial import try_folder, try_web
from bot.cli.table import columns
from bot.config import Settings, load_settings
from bot.core.listed import Remembered, Sending, Tally
from bot.logs import configure_logs
from bot.sources.document import Document
from bot.sources.opml import Outline, read_opml, write_opml
from bot.sources.register import Source, SourceKind, add_sources, make_source, read_sources, remove_source

LABEL_WIDTH = 44
"""Characters of a source's name in the table, which then fits into 80."""

_KIND = click.Choice([kind.value for kind in SourceKind])
_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.group(invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> None:
    """What the bot reads: feeds, sitemaps, section pages, single articles, folders.

    Without a command, a table: when each was read last, when it is looked at next, how many of its articles
    came in the last 24 hours, and what fails.
    """
    if context.invoked_subcommand is None:
        asyncio.run(_print_table(_settings()))


def _settings() -> Settings:
    settings = load_settings()
    configure_logs("ERROR", secrets=settings.secrets)
    return settings


@sources.command(name="list")
def list_sources() -> None:
    """The table, as without a command."""
    asyncio.run(_print_table(_settings()))


async def _print_table(settings: Settings) -> None:
    named = read_sources(settings.sources_file)
    if not named:
        click.echo(f"no sources in {settings.sources_file}; add one with: kabar sources add ADDRESS")
        return
    now = wall_clock()
    async with open_house(settings) as house:
        remembered = await house.sources.remembered()
        tallies = await house.sources.tally(since=now - timedelta(days=1))
    rows = [_row(source, remembered, tallies, settings, now) for source in named]
    header, *lines = columns((("SOURCE", "LAST SUCCESS", "NEXT LOOK", "24 H"), *rows))
    click.echo(header)
    for source, line in zip(named, lines, strict=True):
        click.echo(line)
        for trouble in _troubles(source, remembered, tallies):
            click.echo(f"    {trouble}")


def _row(
    source: Source,
    remembered: Mapping[str, Remembered],
    tallies: Mapping[str, Tally],
    settings: Settings,
    now: datetime,
) -> tuple[str, ...]:
    if source.is_folder:
        return (_shortened(source.label), "-", "watched", "-")
    before = remembered.get(source.address, Remembered())
    course, tally = before.course, tallies.get(source.address, Tally())

    def local(moment: datetime | None, otherwise: str) -> str:
        return f"{moment.astimezone(settings.time_zone):%m-%d %H:%M}" if moment else otherwise

    return (
        _shortened(source.label),
        local(course.succeeded_at, "never"),
        "now" if course.is_due(now) else local(course.next_at, "now"),
        str(tally.taken),
    )


def _troubles(
    source: Source, remembered: Mapping[str, Remembered], tallies: Mapping[str, Tally]
) -> Iterator[str]:
    """What a person should know of the source, each on a line of its own, whole."""
    course = remembered.get(source.address, Remembered()).course
    if course.failures:
        times = "once" if course.failures == 1 else f"{course.failures} times"
        yield f"failed {times}{', dead' if course.dead_since else ''}: {course.cause}"
    if held := tallies.get(source.address, Tally()).held:
        yield f"{held} articles held; to send them: kabar sources release {source.label!r}"


def _shortened(label: str) -> str:
    """``label`` without the scheme and, where it is too long, without its middle."""
    text = label.removeprefix("https://").removeprefix("http://")
    if len(text) <= LABEL_WIDTH:
        return text
    return f"{text[: LABEL_WIDTH // 3]}...{text[3 - 2 * LABEL_WIDTH // 3 :]}"


@sources.command()
@click.option("--kind", type=_KIND, help="What it is, if it is not to be guessed.")
@click.option("--name", help="What to call it.")
@click.option("--section", help="The section of articles that name none.")
@click.option("--backfill", type=int, metavar="N", help="Send the newest N articles that are there already.")
@click.option("--at-once", type=int, metavar="N", help="Hold more than N new articles in one look.")
@click.argument("address")
def add(
    address: str,
    kind: str | None,
    name: str | None,
    section: str | None,
    backfill: int | None,
    at_once: int | None,
) -> None:
    """Add ADDRESS, of the web or of a folder. A running bot looks at it within seconds.

    At first contact nothing old is sent: the newest ten articles go into the archive quietly.
    """
    settings = _settings()
    source = make_source(address, kind=kind, name=name, section=section, backfill=backfill, at_once=at_once)
    added = add_sources(settings.sources_file, (source,))
    if not added and source != make_source(address):
        raise click.UsageError(f"{address} is in {settings.sources_file} already: change it there")
    click.echo(
        f"{'added to' if added else 'it is already in'} {settings.sources_file}; "
        f"what it gives: kabar sources test {address}"
    )


@sources.command()
@click.argument("address", metavar="ADDRESS|NAME")
def remove(address: str) -> None:
    """Take a source out. Its articles stay in the archive; the source itself is forgotten."""
    settings = _settings()
    source = _named(settings, address)
    remove_source(settings.sources_file, source.address)
    asyncio.run(_forget(settings, source.address))
    click.echo(f"{source.label} is no longer read")


def _named(settings: Settings, address: str) -> Source:
    for source in read_sources(settings.sources_file):
        if address in (source.address, source.name):
            return source
    raise click.UsageError(f"no source {address!r} in {settings.sources_file}; `kabar sources` lists them")


async def _forget(settings: Settings, address: str) -> None:
    async with open_house(settings) as house:
        await house.sources.forget(address)


@sources.command()
@click.option("--no-push", is_flag=True, help="Only into the archive: send nothing to anybody.")
@click.argument("address", metavar="ADDRESS|NAME")
def release(address: str, no_push: bool) -> None:
    """Let the articles in that were held because too many came at once."""
    settings = _settings()
    source = _named(settings, address)
    released = asyncio.run(_release(settings, source, Sending.QUIET if no_push else Sending.ASKED))
    click.echo(f"{released} articles of {source.label} are taken in by the running bot")


async def _release(settings: Settings, source: Source, sending: Sending) -> int:
    async with open_house(settings) as house:
        return await house.sources.release(source.address, sending=sending, now=wall_clock())


@sources.command(name="import")
@click.argument("file", type=_FILE, metavar="FILE.opml|-")
def import_opml(file: Path) -> None:
    """Add every feed of an OPML file, as feed readers write it."""
    settings = _settings()
    with _opened(file, "rb") as stream:
        document = Document(str(file), stream.read(), None, wall_clock())
    listed = [make_source(outline.address, name=outline.title) for outline in read_opml(document)]
    added = add_sources(settings.sources_file, tuple(listed))
    click.echo(f"added {len(added)}, already there {len(listed) - len(added)}")


@sources.command(name="export")
@click.argument("file", type=_FILE, metavar="FILE.opml|-", default="-")
def export_opml(file: Path) -> None:
    """Write the feeds as an OPML file."""
    settings = _settings()
    feeds = [
        Outline(source.address, source.label)
        for source in read_sources(settings.sources_file)
        if not source.is_folder
    ]
    with _opened(file, "wb") as stream:
        stream.write(write_opml(feeds, title=settings.newspaper))


def _opened(file: Path, mode: str) -> AbstractContextManager[IO[bytes]]:
    try:
        opened: AbstractContextManager[IO[bytes]] = click.open_file(str(file), mode)
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error
    return opened


@sources.command()
@click.option("--kind", type=_KIND, help="What it is, if it is not to be guessed.")
@click.argument("address")
def test(address: str, kind: str | None) -> None:
    """Show what would be read from ADDRESS. Nothing is stored and nothing is sent."""
    settings = _settings()
    source = make_source(address, kind=kind)
    if source.is_folder:
        try_folder(source, settings)
    else:
        asyncio.run(try_web(source, settings))
