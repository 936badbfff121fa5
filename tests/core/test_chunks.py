"""The size of the next chunk, by how long the last one took."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.chunks import FEWEST, FIRST, MOST, SLOW, next_size


def test_a_slow_chunk_halves_the_next_and_a_quick_one_doubles_it() -> None:
    assert next_size(4_000, SLOW * 1.1) == 2_000
    assert next_size(4_000, SLOW / 5) == 8_000
    assert next_size(4_000, SLOW / 2) == 4_000


@given(st.lists(st.floats(0, 10)))
def test_no_chunk_is_too_small_to_come_to_an_end_or_too_large_to_wait_for(seconds: list[float]) -> None:
    size = FIRST
    for took in seconds:
        size = next_size(size, took)
        assert FEWEST <= size <= MOST


@given(st.floats(1e-7, 1e-3))
def test_on_a_machine_of_any_speed_chunks_settle_below_what_is_slow_or_at_the_fewest(row: float) -> None:
    size = FIRST
    for _ in range(8):
        size = next_size(size, size * row)
    assert next_size(size, size * row) == size
    assert size * row <= SLOW or size == FEWEST
