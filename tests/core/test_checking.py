from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.checking import (
    DEAD_AFTER,
    LONGEST,
    LONGEST_OBEYED,
    SHORTEST,
    Course,
    after_failure,
    after_success,
    first_rate,
    interval,
    is_flood,
)

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@given(st.floats(min_value=0, max_value=1e9))
def test_the_interval_stays_between_five_minutes_and_six_hours(rate: float) -> None:
    assert timedelta(minutes=5) <= interval(rate) <= timedelta(hours=6)


@pytest.mark.parametrize(("a_day", "minutes"), [(0, 360), (1, 360), (24, 15), (200, 5)])
def test_who_prints_more_is_looked_at_more_often(a_day: int, minutes: int) -> None:
    assert interval(a_day / 24) == minutes * MINUTE


def _run(course: Course, start: datetime, span: timedelta, *, every: timedelta | None) -> Course:
    """Looks as the course asks for them, at a source that prints one article ``every`` so often."""
    now, printed = start, start
    while now < start + span:
        new = 0
        while every and printed + every <= now:
            printed += every
            new += 1
        course = after_success(course, now=now, new=new)
        assert course.next_at is not None
        now = course.next_at
    return course


def test_the_interval_follows_what_a_source_does() -> None:
    quiet = _run(Course(), NOW, 14 * DAY, every=None)
    assert interval(quiet.rate) == LONGEST
    busy = _run(quiet, NOW + 14 * DAY, 7 * DAY, every=3 * MINUTE)
    assert interval(busy.rate) == SHORTEST
    hourly = _run(Course(), NOW, 14 * DAY, every=HOUR)
    assert 10 * MINUTE < interval(hourly.rate) < 20 * MINUTE


def test_a_night_without_news_does_not_put_a_daily_newspaper_to_sleep() -> None:
    busy = Course(rate=60 / 24, succeeded_at=NOW)
    after = _run(busy, NOW, 8 * HOUR, every=None)
    assert interval(after.rate) < 10 * MINUTE


def test_what_the_server_calls_fresh_is_not_fetched_again_sooner() -> None:
    until = NOW + HOUR
    assert after_success(Course(rate=100), now=NOW, new=0, fresh_until=until).next_at == until


def test_no_server_puts_itself_to_sleep_for_longer_than_six_hours() -> None:
    course = after_success(Course(), now=NOW, new=0, fresh_until=NOW + 365 * DAY)
    assert course.next_at == NOW + LONGEST


def _failed(times: int, *, jitter: float = 0) -> Course:
    course = Course(succeeded_at=NOW)
    for _ in range(times):
        course = after_failure(course, now=NOW, cause="no answer", jitter=jitter)
    return course


def test_the_pause_doubles_with_each_failure_up_to_six_hours() -> None:
    pauses = [(_failed(times).next_at or NOW) - NOW for times in range(1, 10)]
    assert pauses[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert pauses[-1] == LONGEST


@given(st.floats(min_value=0, max_value=1), st.integers(min_value=1, max_value=2000))
def test_jitter_takes_half_of_the_pause_at_most(jitter: float, failures: int) -> None:
    before = Course(failures=failures - 1)
    full = after_failure(before, now=NOW, cause="x", jitter=0).next_at
    some = after_failure(before, now=NOW, cause="x", jitter=jitter).next_at
    assert full is not None
    assert some is not None
    assert (full - NOW) / 2 - MINUTE / 60 <= some - NOW <= full - NOW


def test_a_server_that_asks_to_wait_is_obeyed_for_a_day_at_most() -> None:
    for asked, obeyed in ((3 * HOUR, 3 * HOUR), (365 * DAY, LONGEST_OBEYED), (-HOUR, SHORTEST)):
        course = after_failure(Course(), now=NOW, cause="429", jitter=0, retry_at=NOW + asked)
        assert course.next_at == NOW + obeyed


def test_a_source_is_dead_after_some_failures_and_stays_dead_since_the_first_of_them() -> None:
    assert _failed(DEAD_AFTER - 1).dead_since is None
    dead = _failed(DEAD_AFTER)
    assert dead.dead_since == NOW
    later = after_failure(dead, now=NOW + DAY, cause="still nothing", jitter=0)
    assert (later.dead_since, later.cause) == (NOW, "still nothing")


def test_an_address_that_is_gone_is_dead_at_once() -> None:
    assert after_failure(Course(), now=NOW, cause="410", jitter=0, for_good=True).dead_since == NOW


def test_an_answer_revives_a_source() -> None:
    course = after_success(_failed(30), now=NOW + DAY, new=0)
    assert (course.failures, course.cause, course.dead_since) == (0, None, None)
    assert not course.is_first_contact


def test_a_source_is_due_when_its_time_has_come() -> None:
    assert Course().is_due(NOW)
    assert Course(next_at=NOW).is_due(NOW)
    assert not Course(next_at=NOW + MINUTE).is_due(NOW)


def test_more_than_ten_times_the_normal_rate_is_a_flood() -> None:
    course = Course(rate=8.0, succeeded_at=NOW - 5 * MINUTE)
    assert not is_flood(course, now=NOW, new=80)
    assert is_flood(course, now=NOW, new=81)


def test_a_few_articles_are_no_flood_however_quiet_the_source_was() -> None:
    quiet = Course(rate=0.001, succeeded_at=NOW - 5 * MINUTE)
    assert not is_flood(quiet, now=NOW, new=10)
    assert is_flood(quiet, now=NOW, new=11)


def test_what_was_printed_during_a_long_outage_is_no_flood() -> None:
    course = Course(rate=8.0, succeeded_at=NOW - 10 * HOUR)
    assert not is_flood(course, now=NOW, new=100)


def test_the_newsroom_may_say_how_many_are_too_many() -> None:
    course = Course(rate=0.001, succeeded_at=NOW)
    assert not is_flood(course, now=NOW, new=60, most=60)
    assert is_flood(course, now=NOW, new=61, most=60)


def test_the_first_listing_tells_the_rate() -> None:
    printed = [NOW - hours * HOUR for hours in (1, 2, 3, 30)]
    assert first_rate(printed, now=NOW) == 3 / 24
    assert first_rate([NOW - 30 * DAY], now=NOW) == 1 / 24
    assert first_rate([], now=NOW) == 1.0


def test_a_clock_that_ran_ahead_puts_no_source_to_sleep() -> None:
    ahead = after_success(Course(), now=NOW + 900 * DAY, new=1)
    assert ahead.is_due(NOW)
    assert not after_failure(Course(), now=NOW, cause="", jitter=0, retry_at=NOW + 9 * DAY).is_due(NOW)


def test_a_clock_that_is_put_back_changes_no_rate() -> None:
    course = Course(rate=2.0, succeeded_at=NOW + 9000 * DAY)
    assert after_success(course, now=NOW, new=0).rate == 2.0
