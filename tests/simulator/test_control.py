import asyncio
import io
import json
import logging

import aiohttp
import pytest
from aiohttp import web

from bot.simulator import RunningSimulator, Simulator
from bot.simulator.control import SHOWN_CHATS, SHOWN_MESSAGES
from bot.simulator.server import create_app
from bot.simulator.state import Chat
from bot.simulator.wire import MAX_BODY
from tests.simulator.conftest import TOKEN, Wire


async def state(wire: Wire) -> dict[str, object]:
    async with wire.session.get("/sim/state") as response:
        assert response.status == 200
        found = await response.json()
    assert isinstance(found, dict)
    return found


async def test_an_empty_simulator_has_an_empty_state(served: RunningSimulator, simulator: Simulator) -> None:
    async with aiohttp.ClientSession(served.address) as session:
        assert await state(Wire(session)) == {
            "bot": None,
            "commands": [],
            "chats": [],
            "messages": {},
            "calls": [],
            "webhook": None,
            "limits": simulator.limits.as_json(),
            "faults": [],
            "actions": [],
            "clock": {"offset_seconds": 0.0, "now": 1_700_000_000.0},
        }


async def test_the_state_shows_everything_the_page_needs(
    wire: Wire, simulator: Simulator, reader: Chat, channel: Chat
) -> None:
    async def act() -> str:
        return "sudah"

    simulator.add_action("artikel", "Berita baru", act)
    sent = await wire.message("sendMessage", chat_id=channel.id, text="<b>x</b>", parse_mode="HTML")
    await wire.ok(
        "setMyCommands", commands=[{"command": "start", "description": "Mulai"}], language_code="id"
    )
    shown = await state(wire)
    bot = shown["bot"]
    assert isinstance(bot, dict)
    assert bot["username"] == "kabar_demo_bot"
    assert shown["commands"] == [
        {
            "scope": {"type": "default"},
            "language_code": "id",
            "commands": [{"command": "start", "description": "Mulai"}],
        }
    ]
    assert shown["chats"] == [
        {
            "id": reader.id,
            "type": "private",
            "title": None,
            "username": "budi_contoh",
            "first_name": "Budi",
            "language_code": "id",
            "started": True,
            "blocked": False,
            "deactivated": False,
            "is_forum": False,
            "topics": [],
            "migrated_to": None,
            "deleted": False,
            "members": {},
            "pinned": [],
        },
        {
            "id": channel.id,
            "type": "channel",
            "title": "Kabar Contoh",
            "username": "kabar_contoh",
            "first_name": None,
            "language_code": None,
            "started": True,
            "blocked": False,
            "deactivated": False,
            "is_forum": False,
            "topics": [],
            "migrated_to": None,
            "deleted": False,
            "members": {},
            "pinned": [],
        },
    ]
    assert shown["messages"] == {str(reader.id): [], str(channel.id): [sent]}
    assert shown["actions"] == [{"name": "artikel", "label": "Berita baru"}]


async def test_the_state_is_cut_where_it_would_grow_without_end(wire: Wire, simulator: Simulator) -> None:
    chats = [simulator.add_reader(f"Pembaca {number}", started=True) for number in range(SHOWN_CHATS + 1)]
    for number in range(SHOWN_MESSAGES + 1):
        await wire.ok("sendMessage", chat_id=chats[0].id, text=str(number))
    shown = await state(wire)
    assert isinstance(shown["chats"], list)
    assert isinstance(shown["messages"], dict)
    assert len(shown["chats"]) == SHOWN_CHATS
    messages = shown["messages"][str(chats[0].id)]
    assert [messages[0]["text"], messages[-1]["text"], len(messages)] == ["1", "200", SHOWN_MESSAGES]


async def test_chats_are_added_by_the_page(wire: Wire, simulator: Simulator) -> None:
    status, reader = await wire.sim(
        "chats", type="private", first_name=" Budi ", username="@budi", language_code="en"
    )
    assert status == 200
    assert (reader["first_name"], reader["username"], reader["language_code"]) == ("Budi", "budi", "en")
    assert reader["started"] is False
    assert (await wire.sim("chats", type="private", first_name="Sari", started=True))[1]["started"] is True
    status, channel = await wire.sim("chats", type="channel", title="Kanal", username="kanal_baru")
    assert (status, channel["type"]) == (200, "channel")
    status, group = await wire.sim("chats", type="group", title="Grup")
    assert (status, group["type"]) == (200, "group")
    status, supergroup = await wire.sim("chats", type="group", title="Grup", username="grup_besar")
    assert (status, supergroup["type"]) == (200, "supergroup")
    assert len(simulator.chats) == 5
    assert set(simulator.chats) > {chat["id"] for chat in (reader, channel, group, supergroup)}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"type": 5},
        {"type": "bot"},
        {"type": "private"},
        {"type": "private", "first_name": " "},
        {"type": "channel", "title": "x", "username": "a b"},
        {"type": "channel", "title": "x", "username": "KABAR_contoh"},
    ],
)
async def test_a_faulty_chat_is_refused_with_a_reason(
    wire: Wire, channel: Chat, simulator: Simulator, fields: dict[str, object]
) -> None:
    status, answer = await wire.sim("chats", **fields)
    assert status == 400
    assert answer["error"]
    assert list(simulator.chats.values()) == [channel]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"NaN"])
async def test_a_body_that_is_no_object_is_refused(wire: Wire, body: bytes) -> None:
    async with wire.session.post("/sim/chats", data=body) as response:
        assert response.status == 400
        assert "error" in await response.json()


