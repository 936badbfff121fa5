"""A database's address as operators write it, read into the async driver's form. Nothing connects here."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError

_HOW = "write sqlite:///path/kabar.db or postgresql://user:password@host/database"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_OPTIONS = frozenset(
    {"host", "passfile", "port", "prepared_statement_cache_size", "ssl", "target_session_attrs"}
)
"""What may follow a PostgreSQL address: what the driver takes as text."""

_SSL = frozenset({"allow", "disable", "prefer", "require", "verify-ca", "verify-full"})


def read_address(text: str) -> URL:
    """The address with the driver that this program uses.

    Accepts ``sqlite:///path``, ``sqlite+aiosqlite://``, ``postgresql://``, ``postgres://`` and
    ``postgresql+asyncpg://``; libpq's ``sslmode`` becomes asyncpg's ``ssl``. Raises SettingsError, never with
    the text itself, which may hold a password.
    """
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        # The cause repeats the text, password and all.
        raise SettingsError(f"DATABASE_URL is not an address: {_HOW}") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise SettingsError(f"DATABASE_URL names {url.drivername!r}, which is not supported: {_HOW}")
    url = url.set(drivername=driver)
    return _postgresql(url) if url.get_backend_name() == "postgresql" else _sqlite(url)


def file_of(url: URL) -> Path:
    """The file of a SQLite address from ``read_address``."""
    return Path(url.database or "")


def _sqlite(url: URL) -> URL:
    if url.host:
        raise SettingsError(
            f"DATABASE_URL has {url.host!r} where SQLite has no host: {_HOW}, with three slashes"
        )
    if url.database in {None, "", ":memory:"} or "mode" in url.query or str(url.database).startswith("file:"):
        raise SettingsError(f"DATABASE_URL names no file, and memory forgets every reader: {_HOW}")
    return url


def _postgresql(url: URL) -> URL:
    query = dict(url.query)
    if "sslmode" in query:
        query.setdefault("ssl", query.pop("sslmode"))
    for option in query:
        if option not in _OPTIONS:
            raise SettingsError(
                f"DATABASE_URL has the option {option!r}, which is not supported: take it out"
            )
    if query.get("ssl", "prefer") not in _SSL:
        raise SettingsError(
            f"DATABASE_URL has sslmode {query['ssl']!r}: write one of {', '.join(sorted(_SSL))}"
        )
    return url.set(query=query)
