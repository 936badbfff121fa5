"""The updates seen, in memory and in a database of a file."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.seen_updates import SeenUpdates
from bot.web.seen import KEPT_FOR, Seen
from tests.databases import new_file

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SeenUpdates]:
    database = await Database.open(new_file(tmp_path))
    yield SeenUpdates(database)
    await database.close()


async def test_what_was_seen_is_known_after_a_restart(store: SeenUpdates) -> None:
    seen = Seen(store, now=lambda: NOW)
    seen.add(7)
    await seen.write()
    seen.add(8)
    await seen.write()
    again = Seen(store, now=lambda: NOW + timedelta(hours=1))
    assert 7 not in again
    await again.load()
    assert 7 in again
    assert 8 in again
    assert 9 not in again


async def test_memory_and_table_stay_as_small_as_they_should(store: SeenUpdates) -> None:
    seen = Seen(store, now=lambda: NOW, kept=10)
    for number in range(100):
        seen.add(number)
        if number % 7 == 0:
            await seen.write()
    await seen.write()
    assert await store.since(NOW) == tuple(range(90, 100))
    assert 89 not in seen
    assert 90 in seen


async def test_what_telegram_has_forgotten_is_forgotten(store: SeenUpdates) -> None:
    seen = Seen(store, now=lambda: NOW)
    seen.add(7)
    await seen.write()
    later = Seen(store, now=lambda: NOW + KEPT_FOR + timedelta(seconds=1))
    await later.load()
    assert 7 not in later
    assert await store.since(NOW) == ()


async def test_an_outage_of_the_database_loses_nothing(tmp_path: Path) -> None:
    database = await Database.open(new_file(tmp_path))
    try:
        async with database.writing() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1")
        seen = Seen(SeenUpdates(database), now=lambda: NOW)
        for number in range(5000):
            seen.add(number)
        await seen.write()
        assert 0 in seen
        async with database.writing() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert await SeenUpdates(database).since(NOW) == (), "the disk was full"
        await seen.write()
        assert len(await SeenUpdates(database).since(NOW)) == 5000
    finally:
        await database.close()
