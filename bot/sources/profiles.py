"""What is known of one newspaper's site, as data: its hosts, feeds, addresses and the make of its pages."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from bot.core.dates import ZONES
from bot.errors import SettingsError
from bot.sources.addresses import absolute, path_of, site
from bot.sources.selectors import Selector

_OURS = Path(__file__).parent / "profiles"


def _pattern(written: object) -> object:
    if not isinstance(written, str):
        return written
    try:
        return re.compile(written, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{written!r} is no regular expression: {error}") from error


def _selectors(written: object) -> object:
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, list):
        return written
    return tuple(Selector.read(one) if isinstance(one, str) else one for one in listed)


_Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]
_Selectors = Annotated[tuple[Selector, ...], BeforeValidator(_selectors)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class ArticleAddress(_Part):
    """How the site's article addresses are made.

    ``path`` matches the whole path; its groups ``section`` and ``page`` are read, ``article`` is what a
    second page's address begins with. ``next_page`` writes the address of the next page from ``{article}``
    and ``{page}``.
    """

    path: _Pattern
    next_page: str | None = None

    @field_validator("path")
    @classmethod
    def _has_groups(cls, path: re.Pattern[str]) -> re.Pattern[str]:
        unknown = path.groupindex.keys() - {"article", "section", "page"}
        if unknown:
            raise ValueError(f"its groups may be article, section and page, not {', '.join(sorted(unknown))}")
        return path

    @field_validator("next_page")
    @classmethod
    def _can_be_written(cls, next_page: str | None) -> str | None:
        try:
            return next_page and next_page.format(article="", page=2) and next_page
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError("it may hold {article} and {page} only") from error


class IndexPage(_Part):
    """How the site's lists of articles are made: ``item`` for each article, the rest within it.

    ``by_day`` writes a day's list from ``{day:%d-%m-%Y}`` and ``{offset}``, the number of articles that came
    before; it has ``per_page`` of them. ``base`` is what relative links are relative to, when it is not the
    page.
    """

    item: _Selectors
    link: _Selectors
    title: _Selectors = ()
    time: _Selectors = ()
    base: str | None = None
    by_day: str | None = None
    per_page: int = Field(10, ge=1)

    @field_validator("by_day")
    @classmethod
    def _can_be_written(cls, by_day: str | None) -> str | None:
        try:
            return by_day and by_day.format(day=date.min, offset=0) and by_day
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError("it may hold {day}, such as {day:%d-%m-%Y}, and {offset} only") from error


class PageShape(_Part):
    """One generation of the site's article pages. It fits a page on which ``body`` selects some text.

    Of every list the first selector that finds something counts; ``drop`` is what goes from the body, by all
    of them. With ``head`` what stands between title and body is read as the printed page's head: kicker,
    date, captions, author.
    """

    name: str
    body: _Selectors = Field(min_length=1)
    title: _Selectors = ()
    kicker: _Selectors = ()
    byline: _Selectors = ()
    time: _Selectors = ()
    caption: _Selectors = ()
    picture: _Selectors = ()
    next: _Selectors = ()
    drop: _Selectors = ()
    head: bool = False


class Profile(_Part):
    """One newspaper's site.

    ``feeds`` has the address of each section's feed, that of all news under ``all``. ``dateline`` is what the
    first paragraph begins with and is no part of it.
    """

    name: str = Field(min_length=1)
    hosts: frozenset[str] = Field(min_length=1)
    time_zone: ZoneInfo
    feeds: Mapping[str, str] = Field(default_factory=dict)
    address: ArticleAddress | None = None
    index: IndexPage | None = None
    dateline: _Pattern | None = None
    pages: tuple[PageShape, ...] = ()

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, hosts: frozenset[str]) -> frozenset[str]:
        for host in hosts:
            if not re.fullmatch(r"[a-z\d-]+(\.[a-z\d-]+)+|localhost", host):
                raise ValueError(f"{host!r} is no host; write one as rm.id, in small letters")
        return hosts

    @field_validator("time_zone", mode="before")
    @classmethod
    def _is_known(cls, name: object) -> object:
        try:
            return ZoneInfo(name) if isinstance(name, str) else name
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {name!r}; write one such as Asia/Jakarta") from error

    @field_validator("feeds")
    @classmethod
    def _are_addresses(cls, feeds: Mapping[str, str]) -> Mapping[str, str]:
        for section, address in feeds.items():
            if absolute("", address) is None:
                raise ValueError(f"{section}: {address!r} is no address such as https://rm.id/rss")
        return feeds

    def index_of(self, day: date, *, offset: int = 0) -> str | None:
        """The address of the list of ``day``'s articles but the first ``offset``; None if there is none."""
        if self.index is None or self.index.by_day is None:
            return None
        return self.index.by_day.format(day=day, offset=offset)

    def is_article(self, address: str) -> bool:
        """Whether ``address`` is shaped like an article's; True where the profile does not say."""
        return self.address is None or self._parts(address) is not None

    def section_of(self, address: str) -> str | None:
        """The section's slug in an article's address; None when it is no article's or names none."""
        return (self._parts(address) or {}).get("section")

    def page_of(self, address: str) -> int:
        """Which page of a split article ``address`` is, counted from 1."""
        number = (self._parts(address) or {}).get("page") or "1"
        return max(1, int(number)) if number.isdecimal() and len(number) < 4 else 1

    def page_after(self, address: str) -> str | None:
        """The address of the page that follows ``address``; None when the profile cannot tell."""
        parts = self._parts(address) or {}
        if self.address is None or self.address.next_page is None or not parts.get("article"):
            return None
        written = self.address.next_page.format(article=parts["article"], page=self.page_of(address) + 1)
        return absolute(address, written)

    def _parts(self, address: str) -> dict[str, str] | None:
        found = self.address and self.address.path.fullmatch(path_of(address))
        return {name: part for name, part in found.groupdict().items() if part} if found else None


def zone_of(profile: Profile | None) -> tzinfo:
    """The zone of times that a site prints without one: its own, else the capital's, Western Indonesia's."""
    return profile.time_zone if profile else ZONES["WIB"]


def profile_for(address: str, profiles: Iterable[Profile]) -> Profile | None:
    """The first of ``profiles`` that knows the host of ``address``, be it the mobile or the usual one."""
    host = site(address)
    return next((one for one in profiles if host in {site(f"//{own}") for own in one.hosts}), None)


def load_profiles(extra: Path | None) -> tuple[Profile, ...]:
    """The newspaper's own profiles (``*.toml`` in the folder ``extra``), then those that come with Kabar.

    Raises SettingsError that names file and key and says what to write.
    """
    if extra is not None and not extra.is_dir():
        raise SettingsError(f"{extra}: this folder of profiles is missing; make it, or name another")
    own = sorted(extra.glob("*.toml")) if extra else []
    return tuple(_load(path) for path in (*own, *sorted(_OURS.glob("*.toml"))))


def _load(path: Path) -> Profile:
    try:
        with path.open("rb") as file:
            return Profile.model_validate(tomllib.load(file))
    except OSError as error:
        raise SettingsError(f"{path}: the profile cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: the profile is not TOML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(_fault(one["loc"], one["msg"]) for one in error.errors())
        raise SettingsError(f"{path}: {faults}") from error


def _fault(place: tuple[int | str, ...], message: str) -> str:
    key = ".".join(str(part) for part in place) or "the file"
    said = {
        "Field required": "is missing; write it",
        "Extra inputs are not permitted": "is unknown; remove it or mend its name",
    }.get(message, message.removeprefix("Value error, "))
    return f"{key}: {said}"