async def test_a_body_without_end_is_refused_by_the_control_api(wire: Wire) -> None:
    async with wire.session.post("/sim/chats", data=io.BytesIO(b"x" * (MAX_BODY + 1))) as response:
        assert response.status == 413
        assert "error" in await response.json()


async def test_unknown_addresses_of_the_control_api_answer_in_json(wire: Wire) -> None:
    assert (await wire.sim("tidak/ada"))[0] == 404
    assert (await wire.sim("actions/tidak_ada"))[0] == 404
    assert (await wire.sim("chats/bukan-angka/messages", text="x"))[0] == 404


async def test_an_action_runs_and_its_text_is_shown(wire: Wire, simulator: Simulator) -> None:
    async def act() -> str:
        return "Berita sudah dikirim"

    simulator.add_action("artikel", "Berita baru", act)
    assert await wire.sim("actions/artikel") == (200, {"text": "Berita sudah dikirim"})


async def test_a_failing_action_shows_its_cause_and_is_logged(
    wire: Wire, simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    async def act() -> str:
        raise OSError("folder penuh")

    simulator.add_action("artikel", "Berita baru", act)
    with caplog.at_level(logging.ERROR):
        assert await wire.sim("actions/artikel") == (500, {"error": "Berita baru: folder penuh"})
    assert "action artikel failed" in caplog.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://jahat.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
        {"Host": "jahat.example"},
        {"Host": "127.0.0.1.jahat.example:80"},
        {"Host": "[::1"},
    ],
)
async def test_pages_of_other_sites_are_kept_out(wire: Wire, reader: Chat, headers: dict[str, str]) -> None:
    body = json.dumps({"text": "x"})
    async with wire.session.post(f"/sim/chats/{reader.id}/messages", data=body, headers=headers) as response:
        assert response.status == 403
    async with wire.session.get("/sim/state", headers=headers) as response:
        assert response.status == 403
    assert not reader.messages
    if "Origin" in headers:
        call = f"/bot{TOKEN}/sendMessage"
        fields = {"chat_id": str(reader.id), "text": "x"}
        async with wire.session.post(call, data=fields, headers=headers) as response:
            assert response.status == 403
        assert not reader.messages


async def test_the_own_page_is_let_in(served: RunningSimulator, wire: Wire, reader: Chat) -> None:
    headers = {"Origin": served.address}
    body = json.dumps({"text": "x"})
    async with wire.session.post(f"/sim/chats/{reader.id}/messages", data=body, headers=headers) as response:
        assert response.status == 200
    port = served.address.rpartition(":")[2]
    headers = {"Origin": f"http://localhost:{port}", "Host": f"localhost:{port}"}
    async with wire.session.post(f"/sim/chats/{reader.id}/block", headers=headers) as response:
        assert response.status == 200


class Listener:
    """Reads server-sent events one by one."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, name: str) -> dict[str, object]:
        """The content of the next event called ``name``."""
        async with asyncio.timeout(5):
            while True:
                lines = (await self.response.content.readuntil(b"\n\n")).decode().splitlines()
                if lines[0] == f"event: {name}":
                    content = json.loads(lines[1].removeprefix("data: "))
                    assert isinstance(content, dict)
                    return content


async def test_a_quiet_event_stream_shows_signs_of_life(simulator: Simulator) -> None:
    runner = web.AppRunner(create_app(simulator, ping_every=0.01))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(address) as session, session.get("/sim/events") as response:
        async with asyncio.timeout(5):
            await response.content.readuntil(b": ping\n\n")
        simulator.close()
        async with asyncio.timeout(5):
            await response.read()
    await runner.cleanup()


async def test_what_happens_reaches_the_page_at_once(wire: Wire, simulator: Simulator, reader: Chat) -> None:
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}
    async with wire.session.get("/sim/events") as response:
        assert response.content_type == "text/event-stream"
        listener = Listener(response)
        written = await wire.writes(reader, "halo\ndunia")
        assert await listener.next("message") == {"chat_id": reader.id, "message": written}
        sent = await wire.message("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
        assert await listener.next("message") == {"chat_id": reader.id, "message": sent}
        call = await listener.next("call")
        assert (call["method"], call["status"]) == ("sendMessage", 200)
        assert call["response"] == {"ok": True, "result": sent}
        number = sent["message_id"]
        _, pressed = await wire.sim(f"chats/{reader.id}/callbacks", message_id=number, data="a")
        query_id = pressed["callback_query_id"]
        await wire.ok("answerCallbackQuery", callback_query_id=query_id, text="Baik", show_alert=True)
        assert await listener.next("callback_answer") == {
            "chat_id": reader.id,
            "callback_query_id": query_id,
            "text": "Baik",
            "show_alert": True,
            "url": None,
        }
        edited = await wire.message("editMessageText", chat_id=reader.id, message_id=number, text="y")
        assert await listener.next("edit") == {"chat_id": reader.id, "message": edited}
        await wire.ok("deleteMessage", chat_id=reader.id, message_id=number)
        assert await listener.next("delete") == {"chat_id": reader.id, "message_id": number}
        await wire.sim(f"chats/{reader.id}/block")
        shown = (await listener.next("chat"))["chat"]
        assert isinstance(shown, dict)
        assert shown["blocked"] is True
        await wire.ok("setMyCommands", commands=[{"command": "start", "description": "Mulai"}])
        assert (await listener.next("commands"))["commands"]
        added = simulator.add_channel("Baru", "kanal_baru")
        shown = (await listener.next("chat"))["chat"]
        assert isinstance(shown, dict)
        assert shown["id"] == added.id
