"""sources.toml, where the newsroom writes down what the bot reads: reading it, and changing it in place."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bot.errors import SettingsError

_MOST = 1000


class SourceKind(StrEnum):
    """What stands at a source's address. Without it, the bytes that come decide; a path is a folder."""

    FEED = "feed"
    JSON_FEED = "json-feed"
    SITEMAP = "sitemap"
    INDEX = "index"
    """A page of links, such as a section's."""
    DAYS = "days"
    """The site's page for each day, by the profile of its host."""
    ARTICLE = "article"
    FOLDER = "folder"
    """Texts (*.txt) and lines as `kabar parse` prints them (*.jsonl)."""


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of sources.toml.

    ``section`` is for articles of which neither the source nor their address says it. ``backfill`` articles
    that are already there are sent at first contact. ``at_once`` is how many new articles in one look are
    too many to send without a person's word.
    """

    address: str
    kind: SourceKind | None = None
    name: str | None = None
    section: str | None = None
    backfill: int = 0
    at_once: int | None = None

    @property
    def is_folder(self) -> bool:
        """Whether the source is a folder of this machine."""
        return self.kind is SourceKind.FOLDER

    @property
    def path(self) -> Path:
        """Where the folder is, for a source that is one."""
        return Path(self.address)

    @property
    def label(self) -> str:
        """What to call the source in messages."""
        return self.name or self.address


class Register:
    """The sources of one file, read again whenever it changes, by any number of hands."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._sources: tuple[Source, ...] = ()

    def sources(self) -> tuple[Source, ...]:
        """What the file names now; raises SettingsError as long as it is faulty."""
        try:
            status = self._path.stat()
        except OSError:
            self._seen, self._sources = None, ()
            return ()
        seen = (status.st_size, status.st_mtime_ns)
        if seen != self._seen:
            self._sources = read_sources(self._path)
            self._seen = seen
        return self._sources


def make_source(address: str, **values: object) -> Source:
    """The source at ``address``; raises SettingsError that says what is wrong and what to write."""
    return _source({"address": address, **{key: value for key, value in values.items() if value is not None}})


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources in the file ``path``, in its order; none when there is no such file.

    Raises SettingsError that names the entry and says what to write.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    listed = entries.pop("source", [])
    if entries or not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise SettingsError(f'{path}: each source is written as [[source]] and, below it, address = "..."')
    found = dict[str, Source]()
    for number, entry in enumerate(listed, start=1):
        try:
            source = _source(entry)
        except SettingsError as error:
            raise SettingsError(f"{path}, source {number}: {error}") from None
        if source.address in found:
            raise SettingsError(f"{path}, source {number}: {source.address} is there twice")
        found[source.address] = source
    return tuple(found.values())


def add_sources(path: Path, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Write ``sources`` at the end of the file, but those whose address is there; what was written.

    All else in the file stays as it is. Raises SettingsError for a file that cannot be read or written.
    """
    there = {source.address for source in read_sources(path)}
    new = tuple({source.address: source for source in sources if source.address not in there}.values())
    if not new:
        return ()
    document = _parsed(path)
    entries = document.setdefault("source", tomlkit.aot())
    for source in new:
        entry = tomlkit.table()
        for field in fields(Source):
            value = getattr(source, field.name)
            if value != field.default:
                entry[field.name] = value.value if isinstance(value, SourceKind) else value
        entries.append(entry)
    _write(path, document)
    return new


def remove_source(path: Path, address: str) -> bool:
    """Take the source with this address or name out of the file; whether it was there."""
    document = _parsed(path)
    entries = document.get("source", [])
    for place, entry in enumerate(entries):
        if address in (entry.get("address"), entry.get("name")):
            del entries[place]
            _write(path, document)
            return True
    return False


def _parsed(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    # Beside it and then in its place: a running bot never sees half of it.
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(tomlkit.dumps(document), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from error


def _source(entry: Mapping[str, Any]) -> Source:
    known = {field.name for field in fields(Source)}
    if unknown := sorted(entry.keys() - known):
        raise SettingsError(f"{unknown[0]!r} is not known; there are: {', '.join(sorted(known))}")
    address = _text(entry, "address")
    if not address:
        raise SettingsError('the address is missing, such as address = "https://rm.id/rss-rakyat-merdeka"')
    kind = _kind(entry.get("kind"))
    is_web = re.match(r"https?://", address, re.IGNORECASE) is not None
    if kind is None and not is_web:
        kind = SourceKind.FOLDER
    if is_web == (kind is SourceKind.FOLDER) or (not is_web and "://" in address):
        raise SettingsError(f'address {address!r} is neither https://... nor, for kind "folder", a path')
    if is_web and "@" in address.split("/")[2]:
        # Not quoted: it may hold a password.
        raise SettingsError("an address with a user name or password is not asked, and would be logged")
    if kind is SourceKind.FOLDER and Path(address).resolve() == Path(address).resolve().parent:
        raise SettingsError(f"address {address!r} is the whole disk: name the folder of the articles")
    return Source(
        address=address,
        kind=kind,
        name=_text(entry, "name"),
        section=_text(entry, "section"),
        backfill=_count(entry, "backfill", least=0) or 0,
        at_once=_count(entry, "at_once", least=1),
    )


def _kind(value: object) -> SourceKind | None:
    if value is None:
        return None
    try:
        return SourceKind(str(value))
    except ValueError:
        raise SettingsError(f"kind {value!r} is not known; there are: {', '.join(SourceKind)}") from None


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise SettingsError(f"{key} must be a text in quotation marks, not {value!r}")
    return value.strip() or None if value else None


def _count(entry: Mapping[str, Any], key: str, *, least: int) -> int | None:
    value = entry.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST:
        raise SettingsError(f"{key} must be a number from {least} to {_MOST}, not {value!r}")
    return value
