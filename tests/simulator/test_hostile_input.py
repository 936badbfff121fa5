"""Whatever comes over the wire, the answer is Telegram's, and no message is lost or doubled."""

import asyncio
import io
import json
import logging

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.simulator import RunningSimulator, Simulator, running
from bot.simulator.state import Chat
from tests.simulator.conftest import TOKEN, Wire
from tests.simulator.pictures import png

MEGABYTE = 1024 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="document"; filename="a.bin"\r\n\r\n'


@pytest.mark.parametrize(
    "content_type", ["application/json", "multipart/form-data; boundary=x", "application/octet-stream"]
)
async def test_a_body_of_100_megabytes_is_refused_and_the_next_call_answered(
    wire: Wire, reader: Chat, content_type: str
) -> None:
    body = io.BytesIO(HEAD + b"x" * (100 * MEGABYTE))
    headers = {"Content-Type": content_type}
    address = f"/bot{TOKEN}/sendDocument"
    async with wire.session.post(address, data=body, headers=headers) as response:
        shown = await response.json()
    assert shown == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    assert len(reader.messages) == 1


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Transfer-Encoding: aneh\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: aneh\r\n",
    ],
)
@pytest.mark.parametrize("filename", [b"", b'; filename="a.bin"'])
async def test_a_part_that_cannot_be_unpacked_is_refused(wire: Wire, part: bytes, filename: bytes) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="photo"'
        + filename
        + b"\r\n"
        + part
        + b"\r\n=bukan=\r\n--x--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with wire.session.post(f"/bot{TOKEN}/sendPhoto", data=body, headers=headers) as response:
        shown = await response.json()
    assert (response.status, shown["error_code"]) == (400, 400)


async def test_an_upload_that_breaks_off_sends_nothing(
    served: RunningSimulator, reader: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    port = int(served.address.rpartition(":")[2])
    with caplog.at_level(logging.INFO):
        reading, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"POST /bot{TOKEN}/sendDocument?chat_id={reader.id} HTTP/1.1\r\nHost: x\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n".encode()
        )
        writer.write(HEAD + b"x" * 100_000)
        writer.write_eof()
        async with asyncio.timeout(5):
            await reading.read()
        writer.close()
        await served.stop()
    assert not reader.messages
    assert "Traceback" not in caplog.text


async def test_many_uploads_at_once_are_all_kept(wire: Wire, reader: Chat) -> None:
    pictures = [png(number + 1, 20) for number in range(20)]
    answers = await asyncio.gather(
        *(wire.uploaded("sendPhoto", {"photo.png": picture}, chat_id=reader.id) for picture in pictures)
    )
    assert all(answer["ok"] for answer in answers)
    media = [message.media for message in reader.messages.values()]
    assert {one.file.content for one in media if one} == set(pictures)


