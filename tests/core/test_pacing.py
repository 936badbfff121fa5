from hypothesis import given
from hypothesis import strategies as st

from bot.core.pacing import Rate, take_turn


@given(
    rate=st.builds(
        Rate, count=st.integers(1, 50), period=st.sampled_from([1.0, 60.0]), burst=st.integers(1, 5)
    ),
    pauses=st.lists(st.floats(0, 3), min_size=1, max_size=80),
)
def test_no_window_of_one_period_holds_more_than_the_rate_and_its_burst(
    rate: Rate, pauses: list[float]
) -> None:
    now, spent, sends = 0.0, 0.0, list[float]()
    for pause in pauses:
        now += pause
        turn = take_turn(spent, now, rate)
        spent, now = turn.spent_until, turn.at
        sends.append(turn.at)
    for start in sends:
        inside = sum(start <= send < start + rate.period - 1e-6 for send in sends)
        assert inside <= rate.count + rate.burst - 1


def test_who_rested_may_send_at_once() -> None:
    assert take_turn(5.0, 100.0, Rate(1, 1.0)).at == 100.0


def test_who_has_just_sent_waits_one_interval() -> None:
    first = take_turn(0.0, 100.0, Rate(2, 1.0))
    assert take_turn(first.spent_until, 100.0, Rate(2, 1.0)).at == 100.5
