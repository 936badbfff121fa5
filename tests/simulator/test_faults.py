import asyncio
import json
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator import RunningSimulator, Simulator
from bot.simulator.errors import ControlRefusal
from bot.simulator.faults import FORBIDDEN, Fault, FaultKind, Faults, read_fault
from bot.simulator.faults import OPTIONS as KIND_OPTIONS
from bot.simulator.state import Chat
from tests.simulator.conftest import TOKEN, Clock, Wire

SEND = f"/bot{TOKEN}/sendMessage"


@pytest.fixture
async def hasty(served: RunningSimulator) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that gives up soon and takes a new connection for every call."""
    timeout = aiohttp.ClientTimeout(total=0.3)
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(served.address, timeout=timeout, connector=connector) as session:
        yield session


async def order(wire: Wire, **fields: object) -> dict[str, object]:
    status, answer = await wire.sim("faults", **fields)
    assert status == 200, answer
    return answer


def texts(chat: Chat) -> list[str]:
    return [message.text for message in chat.messages.values()]


async def test_the_next_send_is_asked_to_wait_and_the_one_after_it_passes(wire: Wire, reader: Chat) -> None:
    await order(wire, kind="too_many_requests", seconds=7, count=1)
    answer = await wire.call("sendMessage", chat_id=reader.id, text="x")
    assert answer["parameters"] == {"retry_after": 7}
    assert answer["description"] == "Too Many Requests: retry after 7"
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    assert texts(reader) == ["x"]


async def test_a_web_servers_page_is_shown_among_the_calls(wire: Wire, reader: Chat) -> None:
    await order(wire, kind="server_error", status=503, page=True, count=1)
    async with wire.session.post(SEND, json={"chat_id": reader.id, "text": "x"}) as response:
        page = await response.text()
    async with wire.session.get("/sim/state") as response:
        assert response.status == 200
        shown = (await response.json())["calls"][-1]
    assert (shown["status"], shown["response"]) == (503, page)


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"kind": "delay", "methods": ["sendMesage"]}, "sendMesage"),
        ({"kind": "delay", "methods": [["x"]]}, "['x']"),
        ({"kind": "delay", "methods": []}, "methods"),
        ({"kind": "delay", "distribution": {"name": "uniform", "low": 5, "high": 1}}, "low"),
    ],
)
async def test_a_fault_that_could_never_happen_is_refused(
    wire: Wire, wanted: dict[str, object], named: str
) -> None:
    status, answer = await wire.sim("faults", **wanted)
    assert status == 400
    assert named in str(answer["error"])


async def test_a_lasting_wait_refuses_every_send_until_its_time_is_over(
    wire: Wire, reader: Chat, channel: Chat, clock: Clock
) -> None:
    await order(wire, kind="too_many_requests", seconds=7, count=1, lasting=True)
    await wire.refused("sendMessage", chat_id=reader.id, text="x")
    clock.forward(5.5)
    answer = await wire.call("sendMessage", chat_id=channel.id, text="x")
    assert answer["parameters"] == {"retry_after": 2}
    clock.forward(1.5)
    await wire.ok("sendMessage", chat_id=channel.id, text="x")


async def test_all_sends_are_asked_to_wait_until_the_fault_is_taken_back(wire: Wire, reader: Chat) -> None:
    fault = await order(wire, kind="too_many_requests")
    for _ in range(3):
        await wire.refused("sendMessage", chat_id=reader.id, text="x")
    await wire.ok("getUpdates")
    async with wire.session.delete(f"/sim/faults/{fault['id']}") as response:
        assert await response.json() == {"faults": []}
    await wire.ok("sendMessage", chat_id=reader.id, text="x")


@pytest.mark.parametrize(("reason", "text"), FORBIDDEN.items())
async def test_a_chat_can_be_closed_in_every_way_that_telegram_knows(
    wire: Wire, reader: Chat, channel: Chat, reason: str, text: str
) -> None:
    await order(wire, kind="forbidden", reason=reason, chat_id=reader.id)
    answer = await wire.call("sendMessage", chat_id=reader.id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, f"Forbidden: {text}")
    await wire.ok("sendMessage", chat_id=channel.id, text="x")


async def test_any_other_refusal_can_be_worded(wire: Wire, channel: Chat) -> None:
    said = "Bad Request: need administrator rights in the channel chat"
    await order(wire, kind="refusal", code=400, description=said, chat_id="@Kabar_Contoh")
    assert await wire.refused("sendMessage", chat_id=channel.id, text="x") == said


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_server_error_comes_before_or_after_the_message_is_accepted(
    wire: Wire, reader: Chat, accepted: bool
) -> None:
    await order(wire, kind="server_error", status=502, accepted=accepted)
    answer = await wire.call("sendMessage", chat_id=reader.id, text="x")
    assert answer == {"ok": False, "error_code": 502, "description": "Bad Gateway"}
    assert texts(reader) == ["x"] * accepted


async def test_a_server_error_can_be_a_page_that_is_no_json(wire: Wire, reader: Chat) -> None:
    await order(wire, kind="server_error", status=504, page=True)
    async with wire.session.post(SEND, json={"chat_id": reader.id, "text": "x"}) as response:
        assert response.status == 504
        assert response.content_type == "text/html"
        assert "504 Gateway Timeout" in await response.text()


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_connection_is_reset_before_or_after_the_message_is_accepted(
    wire: Wire, simulator: Simulator, hasty: aiohttp.ClientSession, reader: Chat, accepted: bool
) -> None:
    await order(wire, kind="reset", accepted=accepted, count=1)
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await hasty.post(SEND, json={"chat_id": reader.id, "text": "x"})
    assert texts(reader) == ["x"] * accepted
    await wire.ok("sendMessage", chat_id=reader.id, text="y")
    assert [call.status for call in simulator.calls if call.method == "sendMessage"] == [0, 200]


@pytest.mark.parametrize("accepted", [False, True])
async def test_an_answer_never_comes(
    wire: Wire, hasty: aiohttp.ClientSession, reader: Chat, accepted: bool
) -> None:
    await order(wire, kind="silence", accepted=accepted, count=1)
    with pytest.raises(TimeoutError):
        await hasty.post(SEND, json={"chat_id": reader.id, "text": "x"})
    assert texts(reader) == ["x"] * accepted


async def test_a_refused_call_whose_answer_is_lost_was_refused_all_the_same(
    wire: Wire, hasty: aiohttp.ClientSession, reader: Chat
) -> None:
    await order(wire, kind="reset", accepted=True)
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await hasty.post(SEND, json={"chat_id": reader.id, "text": ""})
    assert texts(reader) == []


async def test_a_call_is_carried_out_to_its_end_when_its_client_dies(
    wire: Wire, served: RunningSimulator, simulator: Simulator, reader: Chat
) -> None:
    await order(wire, kind="delay", distribution={"name": "constant", "seconds": 0.2}, count=1)
    simulator.add_reader("Penonton")
    body = json.dumps({"chat_id": reader.id, "text": "x"}).encode()
    port = int(served.address.rpartition(":")[2])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    with simulator.events.listen() as frames:
        head = f"POST {SEND} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        async with asyncio.timeout(5):
            while b"event: faults" not in (await frames.get() or b""):
                pass  # The call has arrived, and waits.
            writer.transport.abort()
            while b"event: message" not in (await frames.get() or b""):
                pass
    assert texts(reader) == ["x"]


async def test_delays_hold_a_call_up_and_then_let_it_pass(wire: Wire, reader: Chat) -> None:
    await order(wire, kind="delay", distribution={"name": "uniform", "low": 0.15, "high": 0.2})
    began = time.perf_counter()
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    assert time.perf_counter() - began >= 0.15


async def test_a_fault_can_be_for_certain_methods_or_for_all(wire: Wire, reader: Chat) -> None:
    await order(wire, kind="server_error", methods=["editMessageText"])
    message = await wire.message("sendMessage", chat_id=reader.id, text="x")
    where = {"chat_id": reader.id, "message_id": message["message_id"]}
    assert await wire.refused("editMessageText", **where, text="y") == "Bad Gateway"
    await order(wire, kind="server_error", status=500, methods="all")
    assert await wire.refused("getMe") == "Internal Server Error"


async def test_the_page_is_told_of_every_change(wire: Wire, simulator: Simulator, reader: Chat) -> None:
    with simulator.events.listen() as frames:
        await order(wire, kind="server_error", count=2)
        await wire.refused("sendMessage", chat_id=reader.id, text="x")
        async with wire.session.delete("/sim/faults"):
            pass
        seen = []
        while not frames.empty():
            frame = frames.get_nowait() or b""
            if frame.startswith(b"event: faults"):
                seen.append(json.loads(frame.split(b"data: ")[1])["faults"])
    assert [[fault["fired"] for fault in faults] for faults in seen] == [[0], [1], []]


def befallen(fault: Fault, chats: list[Chat]) -> list[int]:
    faults = Faults()
    faults.add(fault)
    return [number for number, chat in enumerate(chats) if faults.befalling("sendmessage", chat, 0.0)]


def test_a_probability_is_kept_and_the_same_seed_befalls_the_same_calls(simulator: Simulator) -> None:
    chats = [simulator.add_reader("Pembaca") for _ in range(5000)]
    fault = Fault(FaultKind.RESET, probability=0.1, seed=7)
    hit = befallen(fault, chats)
    assert 400 < len(hit) < 600
    assert befallen(fault, chats) == hit
    assert befallen(Fault(FaultKind.RESET, probability=0.1, seed=8), chats) != hit
    backwards = {len(chats) - 1 - number for number in befallen(fault, chats[::-1])}
    assert backwards == set(hit), "in whatever order the chats come"


def test_delays_are_drawn_from_the_named_distribution(simulator: Simulator) -> None:
    chats = [simulator.add_reader("Pembaca") for _ in range(4000)]

    def drawn(**distribution: object) -> list[float]:
        faults = Faults()
        faults.add(Fault(FaultKind.DELAY, distribution=distribution, seed=3))
        return sorted(faults.befalling("sendmessage", chat, 0.0)[0].seconds for chat in chats)

    assert set(drawn(name="constant", seconds=2)) == {2.0}
    uniform = drawn(name="uniform", low=1, high=3)
    assert 1 <= uniform[0] < 1.01
    assert 2.95 < uniform[-1] <= 3
    assert sum(drawn(name="exponential", mean=0.5)) / 4000 == pytest.approx(0.5, rel=0.1)
    assert drawn(name="lognormal", median=0.2, sigma=1)[2000] == pytest.approx(0.2, rel=0.1)


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({}, "None"),
        ({"kind": "earthquake"}, "earthquake"),
        ({"kind": "reset", "reason": "blocked"}, "reason"),
        ({"kind": "forbidden", "reason": "bored"}, "bored"),
        ({"kind": "forbidden", "accepted": True}, "accepted"),
        ({"kind": "refusal"}, "description"),
        ({"kind": "refusal", "description": "x", "code": 200}, "200"),
        ({"kind": "server_error", "status": 418}, "418"),
        ({"kind": "too_many_requests", "seconds": 0}, "0"),
        ({"kind": "too_many_requests", "seconds": "1"}, "'1'"),
        ({"kind": "reset", "probability": 1.5}, "1.5"),
        ({"kind": "reset", "probability": True}, "True"),
        ({"kind": "reset", "count": 0}, "0"),
        ({"kind": "reset", "accepted": 1}, "accepted"),
        ({"kind": "reset", "methods": "sendMessage"}, "sendMessage"),
        ({"kind": "delay", "distribution": {"name": "normal"}}, "normal"),
        ({"kind": "delay", "distribution": {"name": "uniform", "low": 1}}, "low and high"),
        ({"kind": "delay", "distribution": {"name": "constant", "seconds": -1}}, "-1"),
    ],
)
async def test_what_is_no_fault_is_refused_and_named(
    wire: Wire, wanted: dict[str, object], named: str
) -> None:
    status, answer = await wire.sim("faults", **wanted)
    assert status == 400
    assert named in str(answer["error"])


async def test_a_fault_that_is_not_there_cannot_be_taken_back(wire: Wire) -> None:
    async with wire.session.delete("/sim/faults/5") as response:
        assert response.status == 404


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
OPTIONS = st.sampled_from(
    [
        "kind",
        "methods",
        "chat_id",
        "probability",
        "count",
        "seed",
        *sorted({one for kind in KIND_OPTIONS.values() for one in kind}),
    ]
)


@given(st.dictionaries(OPTIONS, JSON, max_size=4), st.sampled_from(list(FaultKind)))
def test_hostile_orders_are_refused_or_can_be_shown(wanted: dict[str, object], kind: FaultKind) -> None:
    try:
        fault = read_fault({"kind": kind.value} | wanted)
    except ControlRefusal:
        return
    faults = Faults()
    faults.add(fault)
    json.dumps(faults.as_json())
    faults.befalling("sendmessage", None, 0.0)