async def test_many_edits_and_deletions_at_once_end_in_one_state(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendPhoto", chat_id=reader.id, photo="https://contoh.id/x.jpg")
    target = {"chat_id": reader.id, "message_id": 1}
    calls = [wire.call("editMessageCaption", caption=str(number), **target) for number in range(10)]
    calls += [wire.call("deleteMessages", chat_id=reader.id, message_ids=[1]) for _ in range(10)]
    answers = await asyncio.gather(*calls)
    assert {answer.get("error_code", 200) for answer in answers} <= {200, 400}
    assert not reader.messages


METHODS = ["sendPhoto", "sendMediaGroup", "sendDocument", "copyMessage", "editMessageMedia", "pinChatMessage"]
NAMES = ["chat_id", "photo", "media", "document", "caption", "message_id", "reply_parameters", "from_chat_id"]


async def test_hostile_calls_are_answered_as_telegram_answers() -> None:
    simulator = Simulator()
    reader = simulator.add_reader("Budi", started=True)
    values = st.one_of(
        st.text(max_size=20),
        st.binary(max_size=20),
        st.just(str(reader.id)),
        st.sampled_from(
            ['[{"type":"photo","media":"attach://photo"}]', "attach://x", '{"message_id":1}', "1", "[]"]
        ),
    )
    calls = st.lists(
        st.tuples(
            st.sampled_from(METHODS),
            st.dictionaries(st.sampled_from(NAMES), st.tuples(values, st.booleans()), max_size=5),
        ),
        max_size=5,
    )
    async with running(simulator) as served, aiohttp.ClientSession(served.address) as session:

        async def carried_out(method: str, given: dict[str, tuple[str | bytes, bool]]) -> None:
            form = aiohttp.MultipartWriter("form-data")
            for name, (value, is_file) in given.items():
                content = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
                part = form.append(content)
                if is_file:
                    part.set_content_disposition("form-data", name=name, filename="a.bin")
                else:
                    part.set_content_disposition("form-data", name=name)
            async with session.post(f"/bot{TOKEN}/{method}", data=form) as response:
                shown = await response.json()
            assert response.status in {200, 400, 403}, shown
            assert shown["ok"] or shown["description"]

        drawn: list[list[tuple[str, dict[str, tuple[str | bytes, bool]]]]] = []

        @settings(max_examples=80, suppress_health_check=list(HealthCheck), database=None)
        @given(calls)
        def draw(some: list[tuple[str, dict[str, tuple[str | bytes, bool]]]]) -> None:
            drawn.append(some)

        draw()
        for some in drawn:
            await asyncio.gather(*(carried_out(method, given) for method, given in some))


async def test_half_a_surrogate_pair_inside_an_argument_is_refused_and_nothing_is_sent(
    wire: Wire, reader: Chat
) -> None:
    keyboard = '{"inline_keyboard":[[{"text":"\\ud800","callback_data":"x"}]]}'
    refused = await wire.refused("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
    assert refused == "Bad Request: strings must be encoded in UTF-8"
    whole = keyboard.replace("\\ud800", "\\ud83d\\ude00")
    await wire.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=whole)
    assert len(reader.messages) == 1


@pytest.mark.parametrize("head", [b"A: b\r\n" * 10_000, b"A: " + b"b" * 100_000 + b"\r\n"])
async def test_a_part_with_too_large_a_head_is_refused(wire: Wire, head: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    body = b"--x\r\n" + head + b"\r\nabc\r\n--x--\r\n"
    async with wire.session.post(f"/bot{TOKEN}/sendPhoto", data=body, headers=headers) as response:
        shown = await response.json()
    assert (response.status, shown["error_code"]) == (400, 400)


@pytest.mark.parametrize("digits", [400, 5000])
async def test_a_number_of_any_length_is_answered_in_plain_words(
    wire: Wire, reader: Chat, digits: int
) -> None:
    body = f'{{"chat_id":{reader.id},"text":"x","message_thread_id":{"9" * digits}}}'
    headers = {"Content-Type": "application/json"}
    async with wire.session.post(f"/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
        shown = await response.json()
    assert response.status == 400
    assert "sys." not in shown["description"]


async def test_of_two_fields_by_one_name_the_first_counts(wire: Wire, reader: Chat) -> None:
    body = (
        f'{{"chat_id":{reader.id},"text":"pertama","text":"kedua","reply_markup":'
        '{"inline_keyboard":[[{"text":"satu","text":"dua","callback_data":"x"}]]}}'
    )
    headers = {"Content-Type": "application/json"}
    async with wire.session.post(f"/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
        sent = (await response.json())["result"]
    assert sent["text"] == "pertama"
    assert sent["reply_markup"]["inline_keyboard"][0][0]["text"] == "satu"


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        ("POST", "faults", {"kind": "too_many_requests", "seconds": 10**400}),
        ("POST", "faults", {"kind": "too_many_requests", "seconds": 2**31}),
        ("PUT", "limits", {"enabled": True, "chat": {"count": 10**400}}),
        ("PUT", "limits", {"enabled": True, "chat": {"burst": 10**400}}),
        ("PUT", "limits", {"enabled": True, "chat": {"period": 10**400}}),
        ("PUT", "limits", {"enabled": True, "chat": {"period": 1e300}}),
    ],
)
async def test_faults_and_rates_beyond_all_measure_are_refused_when_they_are_ordered(
    wire: Wire, reader: Chat, method: str, path: str, fields: dict[str, object]
) -> None:
    async with wire.session.request(method, f"/sim/{path}", data=json.dumps(fields)) as response:
        assert response.status == 400
        assert (await response.json())["error"]
    await wire.ok("sendMessage", chat_id=reader.id, text="x")


@pytest.mark.parametrize("path", [f"/bot{TOKEN}/getMe", "/sim/state"])
async def test_a_broken_origin_is_a_foreign_one(
    wire: Wire, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    async with wire.session.get(path, headers={"Origin": "http://["}) as response:
        assert response.status == 403
    assert not caplog.records


@pytest.mark.parametrize("photo", ["http://é\u2100.id/a.jpg", "http://[::1%25]/a.jpg", "http://[v1.a]/a.jpg"])
async def test_an_address_that_no_client_could_open_is_refused(wire: Wire, reader: Chat, photo: str) -> None:
    answer = await wire.call("sendPhoto", chat_id=reader.id, photo=photo)
    assert answer.get("error_code", 200) in {200, 400}
    button = {"inline_keyboard": [[{"text": "a", "url": photo}]]}
    answer = await wire.call("sendMessage", chat_id=reader.id, text=photo, reply_markup=button)
    assert answer.get("error_code", 200) in {200, 400}
