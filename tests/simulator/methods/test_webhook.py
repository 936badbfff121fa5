import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from bot.simulator import RunningSimulator, Simulator, running
from bot.simulator.delivery import GONE_FOR
from bot.simulator.state import Chat
from bot.simulator.updates import KEPT_FOR
from tests.simulator.conftest import TOKEN, Clock, Wire

SECRET = "rahasia_A-Z"
Answer = Callable[[dict[str, object]], Awaitable[web.StreamResponse]]


async def taken(update: dict[str, object]) -> web.StreamResponse:  # noqa: ARG001 - an Answer
    return web.Response()


@dataclass
class Hook:
    """A bot's own server: what came, and how it answers."""

    address: str = ""
    answer: Answer = taken
    came: asyncio.Queue[tuple[dict[str, object], dict[str, str]]] = field(default_factory=asyncio.Queue)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        update = json.loads(await request.read())
        await self.came.put((update, dict(request.headers)))
        return await self.answer(update)

    async def next(self) -> dict[str, object]:
        async with asyncio.timeout(5):
            return (await self.came.get())[0]

    async def text(self) -> object:
        message = (await self.next())["message"]
        assert isinstance(message, dict)
        return message["text"]


class Sleeper:
    """Stands in for the pauses between two attempts: notes them, and moves the clock instead of waiting."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.pauses: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.forward(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def sleeper(clock: Clock) -> Sleeper:
    return Sleeper(clock)


@pytest.fixture
def simulator(clock: Clock, sleeper: Sleeper) -> Simulator:
    return Simulator(clock=clock, sleep=sleeper)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def settled(wire: Wire) -> dict[str, object]:
    """getWebhookInfo once no update waits any more."""
    async with asyncio.timeout(5):
        while (info := await wire.message("getWebhookInfo"))["pending_update_count"]:
            await asyncio.sleep(0)
    return info


async def test_updates_go_to_the_webhook_with_its_secret(wire: Wire, reader: Chat, hook: Hook) -> None:
    await wire.writes(reader, "sebelum")
    set_up = await wire.call("setWebhook", url=hook.address, secret_token=SECRET, max_connections=7)
    assert set_up == {"ok": True, "result": True, "description": "Webhook was set"}
    message = await wire.writes(reader, "sesudah")
    assert await hook.text() == "sebelum"
    async with asyncio.timeout(5):
        update, headers = await hook.came.get()
    assert update["message"] == message
    assert isinstance(update["update_id"], int)
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
    assert headers["Content-Type"] == "application/json"
    assert await settled(wire) == {
        "url": hook.address,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "ip_address": "127.0.0.1",
        "max_connections": 7,
    }


async def test_without_a_secret_there_is_no_header(wire: Wire, reader: Chat, hook: Hook) -> None:
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    async with asyncio.timeout(5):
        _, headers = await hook.came.get()
    assert "X-Telegram-Bot-Api-Secret-Token" not in headers


async def test_what_is_not_taken_comes_again_with_growing_pauses(
    wire: Wire, reader: Chat, hook: Hook, sleeper: Sleeper, clock: Clock
) -> None:
    attempts = 0

    async def at_last(_: dict[str, object]) -> web.StreamResponse:
        nonlocal attempts
        attempts += 1
        return web.Response(status=200 if attempts == 10 else 500)

    hook.answer = at_last
    await wire.ok("setWebhook", url=hook.address)
    began = clock.time
    await wire.writes(reader, "halo")
    texts = {await hook.text() for _ in range(10)}
    info = await settled(wire)
    assert texts == {"halo"}
    assert sleeper.pauses == [0, 2, 4, 8, 16, 32, 60, 60, 60]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["last_error_date"] == int(began + sum(sleeper.pauses[:-1]))


async def test_the_webhook_says_when_it_wants_an_update_again(
    wire: Wire, reader: Chat, hook: Hook, sleeper: Sleeper
) -> None:
    answers = [(503, "120"), (429, "999999"), (503, "nanti"), (200, "")]

    async def busy(_: dict[str, object]) -> web.StreamResponse:
        status, after = answers.pop(0)
        return web.Response(status=status, headers={"Retry-After": after})

    hook.answer = busy
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    await settled(wire)
    assert sleeper.pauses == [120, 3600, 2]


async def test_an_update_of_more_than_24_hours_is_dropped(
    wire: Wire, reader: Chat, hook: Hook, sleeper: Sleeper
) -> None:
    async def never(update: dict[str, object]) -> web.StreamResponse:
        message = update["message"]
        assert isinstance(message, dict)
        if message["text"] == "diterima":
            return web.Response(status=204)
        return web.Response(status=500, headers={"Retry-After": "3600"})

    hook.answer = never
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "ditolak")
    await wire.writes(reader, "diterima")
    await settled(wire)
    assert sleeper.pauses == [3600] * (KEPT_FOR // 3600)
    texts = [await hook.text() for _ in range(hook.came.qsize())]
    assert texts[-1] == "diterima"
    assert set(texts[:-1]) == {"ditolak"}


async def test_a_chat_that_fails_holds_up_no_other(
    simulator: Simulator, wire: Wire, reader: Chat, hook: Hook
) -> None:
    other = simulator.add_reader("Sari", started=True)
    release = asyncio.Event()

    async def slow(update: dict[str, object]) -> web.StreamResponse:
        message = update["message"]
        assert isinstance(message, dict)
        if message["chat"]["id"] == reader.id:
            await release.wait()
        return web.Response()

    hook.answer = slow
    await wire.ok("setWebhook", url=hook.address)
    for text in ("satu", "dua"):
        await wire.writes(reader, text)
    await wire.writes(other, "lain")
    assert {await hook.text(), await hook.text()} == {"satu", "lain"}
    assert hook.came.empty()
    release.set()
    assert await hook.text() == "dua"


async def test_no_more_requests_than_asked_for_are_under_way(
    simulator: Simulator, wire: Wire, hook: Hook
) -> None:
    readers = [simulator.add_reader(f"Pembaca {number}", started=True) for number in range(5)]
    release = asyncio.Event()
    under_way = most = 0

    async def count(_: dict[str, object]) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await release.wait()
        under_way -= 1
        return web.Response()

    hook.answer = count
    await wire.ok("setWebhook", url=hook.address, max_connections=2)
    for reader in readers:
        await wire.writes(reader, "halo")
    await hook.next()
    await hook.next()
    release.set()
    await settled(wire)
    assert most == 2


async def test_an_answer_with_a_method_is_carried_out(wire: Wire, reader: Chat, hook: Hook) -> None:
    async def reply(_: dict[str, object]) -> web.StreamResponse:
        return web.json_response(
            {"method": "sendMessage", "chat_id": reader.id, "text": "<b>Halo</b>", "parse_mode": "HTML"}
        )

    hook.answer = reply
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    await settled(wire)
    last = list(reader.messages.values())[-1]
    assert (last.text, last.entities[0].type) == ("Halo", "bold")
    async with wire.session.get("/sim/state") as response:
        calls = (await response.json())["calls"]
    assert [call["status"] for call in calls if call["method"] == "sendMessage"] == [200]


def sending(chat: Chat) -> Answer:
    """A webhook that answers every update with a message to ``chat``."""

    async def reply(update: dict[str, object]) -> web.StreamResponse:  # noqa: ARG001 - an Answer
        return web.json_response({"method": "sendMessage", "chat_id": chat.id, "text": "jawaban"})

    return reply


async def sends(wire: Wire) -> list[dict[str, object]]:
    """The calls of sendMessage that are remembered."""
    async with wire.session.get("/sim/state") as response:
        calls = (await response.json())["calls"]
    return [call for call in calls if call["method"] == "sendMessage"]


@pytest.mark.parametrize(
    ("fault", "status", "error", "is_sent"),
    [
        ({"kind": "too_many_requests", "seconds": 7}, 429, "Too Many Requests: retry after 7", False),
        ({"kind": "forbidden"}, 403, "Forbidden: bot was blocked by the user", False),
        ({"kind": "server_error", "status": 502}, 502, "Bad Gateway", False),
        ({"kind": "server_error", "status": 502, "page": True}, 502, "502 Bad Gateway", False),
        ({"kind": "server_error", "accepted": True}, 502, "Bad Gateway", True),
        ({"kind": "reset"}, 0, "the connection was reset", False),
        ({"kind": "reset", "accepted": True}, 0, "the connection was reset", True),
        ({"kind": "silence"}, 0, "no answer came", False),
        ({"kind": "silence", "accepted": True}, 0, "no answer came", True),
        ({"kind": "delay", "distribution": {"name": "constant", "seconds": 0.01}}, 200, "", True),
    ],
)
async def test_a_call_in_a_webhooks_answer_meets_the_faults_that_others_meet(
    wire: Wire,
    reader: Chat,
    hook: Hook,
    simulator: Simulator,
    fault: dict[str, object],
    status: int,
    error: str,
    is_sent: bool,
) -> None:
    await wire.sim("faults", **fault)
    hook.answer = sending(reader)
    await wire.ok("setWebhook", url=hook.address)
    with simulator.events.listen() as frames:
        await wire.writes(reader, "halo")
        async with asyncio.timeout(5):
            while b'"method": "sendMessage"' not in (await frames.get() or b""):
                pass
    call = (await sends(wire))[-1]
    assert call["status"] == status
    assert error in json.dumps(call["response"])
    assert ("jawaban" in [message.text for message in reader.messages.values()]) is is_sent
    assert simulator.faults.fired(1) == 1


async def test_a_call_in_a_webhooks_answer_is_held_to_the_rates(
    wire: Wire, reader: Chat, hook: Hook, simulator: Simulator
) -> None:
    simulator.limits.change({"enabled": True})
    hook.answer = sending(reader)
    await wire.ok("setWebhook", url=hook.address)
    for number in range(5):
        await wire.writes(reader, str(number))
    await settled(wire)
    assert [call["status"] for call in await sends(wire)] == [200, 200, 200, 429, 429]


async def test_a_late_call_in_a_webhooks_answer_does_not_hold_up_the_next_update(
    wire: Wire, reader: Chat, hook: Hook
) -> None:
    await wire.sim("faults", kind="delay", distribution={"name": "constant", "seconds": 3600})
    hook.answer = sending(reader)
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "satu")
    await wire.writes(reader, "dua")
    assert [await hook.text(), await hook.text()] == ["satu", "dua"]


async def test_a_call_in_a_long_answer_is_read_to_its_end(wire: Wire, reader: Chat, hook: Hook) -> None:
    async def reply(update: dict[str, object]) -> web.StreamResponse:  # noqa: ARG001 - an Answer
        call = json.dumps({"method": "sendMessage", "chat_id": reader.id, "text": "jawaban"})
        return web.Response(text=" " * 500_000 + call, content_type="application/json")

    hook.answer = reply
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    await settled(wire)
    assert [call["status"] for call in await sends(wire)] == [200]


async def test_a_call_in_a_webhooks_answer_outlives_the_webhook(
    wire: Wire, reader: Chat, hook: Hook, simulator: Simulator
) -> None:
    await wire.sim("faults", kind="delay", distribution={"name": "constant", "seconds": 0.2}, accepted=False)
    hook.answer = sending(reader)
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    await hook.next()
    await settled(wire)
    with simulator.events.listen() as frames:
        await wire.ok("deleteWebhook")
        async with asyncio.timeout(5):
            while b"jawaban" not in (await frames.get() or b""):
                pass
    assert "jawaban" in [message.text for message in reader.messages.values()]


@pytest.mark.parametrize(
    "body",
    [
        {"method": "getMe"},
        {"method": "deleteWebhook"},
        {"method": "setWebhook", "url": ""},
        {"method": "sendMessage", "chat_id": 1, "text": "x"},
        {"method": "tidakAda"},
        {"ok": True},
        [],
    ],
)
async def test_an_answer_that_may_not_or_cannot_be_carried_out_changes_nothing(
    wire: Wire, reader: Chat, hook: Hook, body: object
) -> None:
    async def reply(_: dict[str, object]) -> web.StreamResponse:
        return web.json_response(body)

    hook.answer = reply
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    info = await settled(wire)
    assert info["url"] == hook.address
    assert "last_error_message" not in info
    assert len(reader.messages) == 1


async def test_an_answer_as_a_form_is_carried_out_and_plain_text_is_not(
    wire: Wire, reader: Chat, hook: Hook
) -> None:
    answers = [
        web.Response(
            text=f"method=sendMessage&chat_id={reader.id}&text=formulir",
            content_type="application/x-www-form-urlencoded",
        ),
        web.Response(text="method=sendMessage"),
        web.Response(body=b"{", content_type="application/json"),
    ]

    async def reply(_: dict[str, object]) -> web.StreamResponse:
        return answers.pop(0)

    hook.answer = reply
    await wire.ok("setWebhook", url=hook.address)
    for text in "abc":
        await wire.writes(reader, text)
    await settled(wire)
    assert [message.text for message in reader.messages.values() if message.sender is not reader.reader] == [
        "formulir"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://a\0.id/",
        f"https://{'é' * 80}.id/",
        "https://é\u2100.id/",
        "https://a..id/",
        "https://[::1%25]/",
    ],
)
async def test_an_address_that_cannot_be_called_is_refused_or_an_error_of_delivery(
    wire: Wire, reader: Chat, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    set_up = await wire.call("setWebhook", url=address)
    await wire.writes(reader, "halo")
    if set_up["ok"]:
        async with asyncio.timeout(5):
            while "last_error_message" not in await wire.message("getWebhookInfo"):
                await asyncio.sleep(0)
    await wire.ok("deleteWebhook")
    assert len(await wire.updates()) == 1
    assert not caplog.records


async def test_polling_and_webhook_exclude_each_other(
    simulator: Simulator, wire: Wire, reader: Chat, hook: Hook
) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=50))
    async with asyncio.timeout(5):
        while not simulator.bots[TOKEN].updates.is_polled:
            await asyncio.sleep(0)
    await wire.ok("setWebhook", url=hook.address)
    assert await poll == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by setWebhook request",
    }
    assert await wire.call("deleteWebhook") == {
        "ok": True,
        "result": True,
        "description": "Webhook was deleted",
    }
    await wire.writes(reader, "halo")
    assert len(await wire.updates()) == 1


async def test_getupdates_is_refused_while_a_webhook_is_set(wire: Wire, hook: Hook) -> None:
    await wire.ok("setWebhook", url=hook.address)
    answer = await wire.call("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )


async def test_a_webhook_is_set_again_changed_and_deleted(wire: Wire, hook: Hook) -> None:
    empty = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    deleted = {"ok": True, "result": True, "description": "Webhook is already deleted"}
    assert await wire.ok("getWebhookInfo") == empty
    assert await wire.call("deleteWebhook") == deleted
    assert await wire.call("setWebhook", url="") == deleted
    await wire.ok("setWebhook", url=hook.address)
    again = await wire.call("setWebhook", url=hook.address, allowed_updates=["message", "tidak_ada"])
    assert again["description"] == "Webhook is already set"
    info = await wire.message("getWebhookInfo")
    assert info["allowed_updates"] == ["message"]
    assert info["max_connections"] == 40
    changed = await wire.call("setWebhook", url=hook.address, secret_token=SECRET)
    assert changed["description"] == "Webhook was set"
    reason = await wire.refused("setWebhook", url="http://contoh.id/hook")
    assert reason == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert (await wire.message("getWebhookInfo"))["url"] == ""


async def test_waiting_updates_are_dropped_on_request(wire: Wire, reader: Chat, hook: Hook) -> None:
    await wire.writes(reader, "lama")
    assert (await wire.message("getWebhookInfo"))["pending_update_count"] == 1
    await wire.ok("setWebhook", url=hook.address, drop_pending_updates=True)
    await wire.writes(reader, "baru")
    assert await hook.text() == "baru"
    await wire.writes(reader, "lama")
    await wire.ok("deleteWebhook", drop_pending_updates=True)
    assert await wire.updates() == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"url": "ftp://contoh.id"}, "invalid webhook URL specified"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://contoh.id:99999/"}, "invalid webhook URL specified"),
        ({"url": "https://a b.id/"}, "invalid webhook URL specified"),
        ({"url": "http://contoh.id/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://contoh.id:8080/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://10.0.0.1/hook"}, "bad webhook: IP address 10.0.0.1 is reserved"),
        ({"url": "https://[2001:db8::1]/"}, "bad webhook: IPv6-only addresses are not allowed"),
        (
            {"url": "https://contoh.id/", "ip_address": "192.168.1.1"},
            "bad webhook: IP address 192.168.1.1 is reserved",
        ),
        ({"url": "https://contoh.id/", "ip_address": "x"}, "bad webhook: Invalid IP address specified"),
        ({"url": "https://contoh.id/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://contoh.id/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_an_impossible_webhook_is_refused_in_telegrams_words(
    wire: Wire, fields: dict[str, object], reason: str
) -> None:
    assert await wire.refused("setWebhook", **fields) == f"Bad Request: {reason}"
    assert (await wire.message("getWebhookInfo"))["url"] == ""


async def test_a_public_address_without_a_protocol_is_taken_for_https(wire: Wire) -> None:
    await wire.ok("setWebhook", url="contoh.id:8443/hook", ip_address="203.0.114.9")
    info = await wire.message("getWebhookInfo")
    assert (info["url"], info["ip_address"]) == ("contoh.id:8443/hook", "203.0.114.9")


async def test_a_webhook_that_nobody_serves_is_named_as_such(
    wire: Wire, reader: Chat, unused_port: int
) -> None:
    await wire.ok("setWebhook", url=f"http://127.0.0.1:{unused_port}/hook")
    await wire.writes(reader, "halo")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := await wire.message("getWebhookInfo")):
            await asyncio.sleep(0)
    assert info["last_error_message"] == "Connection refused"


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    assert isinstance(port, int)
    return port


async def test_a_webhook_that_is_gone_for_23_hours_is_deleted(
    wire: Wire, reader: Chat, hook: Hook, sleeper: Sleeper
) -> None:
    async def gone(_: dict[str, object]) -> web.StreamResponse:
        return web.Response(status=410, headers={"Retry-After": "3600"})

    hook.answer = gone
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    async with asyncio.timeout(5):
        while (await wire.message("getWebhookInfo"))["url"]:
            await asyncio.sleep(0)
    assert sleeper.pauses == [3600] * (GONE_FOR // 3600 + 1)
    assert len(await wire.updates()) == 1


async def test_the_page_sees_the_webhook_without_the_token(wire: Wire) -> None:
    async with wire.session.get("/sim/state") as response:
        assert (await response.json())["webhook"] is None
    await wire.ok("setWebhook", url=f"https://contoh.id/{TOKEN}")
    async with wire.session.get("/sim/state") as response:
        assert (await response.json())["webhook"] == {
            "url": "https://contoh.id/<token>",
            "pending_update_count": 0,
            "last_error_date": None,
            "last_error_message": None,
        }


async def test_redirects_are_not_followed(wire: Wire, reader: Chat, hook: Hook) -> None:
    answers = [web.Response(status=302, headers={"Location": hook.address}), web.Response()]

    async def elsewhere(_: dict[str, object]) -> web.StreamResponse:
        return answers.pop(0)

    hook.answer = elsewhere
    await wire.ok("setWebhook", url=hook.address)
    await wire.writes(reader, "halo")
    info = await settled(wire)
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_the_page_sees_each_attempt(wire: Wire, reader: Chat, hook: Hook) -> None:
    answers = [web.Response(status=502), web.Response()]

    async def at_last(_: dict[str, object]) -> web.StreamResponse:
        return answers.pop(0)

    hook.answer = at_last
    await wire.ok("setWebhook", url=hook.address)
    async with wire.session.get("/sim/events") as response:
        await wire.writes(reader, "halo")
        shown: list[dict[str, object]] = []
        async with asyncio.timeout(5):
            while len(shown) < 2:
                lines = (await response.content.readuntil(b"\n\n")).decode().splitlines()
                if lines[0] == "event: webhook":
                    shown.append(json.loads(lines[1].removeprefix("data: ")))
    assert [(one["status"], one["retry_in"]) for one in shown] == [(502, 0), (200, None)]
    assert shown[0]["error"] == "Wrong response from the webhook: 502 Bad Gateway"


async def test_the_simulator_stops_while_an_update_is_on_its_way(simulator: Simulator, hook: Hook) -> None:
    async def never(_: dict[str, object]) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    hook.answer = never
    reader = simulator.add_reader("Budi", started=True)
    served: RunningSimulator
    async with running(simulator) as served, aiohttp.ClientSession(served.address) as session:
        wire = Wire(session)
        await wire.ok("setWebhook", url=hook.address)
        await wire.writes(reader, "halo")
        await hook.next()
    assert simulator.bots[TOKEN].webhook is None
