import asyncio

import aiohttp

from bot.simulator import Simulator, start
from bot.simulator.state import Chat
from bot.simulator.updates import KEPT_FOR
from tests.simulator.conftest import TOKEN, Clock, Wire


def texts(updates: list[dict[str, object]]) -> list[object]:
    return [update["message"]["text"] for update in updates if isinstance(update["message"], dict)]


async def polled(simulator: Simulator) -> None:
    """Waits until a long poll of the bot waits."""
    async with asyncio.timeout(5):
        while TOKEN not in simulator.bots or not simulator.bots[TOKEN].updates.is_polled:
            await asyncio.sleep(0)


async def test_updates_come_again_until_their_offset_confirms_them(wire: Wire, reader: Chat) -> None:
    for text in "abc":
        await wire.writes(reader, text)
    updates = await wire.updates()
    assert texts(updates) == ["a", "b", "c"]
    assert await wire.updates() == updates
    number = updates[1]["update_id"]
    assert isinstance(number, int)
    assert texts(await wire.updates(offset=number, limit=1)) == ["b"]
    assert texts(await wire.updates(offset=number + 1)) == ["c"]
    assert texts(await wire.updates()) == ["c"]
    assert await wire.updates(offset=number + 2) == []


async def test_a_negative_offset_keeps_only_the_last_updates(wire: Wire, reader: Chat) -> None:
    for text in "abcd":
        await wire.writes(reader, text)
    assert texts(await wire.updates(offset=-1)) == ["d"]
    assert texts(await wire.updates()) == ["d"]


async def test_an_offset_of_another_queue_far_ahead_is_ignored(wire: Wire, reader: Chat) -> None:
    await wire.writes(reader, "a")
    assert texts(await wire.updates(offset=900_000_000)) == ["a"]


async def test_a_limit_outside_1_to_100_is_brought_into_it(wire: Wire, reader: Chat) -> None:
    for number in range(101):
        await wire.writes(reader, str(number))
    assert len(await wire.updates(limit=1000)) == 100
    assert len(await wire.updates(limit=0)) == 1
    assert len(await wire.updates(limit="banyak")) == 1


async def test_a_long_poll_answers_as_soon_as_somebody_writes(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    poll = asyncio.create_task(wire.updates(timeout=50))
    await polled(simulator)
    assert not poll.done()
    await wire.writes(reader, "halo")
    assert texts(await poll) == ["halo"]


async def test_a_long_poll_without_updates_ends_empty(wire: Wire) -> None:
    assert await wire.updates(timeout=1) == []


async def test_the_second_of_two_pollers_ends_the_first(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    first = asyncio.create_task(wire.call("getUpdates", timeout=50))
    await polled(simulator)
    second = asyncio.create_task(wire.call("getUpdates", timeout=50))
    assert await first == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running",
    }
    await wire.writes(reader, "halo")
    assert (await second)["ok"]


async def test_a_short_poll_leaves_a_waiting_one_alone(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    first = asyncio.create_task(wire.updates(timeout=50))
    await polled(simulator)
    assert await wire.updates() == []
    await wire.writes(reader, "halo")
    assert texts(await first) == ["halo"]


async def test_only_allowed_kinds_are_queued_until_another_list_is_given(wire: Wire, reader: Chat) -> None:
    await wire.updates(allowed_updates=["my_chat_member", "tidak_ada"])
    await wire.writes(reader, "halo")
    await wire.sim(f"chats/{reader.id}/block")
    (update,) = await wire.updates()
    assert "my_chat_member" in update
    await wire.updates(allowed_updates=[])
    await wire.sim(f"chats/{reader.id}/unblock")
    await wire.writes(reader, "halo")
    assert len(await wire.updates(allowed_updates="bukan JSON")) == 3


async def test_updates_are_kept_for_24_hours(wire: Wire, reader: Chat, clock: Clock) -> None:
    await wire.writes(reader, "lama")
    clock.forward(KEPT_FOR)
    await wire.writes(reader, "baru")
    assert texts(await wire.updates()) == ["lama", "baru"]
    clock.forward(1)
    assert texts(await wire.updates()) == ["baru"]


async def test_bots_have_queues_of_their_own(wire: Wire, reader: Chat) -> None:
    other = Wire(wire.session, token="777:another-token_of-no-bot")
    await other.ok("getMe")
    await wire.writes(reader, "halo")
    (mine,) = await wire.updates()
    number = mine["update_id"]
    assert isinstance(number, int)
    await wire.updates(offset=number + 1)
    assert texts(await other.updates()) == ["halo"]


async def test_stopping_the_simulator_ends_long_polls() -> None:
    simulator = Simulator()
    served = await start(simulator)
    async with aiohttp.ClientSession(served.address) as session:
        wire = Wire(session)
        poll = asyncio.create_task(wire.updates(timeout=50))
        await polled(simulator)
        await served.stop()
        assert await poll == []
