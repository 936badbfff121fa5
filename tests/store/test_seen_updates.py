from datetime import UTC, datetime, timedelta

from bot.store.database import Database
from bot.store.seen_updates import SeenUpdates

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
LARGEST = 2**63 - 1


async def test_numbers_come_back_in_the_order_of_their_times(database: Database) -> None:
    seen = SeenUpdates(database)
    await seen.keep({8: NOW, 7: NOW + timedelta(seconds=1), LARGEST: NOW - timedelta(seconds=1)}, forget=())
    assert await seen.since(NOW - timedelta(days=1)) == (LARGEST, 8, 7)


async def test_what_is_written_twice_is_there_once_and_what_is_forgotten_is_gone(database: Database) -> None:
    seen = SeenUpdates(database)
    await seen.keep({7: NOW, 8: NOW}, forget=())
    await seen.keep({7: NOW + timedelta(seconds=1), 9: NOW}, forget={8, 1000})
    assert await seen.since(NOW) == (7, 9)


async def test_what_is_older_is_forgotten_for_good(database: Database) -> None:
    seen = SeenUpdates(database)
    await seen.keep({7: NOW, 8: NOW + timedelta(hours=1)}, forget=())
    assert await seen.since(NOW + timedelta(minutes=1)) == (8,)
    assert await seen.since(NOW) == (8,)
