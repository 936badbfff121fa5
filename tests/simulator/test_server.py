import asyncio
import io
import json
import logging
import socket

import aiohttp
import pytest

from bot.simulator import RunningSimulator, Simulator, running, start
from bot.simulator.calls import KEPT, MASK, MAX_SHOWN
from bot.simulator.server import PAGE
from bot.simulator.state import Chat
from bot.simulator.wire import MAX_BODY
from tests.simulator.conftest import TOKEN, Wire


async def answer(response: aiohttp.ClientResponse) -> dict[str, object]:
    shown = await response.json()
    assert isinstance(shown, dict)
    return shown


@pytest.mark.parametrize("form", ["query", "urlencoded", "json", "multipart", "query over body"])
async def test_arguments_come_in_every_form_that_telegram_takes(wire: Wire, reader: Chat, form: str) -> None:
    text = "satu & dua = é😀 +1 %41"
    fields = {"chat_id": str(reader.id), "text": text}
    address = f"/bot{TOKEN}/sendMessage"
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    multipart.add_field("berkas", b"\xff\x00", filename="x.bin")
    sending = {
        "query": lambda: wire.session.get(address, params=fields),
        "urlencoded": lambda: wire.session.post(address, data=fields),
        "json": lambda: wire.session.post(address, json=fields | {"chat_id": reader.id}),
        "multipart": lambda: wire.session.post(address, data=multipart),
        "query over body": lambda: wire.session.post(address, params=fields, data={"text": "lain"}),
    }
    async with sending[form]() as response:
        shown = (await answer(response))["result"]
    assert isinstance(shown, dict)
    assert shown["text"] == text


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("application/json", b"{", "Bad Request: can't parse JSON object"),
        ("application/json", b"[]", "Bad Request: JSON object expected"),
        ("application/json", b"[" * 100_000, "Bad Request: can't parse JSON object"),
        (
            "application/json",
            b'{"a":' + b"[" * 101 + b"]" * 101 + b"}",
            "Bad Request: can't parse JSON object",
        ),
        ("application/json", b'{"a":NaN}', "Bad Request: can't parse JSON object"),
        ("application/json", b"\xff\xfe", "Bad Request: strings must be encoded in UTF-8"),
        ("application/json", b'{"text":"\\ud800"}', "Bad Request: strings must be encoded in UTF-8"),
        ("application/json", b'{"text":["\\ud800"]}', "Bad Request: strings must be encoded in UTF-8"),
        ("application/x-www-form-urlencoded", b"text=%ff", "Bad Request: strings must be encoded in UTF-8"),
        ("application/x-www-form-urlencoded", b"text=\xff", "Bad Request: strings must be encoded in UTF-8"),
        ("application/x-www-form-urlencoded", b"a&" * 2000, "Bad Request: too many parameters"),
        ("multipart/form-data; boundary=x", b"rubbish", "Bad Request: can't parse multipart/form-data"),
        ("multipart/form-data", b"rubbish", "Bad Request: can't parse multipart/form-data"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n',
            "Bad Request: strings must be encoded in UTF-8",
        ),
        ("image/png", b"\x89PNG", "Bad Request: message text is empty"),
        ("application/json", b"", "Bad Request: message text is empty"),
    ],
)
async def test_a_broken_body_gets_an_answer_of_telegrams(
    wire: Wire, content_type: str, body: bytes, reason: str
) -> None:
    headers = {"Content-Type": content_type}
    async with wire.session.post(f"/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
        shown = await answer(response)
    assert (response.status, shown["ok"], shown["error_code"]) == (400, False, 400)
    assert str(shown["description"]).startswith(reason)


JSON = "Content-Type: application/json\r\n"
FORM = "Content-Type: multipart/form-data; boundary=x\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        f'{JSON}Content-Length: 500\r\n\r\n{{"a":',
        f'{JSON}Transfer-Encoding: chunked\r\n\r\n5\r\n{{"a',
        f"{FORM}Content-Length: 500\r\n\r\n--x\r\nContent-Dis",
        f"{FORM}Content-Length: 500\r\n\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
        f"{JSON}Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde",
    ],
)
@pytest.mark.parametrize("path", [f"/bot{TOKEN}/sendMessage", "/sim/chats"])
async def test_a_body_that_breaks_off_is_no_fault_of_the_simulator(
    served: RunningSimulator, caplog: pytest.LogCaptureFixture, path: str, sent: str
) -> None:
    port = int(served.address.rpartition(":")[2])
    with caplog.at_level(logging.INFO):
        reading, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{sent}".encode())
        writer.write_eof()
        async with asyncio.timeout(5):
            await reading.read()
        writer.close()
        await served.stop()
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain"]
)
async def test_a_body_without_end_is_refused(wire: Wire, content_type: str) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    headers = {"Content-Type": content_type}
    body = head + b"x" * (MAX_BODY + 1)
    address = f"/bot{TOKEN}/sendMessage"
    async with wire.session.post(address, data=io.BytesIO(body), headers=headers) as response:
        shown = await answer(response)
    assert (response.status, shown["error_code"]) == (413, 413)
    assert shown["description"] == "Request Entity Too Large"


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/botbukan-token/getMe", 404, "Not Found"),
        ("/bot/getMe", 404, "Not Found"),
        ("/bot0:abc/getMe", 404, "Not Found"),
        ("/bot99:unknown/getMe", 401, "Unauthorized"),
        (f"/bot{TOKEN}/getNothing", 404, "Not Found: method not found"),
        (f"/bot{TOKEN}/", 404, "Not Found: method not found"),
        (f"/bot{TOKEN}/getMe/getMe", 404, "Not Found: method not found"),
    ],
)
async def test_an_address_that_leads_nowhere_answers_as_telegram_does(
    path: str, status: int, description: str
) -> None:
    async with (
        running(Simulator(tokens=frozenset({TOKEN}))) as served,
        aiohttp.ClientSession(served.address) as session,
        session.get(path) as response,
    ):
        shown = await answer(response)
    assert response.status == status
    assert shown == {"ok": False, "error_code": status, "description": description}


