"""The local Telegram's clock, set through its control API."""

import pytest

from bot.simulator.clock import MovableClock
from bot.simulator.errors import ControlRefusal
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


def test_a_moved_clock_goes_on_from_the_time_it_was_set_to() -> None:
    machine = [1_700_000_000.0]
    clock = MovableClock(lambda: machine[0])
    clock.move_to("2023-11-15T06:00:00+07:00")
    assert clock() == 1_700_002_800
    machine[0] += 5
    assert clock() == 1_700_002_805
    clock.move(0)
    assert clock() == machine[0]


@pytest.mark.parametrize("at", ["noon", "2023-11-15T06:00:00", "", "9999-99-99T00:00:00+00:00"])
def test_a_time_that_names_no_moment_is_refused(at: str) -> None:
    clock = MovableClock(lambda: 1_700_000_000.0)
    with pytest.raises(ControlRefusal, match="at "):
        clock.move_to(at)
    assert clock.offset == 0


@pytest.mark.parametrize("offset", [-1_800_000_000.0, 1e12])
def test_a_time_that_no_message_can_carry_is_refused(offset: float) -> None:
    clock = MovableClock(lambda: 1_700_000_000.0)
    with pytest.raises(ControlRefusal, match="offset_seconds"):
        clock.move(offset)


async def test_messages_carry_the_time_that_was_set(wire: Wire, reader: Chat) -> None:
    status, shown = await wire.sim("clock", at="2023-11-15T06:00:00+07:00")
    assert status == 200
    assert shown == {"offset_seconds": 2800.0, "now": 1_700_002_800.0}
    assert (await wire.message("sendMessage", chat_id=reader.id, text="Pagi"))["date"] == 1_700_002_800
    status, shown = await wire.sim("clock", offset_seconds=-60)
    assert shown["now"] == 1_699_999_940


@pytest.mark.parametrize("offset", ["60", True, None, pytest.param(10**400, id="huge")])
async def test_an_offset_that_is_no_number_is_refused(wire: Wire, offset: object) -> None:
    status, answer = await wire.sim("clock", offset_seconds=offset)
    assert status == 400
    assert "offset_seconds" in str(answer["error"])
