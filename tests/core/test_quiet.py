"""Quiet hours and the beginning of a day, in zones with clocks that are put forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.preferences import Quiet
from bot.core.quiet import midnight, quiet_until

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
         "Pacific/Chatham", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca")  # fmt: skip
minutes = st.integers(0, 1439)
moments = st.integers(1_704_067_200, 1_893_456_000).map(lambda second: datetime.fromtimestamp(second, UTC))
hours = st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Quiet(*pair))


def test_quiet_hours_go_through_midnight() -> None:
    zone = ZoneInfo("Asia/Jakarta")
    night = Quiet(22 * 60, 6 * 60)
    late = datetime(2026, 11, 23, 22, 30, tzinfo=zone)
    early = datetime(2026, 11, 24, 5, 59, tzinfo=zone)
    assert quiet_until(night, zone, late) == datetime(2026, 11, 24, 6, tzinfo=zone)
    assert quiet_until(night, zone, early) == datetime(2026, 11, 24, 6, tzinfo=zone)
    assert quiet_until(night, zone, early + timedelta(minutes=1)) is None
    assert quiet_until(None, zone, late) is None


# Berlin: an end that the clocks skip, and one that they show twice, seen from between the two.
@example("Europe/Berlin", datetime(2026, 3, 29, 0, 30, tzinfo=UTC), Quiet(1320, 150))
@example("Europe/Berlin", datetime(2026, 10, 25, 1, 10, tzinfo=UTC), Quiet(1320, 150))
@given(st.sampled_from(ZONES), moments, hours)
def test_quiet_hours_end_after_now_and_within_a_day(name: str, now: datetime, quiet: Quiet) -> None:
    zone = ZoneInfo(name)
    until = quiet_until(quiet, zone, now)
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    length = (quiet.end - quiet.begin) % 1440
    assert (until is None) == ((minute - quiet.begin) % 1440 >= length)
    if until is not None:
        assert timedelta(0) < until - now <= timedelta(hours=25)
        ended = until.astimezone(zone)
        late = ended.hour * 60 + ended.minute - quiet.end
        assert 0 <= late <= 60, "only where the clocks skip it, it is later than it says"


@given(st.sampled_from(ZONES), moments)
def test_a_day_begins_before_now_and_less_than_26_hours_ago(name: str, now: datetime) -> None:
    begun = midnight(ZoneInfo(name), now)
    assert timedelta(0) <= now - begun < timedelta(hours=26)
    assert begun.astimezone(ZoneInfo(name)).date() == now.astimezone(ZoneInfo(name)).date()
