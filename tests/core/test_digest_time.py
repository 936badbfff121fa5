"""The digest's moment of each day: one for each reader and local day, wherever the day changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.digest_time import (
    Due,
    digest_moment,
    due_in,
    edition_of,
    looks_back_to,
    slot_named,
    slot_of,
    slots,
)
from tests.core.test_quiet import ZONES

times = st.integers(0, 47).map(lambda half: half * 30)


@example("Europe/Berlin", date(2026, 3, 29), 150)
@example("Europe/Berlin", date(2026, 10, 25), 150)
@example("Australia/Lord_Howe", date(2026, 4, 5), 90)
@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 2), date(2035, 1, 1)), times)
def test_each_local_day_has_exactly_one_slot(name: str, day: date, minute: int) -> None:
    zone = ZoneInfo(name)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=16)
    wanted = Due(minute, day.weekday() >= 5)
    moment = digest_moment(day, minute, zone)
    assert slot_of(moment) == moment, "offsets are whole quarters of an hour"
    assert wanted in due_in(moment, zone)
    met = [
        slot
        for slot in slots(begin, begin + timedelta(hours=45))
        if digest_moment(day, minute, zone) == slot and wanted in due_in(slot, zone)
    ]
    assert met == [moment]


def test_seven_in_jakarta_is_midnight_in_utc_and_the_weekday_is_the_readers() -> None:
    saturday = datetime(2026, 11, 21, 0, tzinfo=UTC)
    assert Due(420, True) in due_in(saturday, ZoneInfo("Asia/Jakarta"))
    friday_evening = datetime(2026, 11, 20, 22, tzinfo=UTC)
    assert due_in(friday_evening, ZoneInfo("Asia/Jayapura")) == (Due(420, True),)
    assert due_in(friday_evening, ZoneInfo("America/New_York")) == (Due(1020, False),)


def test_a_quarter_of_an_hour_is_met_in_kathmandu() -> None:
    assert due_in(datetime(2026, 11, 23, 1, 15, tzinfo=UTC), ZoneInfo("Asia/Kathmandu")) == (Due(420, False),)
    assert due_in(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), ZoneInfo("Asia/Kathmandu")) == ()


def test_slots_go_on_where_they_were_left() -> None:
    seven = datetime(2026, 11, 23, 0, tzinfo=UTC)
    assert list(slots(seven - timedelta(minutes=1), seven)) == [seven]
    assert list(slots(seven, seven + timedelta(minutes=14))) == []
    assert list(slots(seven, seven + timedelta(minutes=30))) == [
        seven + timedelta(minutes=15),
        seven + timedelta(minutes=30),
    ]


def test_an_edition_is_named_for_its_slot() -> None:
    seven = datetime(2026, 11, 23, 0, tzinfo=UTC)
    assert edition_of(seven) == "2026-11-23T00:00Z"
    assert slot_named("2026-11-23T00:00Z") == seven
    with pytest.raises(ValueError, match="does not match"):
        slot_named("pagi")


def test_a_digest_looks_back_to_the_one_before_it_and_three_days_at_most() -> None:
    monday, jakarta = datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("Asia/Jakarta")
    for days, seen in ((1, 1), (3, 3), (9, 3)):
        assert looks_back_to(monday, monday - timedelta(days=days), jakarta) == monday - timedelta(days=seen)


def test_a_first_digest_looks_back_to_the_same_hour_of_the_day_before() -> None:
    jakarta, berlin = ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin")
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    assert looks_back_to(monday, None, jakarta) == monday - timedelta(days=1)
    put_back = datetime(2026, 10, 25, 6, tzinfo=UTC)
    assert looks_back_to(put_back, None, berlin) == put_back - timedelta(hours=25), "a day of 25 hours"
