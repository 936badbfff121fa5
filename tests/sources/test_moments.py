from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.moments import read_moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-07-08T05:25:13+07:00", "2021-07-08T05:25:13+07:00"),
        ("2021-07-08T05:25:13+0700", "2021-07-08T05:25:13+07:00"),
        ("2021-07-07T22:25:13.123Z", "2021-07-07T22:25:13.123+00:00"),
        ("2021-07-08 05:25:13", "2021-07-08T05:25:13+07:00"),
        ("2021-07-08 05:25:13 +0800", "2021-07-08T05:25:13+08:00"),
        ("2021-07-08 05:25:13 WITA", "2021-07-08T05:25:13+08:00"),
        ("2021-07-08", "2021-07-08T00:00:00+07:00"),
        ("Thu, 08 Jul 2021 05:25:13 +0700", "2021-07-08T05:25:13+07:00"),
        ("Wed, 07 Jul 2021 22:25:13 GMT", "2021-07-07T22:25:13+00:00"),
        ("8 Jul 2021 05:25:13", "2021-07-08T05:25:13+07:00"),
        ("Kam, 08 Agu 2021 05:25:13 WIB", "2021-08-08T05:25:00+07:00"),
        ("Kamis, 8 Juli 2021 05:25 WIB", "2021-07-08T05:25:00+07:00"),
        ("Jum'at, 9 Juli 2021 | 09.30 WIT", "2021-07-09T09:30:00+09:00"),
    ],
)
def test_a_time_is_read_in_each_of_the_forms_that_sites_write(written: str, moment: str) -> None:
    read = read_moment(written)
    assert read is not None
    assert read.isoformat() == datetime.fromisoformat(moment).isoformat()


@pytest.mark.parametrize(
    "written",
    ["", "kemarin", "0001-01-01T00:00:00Z", "9999-12-31", "2021-13-40", "08/09", None, 5, "x" * 5_000],
)
def test_what_is_no_time_is_none(written: object) -> None:
    assert read_moment(written) is None


def test_a_time_without_a_zone_is_in_the_site_s() -> None:
    read = read_moment("2021-07-08 05:25:13", ZoneInfo("Asia/Makassar"))
    assert read is not None
    assert read.isoformat() == "2021-07-08T05:25:13+08:00"


@given(st.text(max_size=100) | st.text("0123456789-:T+Z.,/ WIBJul", max_size=40))
def test_any_text_gives_an_aware_moment_or_none(written: str) -> None:
    read = read_moment(written)
    assert read is None or read.utcoffset() is not None
