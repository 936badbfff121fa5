import json

import pytest

from bot.simulator import Simulator
from bot.simulator.errors import ControlRefusal, Refusal
from bot.simulator.limits import Limits, Rate, Rates
from bot.simulator.state import Chat
from tests.simulator.conftest import Clock, Wire

BOT = 1


def refused_after(limits: Limits, chat: Chat, now: float, *, paid: bool = False) -> int:
    """How many messages pass at one moment until the next is refused."""
    for number in range(5000):
        try:
            limits.check(BOT, chat, now, paid=paid)
        except Refusal:
            return number
        limits.count(BOT, chat, now, 1, paid=paid)
    raise AssertionError("nothing is refused")


def test_limits_are_off_unless_asked_for(reader: Chat) -> None:
    limits = Limits()
    for _ in range(100):
        limits.check(BOT, reader, 0.0)
        limits.count(BOT, reader, 0.0, 1)


def test_a_chat_takes_a_short_burst_and_then_one_a_second(reader: Chat) -> None:
    limits = Limits(Rates())
    assert refused_after(limits, reader, 1000.0) == 3
    assert refused_after(limits, reader, 1000.9) == 0
    assert refused_after(limits, reader, 1001.0) == 1
    assert refused_after(limits, reader, 1010.0) == 3


def test_a_group_takes_twenty_in_a_minute(group: Chat) -> None:
    limits = Limits(Rates())
    assert refused_after(limits, group, 1000.0) == 20
    assert refused_after(limits, group, 1003.0) == 1
    assert refused_after(limits, group, 1063.0) == 20


def test_all_chats_together_take_thirty_a_second_and_paid_ones_a_thousand(simulator: Simulator) -> None:
    chats = [simulator.add_reader(f"Pembaca {number}") for number in range(1200)]
    limits = Limits(Rates())

    def passed(now: float, *, paid: bool) -> int:
        number = 0
        for chat in chats:
            try:
                limits.check(BOT, chat, now, paid=paid)
            except Refusal:
                return number
            limits.count(BOT, chat, now, 1, paid=paid)
            number += 1
        return number

    assert passed(1000.0, paid=False) == 30
    assert passed(1000.0, paid=True) == 1000
    later = [passed(1000.0 + second, paid=False) for second in range(1, 20)]
    assert later == [30] * 19


def test_bots_are_held_apart(reader: Chat) -> None:
    limits = Limits(Rates())
    assert refused_after(limits, reader, 1000.0) == 3
    limits.check(BOT + 1, reader, 1000.0)


def test_a_clock_that_is_set_back_forgets_what_was_sent(reader: Chat) -> None:
    limits = Limits(Rates())
    assert refused_after(limits, reader, 100_000.0) == 3
    assert refused_after(limits, reader, 1000.0) == 3


def test_chats_that_may_send_again_are_forgotten(simulator: Simulator) -> None:
    wide = Rate(10**6, 1.0, 10**6)
    limits = Limits(Rates(overall=wide))
    chats = [Chat(number, simulator.add_reader("Pembaca").type) for number in range(30_000)]
    for number, chat in enumerate(chats):
        limits.count(BOT, chat, 1000.0 + number / 1000, 1)
    assert sum(len(spent.chats) for spent in limits._spent.values()) < 12_000


async def test_the_refusal_says_in_telegrams_words_how_long_to_wait(
    wire: Wire, simulator: Simulator, reader: Chat, clock: Clock
) -> None:
    simulator.limits.change({"enabled": True})
    for _ in range(3):
        await wire.ok("sendMessage", chat_id=reader.id, text="x")
    answer = await wire.call("sendMessage", chat_id=reader.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    clock.forward(1)
    await wire.ok("sendMessage", chat_id=reader.id, text="x")


async def test_what_is_refused_for_another_reason_costs_nothing(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    simulator.limits.change({"enabled": True})
    for _ in range(10):
        assert "can't parse" in await wire.refused(
            "sendMessage", chat_id=reader.id, text="<b>", parse_mode="HTML"
        )
    for _ in range(3):
        await wire.ok("sendMessage", chat_id=reader.id, text="x")


async def test_edits_and_answers_are_not_counted(wire: Wire, simulator: Simulator, reader: Chat) -> None:
    simulator.limits.change({"enabled": True})
    message = await wire.message("sendMessage", chat_id=reader.id, text="x")
    for number in range(40):
        await wire.ok(
            "editMessageText", chat_id=reader.id, message_id=message["message_id"], text=f"x{number}"
        )
        await wire.ok("sendChatAction", chat_id=reader.id, action="typing")


async def test_rates_are_changed_and_shown_over_the_control_api(wire: Wire, reader: Chat) -> None:
    async with wire.session.put(
        "/sim/limits", data=json.dumps({"enabled": True, "chat": {"burst": 1}})
    ) as got:
        shown = await got.json()
    assert shown["enabled"] is True
    assert shown["chat"] == {"count": 1, "period": 1.0, "burst": 1}
    assert shown["overall"] == {"count": 30, "period": 1.0, "burst": 30}
    async with wire.session.get("/sim/limits") as got:
        assert await got.json() == shown
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    assert "retry after" in await wire.refused("sendMessage", chat_id=reader.id, text="x")
    async with wire.session.put("/sim/limits", data=json.dumps({"enabled": False})) as got:
        assert (await got.json())["enabled"] is False
    await wire.ok("sendMessage", chat_id=reader.id, text="x")


@pytest.mark.parametrize(
    "wanted",
    [
        {"overal": {"count": 1}},
        {"enabled": 1},
        {"chat": 5},
        {"chat": {}},
        {"chat": {"count": 0}},
        {"chat": {"count": 1.5}},
        {"chat": {"count": True}},
        {"chat": {"period": -1}},
        {"chat": {"period": "1"}},
        {"chat": {"period": float("inf")}},
        {"chat": {"speed": 1}},
    ],
)
def test_impossible_rates_are_refused_and_change_nothing(wanted: dict[str, object]) -> None:
    limits = Limits()
    before = limits.as_json()
    with pytest.raises(ControlRefusal):
        limits.change(wanted)
    assert limits.as_json() == before
