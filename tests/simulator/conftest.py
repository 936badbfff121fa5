"""A simulator over real HTTP with a hand-moved clock, and a small client that speaks to it as a bot would."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from bot.simulator import RunningSimulator, Simulator, running
from bot.simulator.state import Chat

TOKEN = "123456:AAH-example_token-of-no-bot-at-all_x"


class Clock:
    """Unix time that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def __call__(self) -> float:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += seconds


@dataclass(frozen=True)
class Wire:
    """What goes over the wire: calls of one bot, and the control API."""

    session: aiohttp.ClientSession
    token: str = TOKEN

    async def call(self, method: str, **arguments: object) -> dict[str, object]:
        """The whole answer to a call whose arguments go as JSON."""
        async with self.session.post(f"/bot{self.token}/{method}", json=arguments) as response:
            answer = await response.json()
        assert answer["ok"] or answer["error_code"] == response.status
        assert isinstance(answer, dict)
        return answer

    async def ok(self, method: str, **arguments: object) -> object:
        answer = await self.call(method, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    async def message(self, method: str, **arguments: object) -> dict[str, object]:
        result = await self.ok(method, **arguments)
        assert isinstance(result, dict)
        return result

    async def refused(self, method: str, **arguments: object) -> str:
        answer = await self.call(method, **arguments)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def uploaded(self, method: str, files: dict[str, bytes], **arguments: object) -> dict[str, object]:
        """The whole answer to a call with files: each part is called as its file, up to the first dot."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in arguments.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, content in files.items():
            form.add_field(name.partition(".")[0], io.BytesIO(content), filename=name)
        async with self.session.post(f"/bot{self.token}/{method}", data=form) as response:
            answer = await response.json()
        assert answer["ok"] or answer["error_code"] == response.status
        assert isinstance(answer, dict)
        return answer

    async def updates(self, **arguments: object) -> list[dict[str, object]]:
        result = await self.ok("getUpdates", **arguments)
        assert isinstance(result, list)
        return result

    async def sim(self, path: str, **fields: object) -> tuple[int, dict[str, object]]:
        """Status and answer of a POST to the control API."""
        async with self.session.post(f"/sim/{path}", data=json.dumps(fields)) as response:
            return response.status, await response.json()

    async def writes(self, chat: Chat, text: str) -> dict[str, object]:
        """Somebody writes into a chat."""
        status, message = await self.sim(f"chats/{chat.id}/messages", text=text)
        assert status == 200, message
        return message


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(clock: Clock) -> Simulator:
    return Simulator(clock=clock)


@pytest.fixture
async def served(simulator: Simulator) -> AsyncIterator[RunningSimulator]:
    async with running(simulator) as served:
        yield served


@pytest.fixture
async def wire(served: RunningSimulator) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession(served.address) as session:
        wire = Wire(session)
        await wire.ok("getMe")
        yield wire


@pytest.fixture
def reader(simulator: Simulator) -> Chat:
    """A reader who has already started the bot."""
    return simulator.add_reader("Budi", username="budi_contoh", started=True)


@pytest.fixture
def channel(simulator: Simulator) -> Chat:
    return simulator.add_channel("Kabar Contoh", "kabar_contoh")


@pytest.fixture
def group(simulator: Simulator) -> Chat:
    return simulator.add_group("Grup Contoh")
