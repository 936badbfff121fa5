from hypothesis import given
from hypothesis import strategies as st

from bot.core.pacing import Patience, Rate, admit, take_turn


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


FOUR_AT_ONCE = Rate(1, 1.0, burst=4)


def test_who_asks_too_much_is_refused_and_told_once() -> None:
    patience, served, told = Patience(), 0, 0
    for _ in range(10):
        admission = admit(patience, 100.0, FOUR_AT_ONCE)
        patience = admission.patience
        served += admission.served
        told += admission.tell
    assert (served, told) == (4, 1)


def test_what_is_refused_costs_nothing() -> None:
    patience = Patience()
    for _ in range(50):
        patience = admit(patience, 100.0, FOUR_AT_ONCE).patience
    assert not admit(patience, 100.5, FOUR_AT_ONCE).served
    assert admit(patience, 101.0, FOUR_AT_ONCE).served


def test_who_goes_on_at_the_limit_is_not_told_again_and_who_rested_is() -> None:
    patience = Patience()
    for _ in range(5):
        patience = admit(patience, 100.0, FOUR_AT_ONCE).patience
    going_on = admit(admit(patience, 101.0, FOUR_AT_ONCE).patience, 101.0, FOUR_AT_ONCE)
    assert not going_on.served
    assert not going_on.tell
    patience = admit(going_on.patience, 110.0, FOUR_AT_ONCE).patience
    for _ in range(3):
        patience = admit(patience, 110.0, FOUR_AT_ONCE).patience
    assert admit(patience, 110.0, FOUR_AT_ONCE).tell


@given(st.lists(st.floats(0, 2), max_size=100), st.integers(1, 6))
def test_nobody_is_served_more_than_the_rate_and_its_burst(pauses: list[float], burst: int) -> None:
    rate, now, patience, served = Rate(1, 1.0, burst=burst), 50.0, Patience(), list[float]()
    for pause in pauses:
        now += pause
        admission = admit(patience, now, rate)
        patience = admission.patience
        if admission.served:
            served.append(now)
    for start in served:
        assert sum(start <= at < start + 5 - 1e-6 for at in served) <= 5 + burst
