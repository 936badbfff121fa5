"""What is known of one newspaper's site, as data: its hosts, feeds, addresses and the make of its pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Profile:
    """One newspaper's site. ``feeds`` has the address of each section's feed, that of all news under ""."""

    name: str
    hosts: frozenset[str]
    time_zone: ZoneInfo
    feeds: Mapping[str, str]

    def index_of(self, day: date) -> str | None:
        """The address of the page that lists the articles of ``day``; None where the site has none."""
        raise NotImplementedError

    def section_of(self, address: str) -> str | None:
        """The section's slug in an article's address; None when it is no article's or names none."""
        raise NotImplementedError


def profile_for(address: str, profiles: Iterable[Profile]) -> Profile | None:
    """The first of ``profiles`` that knows the host of ``address``."""
    raise NotImplementedError


def load_profiles(extra: Path | None) -> tuple[Profile, ...]:
    """The newspaper's own profiles (``*.toml`` in the folder ``extra``), then those that come with Kabar.

    Raises SettingsError that names file and key and says what to write.
    """
    raise NotImplementedError
