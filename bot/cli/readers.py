"""`kabar subscribers`: bringing readers in from another bot, and taking them out, as CSV."""

import asyncio
import csv
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

import click

from bot.app.house import open_house, wall_clock
from bot.config import load_settings
from bot.core.audience import ChatKind, Subscriber
from bot.errors import KabarError
from bot.logs import configure_logs

FIELDS = ("chat_id", "kind", "language", "subscribed", "silent", "sections", "joined_at")

_YES = frozenset({"yes", "true", "1", "ya"})
_NO = frozenset({"no", "false", "0", "tidak"})
_CSV = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


class BadRow(KabarError):
    """A row of the CSV that names no reader; the text says which value is wrong."""


@click.group()
def subscribers() -> None:
    """Bring readers in from another bot, or take them out, as CSV."""


@subscribers.command(name="import")
@click.argument("file", type=_CSV, metavar="FILE.csv|-")
def import_subscribers(file: Path) -> None:
    """Read subscribers from a CSV with a header, of which only the column chat_id is required.

    Further columns: kind (private or group), language, subscribed and silent (yes or no), sections (with
    spaces between), joined_at. Whoever is known already keeps their own settings. A faulty row is named on
    standard error and left out; the exit code is then 1.
    """
    sys.exit(asyncio.run(_import(file)))


async def _import(file: Path) -> int:
    settings = load_settings()
    configure_logs("WARNING", secrets=settings.secrets)
    faults = 0

    def sound(rows: Iterable[Subscriber | BadRow]) -> Iterator[Subscriber]:
        nonlocal faults
        for row in rows:
            if isinstance(row, BadRow):
                faults += 1
                click.echo(f"kabar: {file}: {row}", err=True)
            else:
                yield row

    with _opened(file) as text:
        rows = read_subscribers(text, language=settings.language, now=wall_clock())
        async with open_house(settings) as house:
            counts = await house.subscribers.import_many(sound(rows))
    left_out = f", left out at their own wish {counts.forgotten}" if counts.forgotten else ""
    click.echo(f"added {counts.added}, already known {counts.kept}, faulty {faults}{left_out}")
    return 1 if faults else 0


@subscribers.command(name="export")
@click.argument("file", type=_CSV, metavar="FILE.csv|-", default="-")
def export_subscribers(file: Path) -> None:
    """Write every reader as CSV, in the form that `import` reads; channels are named in CHANNELS instead."""
    asyncio.run(_export(file))


async def _export(file: Path) -> None:
    settings = load_settings()
    configure_logs("WARNING", secrets=settings.secrets)
    async with open_house(settings) as house:
        with _opened(file, "w") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(FIELDS)
            async for reader in house.subscribers.export():
                # Channels are named in the settings; a row of them would be refused on the way back in.
                if reader.kind is not ChatKind.CHANNEL:
                    writer.writerow(_row(reader))


@subscribers.command(name="forget")
@click.argument("chat_id", type=int)
def forget_subscriber(chat_id: int) -> None:
    """Delete everything kept about the reader CHAT_ID, when they ask for it."""
    asyncio.run(_forget(chat_id))
    click.echo(f"nothing is kept about {chat_id} any more")


async def _forget(chat_id: int) -> None:
    settings = load_settings()
    configure_logs("WARNING", secrets=settings.secrets)
    async with open_house(settings) as house:
        await house.subscribers.forget(chat_id)


def _row(reader: Subscriber) -> tuple[object, ...]:
    return (
        reader.chat_id,
        reader.kind.value,
        reader.language,
        "yes" if reader.subscribed else "no",
        "yes" if reader.silent else "no",
        " ".join(sorted(reader.sections)),
        reader.joined_at.isoformat(),
    )


@contextmanager
def _opened(file: Path, mode: Literal["r", "w"] = "r") -> Iterator[IO[str]]:
    # utf-8-sig: spreadsheets write a byte order mark, which would become part of the first column's name.
    encoding = "utf-8-sig" if mode == "r" else "utf-8"
    try:
        opened = click.open_file(str(file), mode, encoding=encoding, errors="replace")
    except OSError as error:
        raise BadRow(f"{file} cannot be {'read' if mode == 'r' else 'written'}: {error.strerror}") from error
    with opened as text:
        yield text


def read_subscribers(text: IO[str], *, language: str, now: datetime) -> Iterator[Subscriber | BadRow]:
    """One Subscriber for each row, one at a time; a faulty row becomes a BadRow in its place.

    Fields are parted by commas, or by semicolons where the header is. A missing ``language`` or ``joined_at``
    is taken from the arguments. Raises BadRow when the header has no chat_id.
    """
    header = text.readline()
    delimiter = ";" if ";" in header and "," not in header else ","
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if "chat_id" not in names:
        raise BadRow(f"the header has no column chat_id, only: {header.strip()[:200] or 'nothing'}")
    for number, values in enumerate(csv.reader(text, delimiter=delimiter), start=2):
        if any(value.strip() for value in values):
            fields = {name: value.strip() for name, value in zip(names, values, strict=False)}
            try:
                yield _subscriber(fields, language=language, now=now)
            except ValueError as error:
                yield BadRow(f"line {number}: {error}")


def _subscriber(fields: dict[str, str], *, language: str, now: datetime) -> Subscriber:
    kind = _kind(fields.get("kind"))
    return Subscriber(
        chat_id=_chat_id(fields.get("chat_id", "")),
        kind=kind,
        language=fields.get("language") or language,
        subscribed=_truth("subscribed", fields.get("subscribed"), default=True),
        reachable=True,
        silent=_truth("silent", fields.get("silent"), default=False),
        sections=frozenset((fields.get("sections") or "").split()),
        joined_at=_moment(fields.get("joined_at"), now),
    )


def _chat_id(value: str) -> int:
    try:
        chat_id = int(value)
    except ValueError:
        raise ValueError(f"chat_id {value!r} is not a number") from None
    if chat_id == 0 or abs(chat_id) >= 2**52:
        raise ValueError(f"chat_id {value!r} is no number of a Telegram chat")
    return chat_id


def _kind(value: str | None) -> ChatKind:
    try:
        kind = ChatKind(value.lower()) if value else ChatKind.PRIVATE
    except ValueError:
        raise ValueError(f"kind {value!r} is neither private nor group") from None
    if kind is ChatKind.CHANNEL:
        raise ValueError("channels are named in the setting CHANNELS, not imported")
    return kind


def _truth(name: str, value: str | None, *, default: bool) -> bool:
    if not value:
        return default
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise ValueError(f"{name} {value!r} is neither yes nor no")


def _moment(value: str | None, now: datetime) -> datetime:
    if not value:
        return now
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"joined_at {value!r} is not a time such as 2026-01-31T08:00:00+00:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
