import pytest

from bot.errors import SettingsError
from bot.store.address import file_of, read_address


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("sqlite:///kabar.db", "sqlite+aiosqlite:///kabar.db"),
        ("sqlite:////var/lib/kabar.db", "sqlite+aiosqlite:////var/lib/kabar.db"),
        ("sqlite+aiosqlite:///kabar.db", "sqlite+aiosqlite:///kabar.db"),
        (" sqlite:///kabar.db\n", "sqlite+aiosqlite:///kabar.db"),
        ("postgresql://kabar@db/news", "postgresql+asyncpg://kabar@db/news"),
        ("postgres://kabar@db:5433/news", "postgresql+asyncpg://kabar@db:5433/news"),
        ("postgresql+asyncpg://kabar@db/news", "postgresql+asyncpg://kabar@db/news"),
        ("postgres://kabar@db/news?sslmode=require", "postgresql+asyncpg://kabar@db/news?ssl=require"),
    ],
)
def test_an_address_is_read_with_the_async_driver(written: str, read: str) -> None:
    assert read_address(written).render_as_string(hide_password=False) == read


def test_the_file_of_a_sqlite_address_is_its_path() -> None:
    assert str(file_of(read_address("sqlite:////var/lib/kabar/kabar.db"))) == "/var/lib/kabar/kabar.db"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "not an address"),
        ("kabar.db", "not an address"),
        ("postgresql://u:rahasia@db:port/news", "not an address"),
        ("mysql://u:rahasia@db/news", "'mysql'"),
        ("postgresql+psycopg://u:rahasia@db/news", "'postgresql+psycopg'"),
        ("sqlite://", "memory forgets"),
        ("sqlite:///:memory:", "memory forgets"),
        ("sqlite:///kabar.db?mode=memory", "memory forgets"),
        ("sqlite:///file:kabar?cache=shared&uri=true", "memory forgets"),
        ("sqlite://data/kabar.db", "three slashes"),
        ("postgresql://u:rahasia@db/news?channel_binding=require", "'channel_binding'"),
        ("postgresql://u:rahasia@db/news?password=rahasia", "'password'"),
        ("postgresql://u:rahasia@db/news?sslmode=maybe", "'maybe'"),
    ],
)
def test_an_address_that_cannot_work_is_told_without_its_password(written: str, told: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as raised:
        read_address(written)
    assert told in str(raised.value)
    assert "rahasia" not in str(raised.value)
    assert raised.value.__cause__ is None
