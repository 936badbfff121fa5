from datetime import datetime, timedelta

import pytest

from bot.core.dates import parse_date


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Selasa, 12 September 2023 11:54 WIB", "2023-09-12T11:54+07:00"),
        ("Kamis, 8 Juli 2021 05:25 WITA", "2021-07-08T05:25+08:00"),
        ("Jum'at, 1 Nopember 2019 09.30 WIT", "2019-11-01T09:30+09:00"),
        ("Jum’at, 1 Pebruari 2019 09.30 WIB", "2019-02-01T09:30+07:00"),
        ("Ahad, 4 Agst 2019 23:59 WIB", "2019-08-04T23:59+07:00"),
        ("12/09/2023, 11:54 WIB", "2023-09-12T11:54+07:00"),
        ("Senin, 2 Januari 2023 | Pukul 7.05", "2023-01-02T07:05+07:00"),
    ],
)
def test_the_ways_to_print_a_date_are_read(line: str, moment: str) -> None:
    assert parse_date(line) == datetime.fromisoformat(moment)


def test_the_printed_zone_is_kept() -> None:
    moment = parse_date("Kamis, 8 Juli 2021 05:25 WIT")
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=9)
    assert moment.tzname() == "WIT"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Kamis, 8 Juli 2021",
        "31 Februari 2021 05:25 WIB",
        "Kamis, 8 Juno 2021 05:25 WIB",
        "8 Juli 2021 25:00 WIB",
        "Kamis, 8 Juli 2021 05:25 WIB di Kertasari",
        "9" * 10_000,
    ],
)
def test_what_is_no_date_is_none(line: str) -> None:
    assert parse_date(line) is None


def test_a_year_at_the_calendars_end_is_a_misprint() -> None:
    assert parse_date("Senin, 1 Januari 0001 00:30 WIB") is None
    assert parse_date("Jumat, 31 Desember 9999 23:59 WIB") is None
