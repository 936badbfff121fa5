"""`kabar ledger` and `kabar status`: who got what, and how far it is. Nothing is decided here."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from bot.app.house import House
from bot.cli.desk import in_house
from bot.config import load_settings
from bot.core.progress import Reading, remaining
from bot.core.publication import DeliveryState, Publication, PublicationState
from bot.errors import NoSuchThing
from bot.store.ledger import NOT_SENT, Entry

LOOK_EVERY = 1.0
"""Seconds between two looks of `kabar status`."""

LISTED = 20
"""Publications that `kabar status` shows."""

ENDED = (DeliveryState.SENT, DeliveryState.NOTHING, *NOT_SENT)


@click.command()
@click.option("--all", "everyone", is_flag=True, help="Name also who got it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each recipient.")
@click.option("--retry", is_flag=True, help="Send to those who did not get it, if they still want news.")
@click.argument("article", type=int)
def ledger(article: int, everyone: bool, as_json: bool, retry: bool) -> None:
    """Who got ARTICLE, who did not and why: each publication of it, and each recipient who lacks it."""
    states = tuple(DeliveryState) if everyone or as_json else NOT_SENT
    settings = load_settings()
    zone = None if as_json else settings.time_zone
    in_house(lambda house: _show(house, article, states, zone), settings)
    if retry:
        tried = in_house(lambda house: _retry(house, article))
        click.echo(f"{tried} deliveries are tried again; a running bot sends them at once", err=as_json)


async def _show(house: House, article: int, states: tuple[DeliveryState, ...], zone: ZoneInfo | None) -> None:
    """Print it with the times of ``zone``; with none, the recipients alone as JSON with the times in UTC."""
    found = await house.ledger.publications(article)
    if not found:
        raise NoSuchThing(f"article {article} was never published: `kabar publish {article}` does it")
    for publication in found:
        if zone is not None:
            click.echo(_headline(publication, await house.publications.progress(publication.id)))
        async for entry in house.ledger.entries(publication.id, states=states):
            click.echo(_as_json(entry) if zone is None else _line(entry, zone))


async def _retry(house: House, article: int) -> int:
    return sum([await house.ledger.retry(found.id) for found in await house.ledger.publications(article)])


def _headline(publication: Publication, progress: Mapping[DeliveryState, int]) -> str:
    counts = ", ".join(f"{number} {state.value}" for state, number in progress.items() if number)
    cause = f" ({publication.cause})" if publication.cause else ""
    return (
        f"publication {publication.id}, {publication.kind.value}, revision {publication.revision}: "
        f"{publication.state.value}{cause}; {counts or 'no recipients'}"
    )


def _line(entry: Entry, zone: ZoneInfo) -> str:
    moment = entry.finished_at or entry.attempted_at
    when = f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}" if moment else ""
    parts = [f"  {entry.chat_id}", entry.state.value, when]
    if entry.message_id is not None:
        parts.append(f"message {entry.message_id}")
    if entry.cause:
        parts.append(entry.cause)
    return "  ".join(part for part in parts if part)


def _as_json(entry: Entry) -> str:
    return json.dumps(
        {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(entry).items()
        }
    )


@click.command()
@click.option("--watch", is_flag=True, help="Go on showing it until Ctrl-C.")
def status(watch: bool) -> None:
    """What is being sent: how far it is, and how long the rest takes at the speed of the last minute."""
    console = Console()
    if not console.is_terminal:
        # Nobody's window is this wide, but a file or a pager takes whole lines.
        console.width = 200
    try:
        in_house(lambda house: _watch(house, console) if watch else _once(house, console))
    except KeyboardInterrupt:
        console.print("stopped looking; the bot goes on")


async def _once(house: House, console: Console) -> None:
    tables = _tables(house)
    shown = await anext(tables)
    if console.is_terminal:
        # A second look tells the speed.
        await asyncio.sleep(LOOK_EVERY)
        shown = await anext(tables)
    console.print(shown)


async def _watch(house: House, console: Console) -> None:
    with Live(console=console, auto_refresh=False) as live:
        async for table in _tables(house):
            live.update(table, refresh=True)
            await asyncio.sleep(LOOK_EVERY)


async def _tables(house: House) -> AsyncIterator[Group]:
    readings: dict[int, deque[Reading]] = {}
    while True:
        audience = await house.subscribers.count()
        table = Table(box=None, pad_edge=False)
        for heading in ("publication", "article", "kind", "state", "ended", "", "speed", "left"):
            table.add_column(heading, justify="right" if heading in {"ended", "speed", "left"} else "left")
        for publication in await house.publications.newest(limit=LISTED):
            progress = await house.publications.progress(publication.id)
            ended = sum(progress[state] for state in ENDED)
            history = readings.setdefault(publication.id, deque(maxlen=120))
            history.append(Reading(time.monotonic(), ended))
            table.add_row(*_row(publication, ended, sum(progress.values()), history))
        yield Group(table, f"{audience.active} active subscribers of {audience.total}")


def _row(
    publication: Publication, ended: int, total: int, history: deque[Reading]
) -> tuple[str | ProgressBar, ...]:
    # A digest is of many articles.
    named = f"{publication.article_id}: {publication.title or '-'}" if publication.article_id else "-"
    over = publication.state in {PublicationState.DONE, PublicationState.CANCELLED}
    # While recipients are still being written down, nobody knows how many there are.
    planning = publication.planned_at is None and not over
    left = None if over or planning else remaining(history, left=total - ended)
    speed = None if left is None or total == ended else (total - ended) / left
    return (
        str(publication.id),
        named[:48],
        publication.kind.value,
        publication.state.value + (f" ({publication.cause})" if publication.cause else ""),
        f"{ended:,}/{total:,}{'+' if planning else ''}",
        ProgressBar(total=total or 1, completed=ended, width=20),
        "" if speed is None else f"{speed:.0f}/s",
        "" if left is None else str(timedelta(seconds=round(left))),
    )