async def test_calls_are_remembered_with_the_token_masked(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text=f"ini {TOKEN}", entities=[])
    await wire.updates()
    async with wire.session.get("/sim/state") as response:
        text = await response.text()
    calls = json.loads(text)["calls"]
    assert TOKEN not in json.dumps(calls)
    assert TOKEN not in f"{simulator.calls!r}"
    _, call = calls
    assert call["path"] == f"/bot{MASK}/sendMessage"
    assert call["request"] == {"chat_id": str(reader.id), "text": f"ini {MASK}", "entities": []}
    assert call["response"]["result"]["text"] == f"ini {MASK}"
    assert call["ms"] >= 0


async def test_only_the_last_calls_are_remembered(wire: Wire, simulator: Simulator) -> None:
    for _ in range(KEPT + 5):
        await wire.ok("getMe")
    calls = list(simulator.calls)
    assert (len(calls), calls[-1].id - calls[0].id) == (KEPT, KEPT - 1)


async def test_long_arguments_and_answers_are_remembered_in_part(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    for _ in range(10):
        await wire.writes(reader, "é" * 4096)
    await wire.call("sendMessage", chat_id=reader.id, text="x" * (MAX_SHOWN + 5))
    await wire.updates()
    _, sent, polled = (call.as_json() for call in simulator.calls)
    assert sent["request"] == {"chat_id": str(reader.id), "text": "x" * MAX_SHOWN + "…"}
    response = polled["response"]
    assert isinstance(response, str)
    assert response.endswith("…")
    assert len(response.encode()) <= MAX_SHOWN + 10


async def test_a_poll_without_news_is_not_remembered(wire: Wire, simulator: Simulator, reader: Chat) -> None:
    await wire.updates()
    await wire.writes(reader, "halo")
    await wire.updates()
    assert [call.method for call in simulator.calls] == ["getMe", "getUpdates"]


async def test_a_fault_of_the_simulator_is_a_500_without_a_stack_trace(
    wire: Wire, simulator: Simulator, reader: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    simulator.chats[reader.id] = object()  # type: ignore[assignment]
    with caplog.at_level(logging.ERROR):
        shown = await wire.call("sendMessage", chat_id=reader.id, text="x")
    assert shown == {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    assert "method sendMessage failed" in caplog.text
    assert TOKEN not in caplog.text


async def test_a_message_is_recorded_even_if_the_bot_goes_away(
    served: RunningSimulator, simulator: Simulator, reader: Chat
) -> None:
    port = int(served.address.rpartition(":")[2])
    body = json.dumps({"chat_id": reader.id, "text": "x"}).encode()
    head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    simulator.bot_of(TOKEN)
    with simulator.events.listen() as events:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()
        async with asyncio.timeout(5):
            assert (await events.get() or b"").startswith(b"event: message")
    assert [message.text for message in reader.messages.values()] == ["x"]


@pytest.mark.parametrize(
    "sent",
    [
        f"GET /bot{TOKEN}/getMe HTTP/9.9 x\r\n\r\n",
        f"GET /bot{TOKEN}/getMe\r\nrubbish",
        f"G\x00T /bot{TOKEN}/getMe HTTP/1.1\r\n\r\n",
        f"POST /bot{TOKEN}/getMe HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        f"GET /bot{TOKEN}/{'x' * 20_000} HTTP/1.1\r\n\r\n",
    ],
)
async def test_broken_http_shows_no_token_in_the_log(
    served: RunningSimulator, caplog: pytest.LogCaptureFixture, sent: str
) -> None:
    port = int(served.address.rpartition(":")[2])
    with caplog.at_level(logging.DEBUG):
        reading, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent.encode())
        writer.write_eof()
        async with asyncio.timeout(5):
            await reading.read()
        writer.close()
    assert TOKEN not in caplog.text


async def test_the_page_is_served_with_its_files_and_nothing_else(wire: Wire) -> None:
    async with wire.session.get("/") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert await response.text() == (PAGE / "index.html").read_text()
    async with wire.session.get("/index.html") as response:
        assert response.status == 200
    for path in (
        "/missing.js",
        "/../server.py",
        "/%2e%2e/server.py",
        "/page/../../server.py",
        "/..%2fserver.py",
    ):
        raw = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        assert b"404" in await fetched(wire, raw)
    async with wire.session.get("/", headers={"Host": "jahat.example"}) as response:
        assert response.status == 403


async def fetched(wire: Wire, raw: str) -> bytes:
    """The status line that a request written by hand gets."""
    base = wire.session._base_url
    assert base is not None
    reading, writer = await asyncio.open_connection("127.0.0.1", base.port)
    writer.write(raw.encode())
    line = await reading.readline()
    writer.close()
    return line


async def test_a_taken_port_is_said_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="address already in use"):
            await start(Simulator(), port=taken.getsockname()[1])


async def test_a_stopped_simulator_ends_event_streams_and_frees_its_port() -> None:
    served = await start(Simulator())
    async with aiohttp.ClientSession(served.address) as session, session.get("/sim/events") as response:
        await served.stop()
        async with asyncio.timeout(5):
            assert b"listening" in await response.read()
    again = await start(Simulator(), port=int(served.address.rpartition(":")[2]))
    await again.stop()
