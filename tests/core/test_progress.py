from bot.core.progress import SPAN, Reading, remaining


def test_the_rest_takes_as_long_as_its_share_of_the_past() -> None:
    assert remaining([Reading(0, 0), Reading(10, 300)], left=600) == 20


def test_only_the_last_minute_counts() -> None:
    stood_still = [Reading(0, 0), Reading(1000, 0)]
    assert remaining([*stood_still, Reading(1000 + SPAN, 30 * int(SPAN))], left=30) == 1


def test_nothing_is_promised_that_was_not_measured() -> None:
    assert remaining([Reading(0, 0)], left=5) is None
    assert remaining([Reading(0, 7), Reading(5, 7)], left=5) is None


def test_what_is_over_takes_no_time() -> None:
    assert remaining([Reading(0, 5)], left=0) == 0
