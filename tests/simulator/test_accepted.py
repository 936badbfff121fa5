import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.simulator import Simulator, people, running
from bot.simulator.faults import Fault, FaultKind
from tests.simulator.conftest import TOKEN, Clock, Wire


@pytest.fixture
def simulator(clock: Clock, tmp_path: Path) -> Simulator:
    return Simulator(clock=clock, accepted_log=tmp_path / "accepted.jsonl")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accepted.jsonl"


@pytest.fixture
async def hasty(simulator: Simulator) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that takes a new connection for every call."""
    connector = aiohttp.TCPConnector(force_close=True)
    async with (
        running(simulator) as served,
        aiohttp.ClientSession(served.address, connector=connector) as session,
    ):
        yield session


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def test_every_accepted_message_is_on_record_when_its_answer_comes(
    wire: Wire, simulator: Simulator, path: Path
) -> None:
    reader = simulator.add_reader("Budi", started=True)
    channel = simulator.add_channel("Kabar Contoh", "kabar_contoh")
    first = await wire.message("sendmessage", chat_id=reader.id, text="<b>é😀</b>\n", parse_mode="HTML")
    assert lines(path) == [
        {
            "at": 1_700_000_000.0,
            "bot_id": 123456,
            "method": "sendMessage",
            "chat_id": reader.id,
            "message_id": first["message_id"],
            "text": "é😀",
        }
    ]
    post = await wire.message("sendMessage", chat_id="@kabar_contoh", text="x")
    assert [(line["chat_id"], line["message_id"]) for line in lines(path)[1:]] == [
        (channel.id, post["message_id"])
    ]


async def test_what_was_refused_or_written_by_people_is_not_in_the_log(
    wire: Wire, simulator: Simulator, path: Path
) -> None:
    reader = simulator.add_reader("Budi")
    channel = simulator.add_channel("Kabar Contoh")
    await wire.refused("sendMessage", chat_id=reader.id, text="belum")
    people.write(simulator, reader.id, "/start")
    await wire.writes(channel, "x")
    await wire.refused("sendMessage", chat_id=reader.id, text="")
    message = await wire.message("sendMessage", chat_id=reader.id, text="a")
    await wire.ok("editMessageText", chat_id=reader.id, message_id=message["message_id"], text="b")
    assert [line["text"] for line in lines(path)] == ["a"]


async def test_a_message_whose_answer_is_lost_is_on_record(
    simulator: Simulator, hasty: aiohttp.ClientSession, path: Path
) -> None:
    reader = simulator.add_reader("Budi", started=True)
    simulator.faults.add(Fault(FaultKind.RESET, accepted=True, count=1))
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await hasty.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": reader.id, "text": "x"})
    simulator.faults.add(Fault(FaultKind.RESET, count=1))
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await hasty.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": reader.id, "text": "y"})
    assert [line["text"] for line in lines(path)] == ["x"]


async def test_messages_of_many_connections_are_told_apart(
    wire: Wire, simulator: Simulator, path: Path
) -> None:
    readers = [simulator.add_reader(f"Pembaca {number}", started=True) for number in range(200)]
    sent = await asyncio.gather(
        *(wire.message("sendMessage", chat_id=reader.id, text=f"untuk {reader.id}") for reader in readers)
    )
    found = {line["chat_id"]: (line["message_id"], line["text"]) for line in lines(path)}
    assert len(lines(path)) == 200
    assert found == {
        reader.id: (message["message_id"], f"untuk {reader.id}")
        for reader, message in zip(readers, sent, strict=True)
    }


async def test_the_log_is_continued_when_the_same_telegram_is_served_again(
    simulator: Simulator, path: Path
) -> None:
    reader = simulator.add_reader("Budi", started=True)
    for text in ("a", "b"):
        async with running(simulator) as served, aiohttp.ClientSession(served.address) as session:
            await Wire(session).ok("sendMessage", chat_id=reader.id, text=text)
    assert [line["text"] for line in lines(path)] == ["a", "b"]


def test_a_log_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Simulator(accepted_log=tmp_path / "missing" / "accepted.jsonl")
