from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, make_url

from bot.store.columns import Moment, Printed

DIALECTS = [make_url(f"{name}://").get_dialect()() for name in ("sqlite", "postgresql+asyncpg")]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_time_without_a_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Moment().process_bind_param(datetime(2026, 1, 2, 3, 4), dialect)  # noqa: DTZ001


def test_a_time_is_kept_and_handed_out_in_utc() -> None:
    printed = datetime(2026, 3, 4, 7, 5, tzinfo=timezone(timedelta(hours=7)))
    kept = Moment().process_bind_param(printed, DIALECTS[0])
    assert kept == datetime(2026, 3, 4, 0, 5, tzinfo=UTC)
    assert kept is not None
    forgotten = Moment().process_result_value(kept.replace(tzinfo=None), DIALECTS[0])
    assert forgotten == printed
    assert forgotten is not None
    assert forgotten.tzinfo is UTC


def test_no_time_stays_none() -> None:
    assert Moment().process_bind_param(None, DIALECTS[0]) is None
    assert Moment().process_result_value(None, DIALECTS[0]) is None


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_becomes_one_that_every_database_takes(text: str) -> None:
    kept = Printed().process_bind_param(text, DIALECTS[1])
    assert kept is not None
    assert "\0" not in kept
    kept.encode()


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_a_sound_text_is_kept_as_it_is(text: str) -> None:
    assert Printed().process_bind_param(text, DIALECTS[0]) == text


def test_the_halves_of_an_emoji_become_whole() -> None:
    assert Printed().process_bind_param("\ud83d\ude00 \ud83d", DIALECTS[0]) == "😀 \ufffd"
