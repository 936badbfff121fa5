"""Bookmarks, counts and cards, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.core.actions import CardShape
from bot.core.article import QuotationKey
from bot.store.archive import Archive
from bot.store.article_tables import article_openings, articles
from bot.store.database import Database
from bot.store.reader_tables import bookmarks
from bot.store.readership import MOST_CAMPAIGNS, MOST_KEPT, Keeping, Readership
from bot.store.subscribers import Subscribers
from tests.store.samples import NOW, analysis, article, reader, seconds_later

TODAY = date(2026, 3, 4)


@pytest.fixture
def kept(database: Database) -> Readership:
    return Readership(database)


@pytest.fixture
async def numbers(archive: Archive) -> list[int]:
    """Three archived articles."""
    stored = [
        await archive.store(article(f"Berita {number}"), analysis(speakers=("Sari Laut",)), now=NOW)
        for number in range(3)
    ]
    return [one.archived.id for one in stored]


async def test_bookmarks_come_last_kept_first_and_belong_to_one_reader(
    kept: Readership, numbers: list[int]
) -> None:
    for second, number in enumerate(numbers):
        assert await kept.keep(7, number, now=seconds_later(second)) is Keeping.KEPT
    await kept.keep(8, numbers[0], now=NOW)
    found = await kept.kept(7, limit=2)
    assert ([one.id for one in found.items], found.more) == ([numbers[2], numbers[1]], True)
    assert [one.id for one in (await kept.kept(7, limit=2, offset=2)).items] == [numbers[0]]
    assert [one.id for one in (await kept.kept(8, limit=2)).items] == [numbers[0]]


async def test_keeping_twice_keeps_the_first_time_and_a_toggle_takes_out(
    kept: Readership, numbers: list[int]
) -> None:
    await kept.keep(7, numbers[0], now=NOW)
    await kept.keep(7, numbers[1], now=seconds_later(1))
    assert await kept.keep(7, numbers[0], now=seconds_later(2)) is Keeping.KEPT
    assert [one.id for one in (await kept.kept(7, limit=5)).items] == [numbers[1], numbers[0]]
    assert await kept.toggle(7, numbers[1], now=NOW) is Keeping.NO_LONGER
    assert await kept.toggle(7, numbers[2], now=NOW) is Keeping.KEPT
    assert {one.id for one in (await kept.kept(7, limit=5)).items} == {numbers[0], numbers[2]}


async def test_an_article_that_is_not_there_cannot_be_kept(kept: Readership) -> None:
    assert await kept.keep(7, 999, now=NOW) is Keeping.NO_ARTICLE
    assert await kept.toggle(7, 999, now=NOW) is Keeping.NO_ARTICLE


async def test_one_reader_keeps_no_more_than_there_is_room_for(
    kept: Readership, numbers: list[int], database: Database
) -> None:
    first = numbers[-1] + 1
    async with database.writing() as connection:
        await connection.execute(
            articles.insert(),
            [
                {
                    "id": first + place,
                    "identity": str(place),
                    "title_key": "",
                    "revision": 1,
                    "title": "",
                    "published_at": NOW,
                }
                for place in range(MOST_KEPT)
            ],
        )
        await connection.execute(
            bookmarks.insert(),
            [{"reader_id": 7, "article_id": first + place, "kept_at": NOW} for place in range(MOST_KEPT)],
        )
    assert await kept.keep(7, numbers[0], now=NOW) is Keeping.TOO_MANY
    assert await kept.keep(7, first, now=NOW) is Keeping.KEPT
    assert await kept.toggle(7, first, now=NOW) is Keeping.NO_LONGER
    assert await kept.toggle(7, numbers[0], now=NOW) is Keeping.KEPT


async def test_forgetting_a_reader_forgets_their_bookmarks(
    kept: Readership, numbers: list[int], subscribers: Subscribers
) -> None:
    await subscribers.import_many([reader(7)])
    await kept.keep(7, numbers[0], now=NOW)
    await subscribers.forget(7)
    assert (await kept.kept(7, limit=5)).items == ()


async def test_what_was_opened_most_since_a_day_comes_first(kept: Readership, numbers: list[int]) -> None:
    for number, times in zip(numbers, (1, 3, 2), strict=True):
        for _ in range(times):
            await kept.opened(number, day=TODAY)
    for _ in range(9):
        await kept.opened(numbers[0], day=TODAY - timedelta(days=3))
    popular = await kept.popular(since=TODAY - timedelta(days=2), limit=2)
    assert [one.id for one in popular] == [numbers[1], numbers[2]]
    assert next(iter(await kept.popular(since=TODAY - timedelta(days=3), limit=1))).id == numbers[0]


async def test_an_opening_of_no_article_is_not_counted(kept: Readership, database: Database) -> None:
    await kept.opened(999, day=TODAY)
    async with database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(article_openings)) == 0


async def test_old_counts_of_openings_go(kept: Readership, numbers: list[int], database: Database) -> None:
    await kept.opened(numbers[0], day=TODAY - timedelta(days=61))
    await kept.opened(numbers[1], day=TODAY)
    async with database.reading() as connection:
        days = (await connection.scalars(select(article_openings.c.day))).all()
    assert days == [TODAY]


async def test_arrivals_are_counted_by_campaign_and_day(kept: Readership) -> None:
    for campaign in ("radio", "radio", "poster"):
        await kept.arrived(campaign, day=TODAY)
    await kept.arrived("radio", day=TODAY + timedelta(days=1))
    assert await kept.campaigns() == [
        (TODAY + timedelta(days=1), "radio", 1),
        (TODAY, "poster", 1),
        (TODAY, "radio", 2),
    ]


async def test_made_up_campaigns_do_not_fill_the_database(kept: Readership) -> None:
    for number in range(MOST_CAMPAIGNS + 5):
        await kept.arrived(f"x{number}", day=TODAY)
    await kept.arrived("x0", day=TODAY)
    counted = await kept.campaigns()
    assert len(counted) == MOST_CAMPAIGNS
    assert (TODAY, "x0", 2) in counted


async def test_telegrams_name_for_a_card_is_remembered_by_shape(kept: Readership, numbers: list[int]) -> None:
    key, other = QuotationKey(numbers[0], 1, 0), QuotationKey(numbers[1], 1, 0)
    assert await kept.card_file(key, CardShape.WIDE) is None
    for name in ("first", "second"):
        await kept.set_card_file(key, CardShape.WIDE, name)
    assert await kept.card_file(key, CardShape.WIDE) == "second"
    assert await kept.card_file(key, CardShape.UPRIGHT) is None
    assert await kept.card_files([key, other], CardShape.WIDE) == {key: "second"}
    assert await kept.card_files([], CardShape.WIDE) == {}
