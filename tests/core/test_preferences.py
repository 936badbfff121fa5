"""What a reader chose, and how a choice changes it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.preferences import (
    Preferences,
    Quiet,
    Setting,
    changed,
    everything,
    find_zone,
    newcomer,
    read_hours,
    zone_of,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_a_newcomer_gets_breaking_news_three_times_a_day_and_a_digest_at_seven() -> None:
    chosen = newcomer("Asia/Makassar")
    assert (chosen.breaking, chosen.cap, chosen.digest, chosen.digest_at) == (True, 3, True, 420)
    assert not chosen.every_article
    assert not chosen.follow_ups
    assert chosen.zone == "Asia/Makassar"
    assert everything("Asia/Jakarta").every_article


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        (Setting.EVERY, "1", Preferences(every_article=True)),
        (Setting.EVERY, "0", Preferences(every_article=False)),
        (Setting.BREAKING, "0", Preferences(breaking=False)),
        (Setting.CAP, "5", Preferences(cap=5)),
        (Setting.CAP, "0", Preferences()),
        (Setting.FOLLOW_UPS, "0", Preferences(follow_ups=False)),
        (Setting.DIGEST, "1", Preferences(digest=True)),
        (Setting.DIGEST_AT, "450", Preferences(digest=True, digest_at=450)),
        (Setting.WEEKDAYS, "1", Preferences(weekdays=True)),
        (Setting.QUIET, "22:00-06:00", Preferences(quiet=Quiet(1320, 360))),
        (Setting.QUIET, "0", Preferences()),
        (Setting.PASSES, "0", Preferences(breaking_passes=False)),
        (Setting.ZONE, "wit", Preferences(zone="Asia/Jayapura")),
        (Setting.PAUSE, "7", Preferences(paused_until=NOW + timedelta(days=7))),
        (Setting.PAUSE, "0", Preferences()),
    ],
)
def test_each_setting_changes_what_it_names(setting: Setting, value: str, expected: Preferences) -> None:
    assert changed(Preferences(), setting, value, now=NOW) == expected


@given(st.sampled_from(Setting), st.text(max_size=20) | st.integers(-5, 5000).map(str))
def test_no_value_makes_preferences_that_are_none(setting: Setting, value: str) -> None:
    made = changed(Preferences(), setting, value, now=NOW)
    if made is not None:
        assert 0 <= made.digest_at < 1440
        assert made.digest_at % 30 == 0
        assert made.cap is None or 1 <= made.cap <= 9
        assert zone_of(made.zone).key == made.zone
        assert made.paused_until is None or made.paused_until <= NOW + timedelta(days=31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22-6", Quiet(1320, 360)),
        ("22:00–06:30", Quiet(1320, 390)),
        ("21.30 sampai 5", Quiet(1290, 300)),
        ("9 to 17", Quiet(540, 1020)),
        ("22-24", Quiet(1320, 0)),
        ("22-22", None),
        ("25-6", None),
        ("22:70-6", None),
        ("malam", None),
        ("", None),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: Quiet | None) -> None:
    assert read_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("WIB", "Asia/Jakarta"),
        ("wita", "Asia/Makassar"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("Tokyo", "Asia/Tokyo"),
        ("new york", "America/New_York"),
        ("Mars", None),
        ("Etc/GMT+5", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(text: str, zone: str | None) -> None:
    assert find_zone(text) == zone


def test_a_zone_that_is_no_more_is_read_as_utc() -> None:
    assert zone_of("Asia/Tiada").key == "UTC"
