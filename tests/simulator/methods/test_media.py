import json
from typing import Any

import pytest

from bot.simulator import Simulator
from bot.simulator.files import MAX_DOWNLOAD, MAX_PHOTO
from bot.simulator.state import Chat
from bot.simulator.wire import MAX_UPLOADS
from tests.simulator.conftest import TOKEN, Wire
from tests.simulator.pictures import png

ADDRESS = "https://contoh.id/foto/banjir.jpg"
KEYBOARD = {"inline_keyboard": [[{"text": "Baca", "callback_data": "a:1"}]]}


async def test_a_photo_is_sent_by_its_address_and_the_page_learns_it(wire: Wire, reader: Chat) -> None:
    message: Any = await wire.message(
        "sendPhoto",
        chat_id=reader.id,
        photo=ADDRESS,
        caption="<b>Banjir</b> 😀",
        parse_mode="HTML",
        show_caption_above_media=True,
        has_spoiler=True,
        disable_notification=True,
        reply_markup=KEYBOARD,
    )
    (size,) = message["photo"]
    assert (size["width"], size["height"]) == (1280, 720)
    assert "text" not in message
    assert message["caption"] == "Banjir 😀"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert message["show_caption_above_media"] is True
    assert message["has_media_spoiler"] is True
    assert message["reply_markup"] == KEYBOARD
    assert "media_url" not in message
    assert "disable_notification" not in message
    async with wire.session.get("/sim/state") as response:
        (shown,) = (await response.json())["messages"][str(reader.id)]
    assert shown == message | {"media_url": ADDRESS, "disable_notification": True}


async def test_a_photo_is_uploaded_sent_again_by_its_id_and_downloaded(wire: Wire, reader: Chat) -> None:
    picture = png(40, 30)
    answer = await wire.uploaded("sendPhoto", {"photo.png": picture}, chat_id=reader.id)
    first: Any = answer["result"]
    (size,) = first["photo"]
    assert size == {
        "file_id": size["file_id"],
        "file_unique_id": size["file_unique_id"],
        "file_size": len(picture),
        "width": 40,
        "height": 30,
    }
    again = await wire.message("sendPhoto", chat_id=reader.id, photo=size["file_id"], caption="lagi")
    assert again["photo"] == [size]
    file = await wire.message("getFile", file_id=size["file_id"])
    assert file["file_size"] == len(picture)
    addresses = {
        f"/file/bot{TOKEN}/{file['file_path']}": "application/octet-stream",
        f"/sim/files/{size['file_unique_id']}": "image/png",
    }
    for address, media_type in addresses.items():
        async with wire.session.get(address) as response:
            assert (response.status, response.content_type) == (200, media_type)
            assert await response.read() == picture


async def test_an_upload_can_be_attached_under_any_name(wire: Wire, reader: Chat) -> None:
    answer = await wire.uploaded("sendPhoto", {"x.png": png()}, chat_id=reader.id, photo="attach://x")
    assert answer["ok"]


async def test_a_document_keeps_its_name_and_type(wire: Wire, reader: Chat, simulator: Simulator) -> None:
    answer = await wire.uploaded(
        "sendDocument", {"document.pdf": b"%PDF-1.7 isi"}, chat_id=str(reader.id), caption="Naskah"
    )
    message: Any = answer["result"]
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "document.pdf",
        "application/pdf",
        12,
    )
    assert message["caption"] == "Naskah"
    async with wire.session.get(f"/sim/files/{document['file_unique_id']}") as response:
        assert response.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in response.headers["Content-Security-Policy"]
    (call,) = [call for call in simulator.calls if call.method == "sendDocument"]
    assert call.request["document"] == "(file document.pdf, 12 bytes)"


async def test_equal_uploads_are_one_file(wire: Wire, reader: Chat) -> None:
    answers = [await wire.uploaded("sendPhoto", {"photo.png": png()}, chat_id=reader.id) for _ in range(2)]
    first, second = (answer["result"]["photo"] for answer in answers)  # type: ignore[index]
    assert first == second


@pytest.mark.parametrize(
    ("method", "field", "shown"),
    [
        ("sendVideo", "video", {"width": 640, "height": 360, "duration": 12, "mime_type": "video/mp4"}),
        (
            "sendAnimation",
            "animation",
            {"width": 640, "height": 360, "duration": 12, "mime_type": "video/mp4"},
        ),
        (
            "sendAudio",
            "audio",
            {"duration": 12, "title": "Lagu", "performer": "Kami", "mime_type": "audio/mpeg"},
        ),
        ("sendVoice", "voice", {"duration": 12, "mime_type": "audio/ogg"}),
    ],
)
async def test_moving_and_sounding_files_are_as_their_sender_says(
    wire: Wire, reader: Chat, method: str, field: str, shown: dict[str, object]
) -> None:
    said = {"width": 640, "height": 360, "duration": 12, "title": "Lagu", "performer": "Kami"}
    answer = await wire.uploaded(method, {f"{field}.bin": b"isi"}, chat_id=reader.id, **said)
    message: Any = answer["result"]
    assert message[field].items() >= shown.items()


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": ""}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "attach://x"}, "there is no photo in the request"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendPhoto", {"photo": ADDRESS, "chat_id": ""}, "chat_id is empty"),
        ("sendPhoto", {"photo": ADDRESS, "chat_id": 5}, "chat not found"),
        (
            "sendPhoto",
            {"photo": "http://"},
            "wrong remote file identifier specified: Wrong character in the string",
        ),
        (
            "sendPhoto",
            {"photo": "ftp://contoh.id/x"},
            "invalid file HTTP URL specified: Unsupported URL protocol",
        ),
        ("sendPhoto", {"photo": "http://mesin.invalid/x.jpg"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "AgAD"}, "wrong remote file identifier specified: can't unserialize it"),
        ("sendPhoto", {"photo": "AgADA"}, "wrong remote file identifier specified: Wrong string length"),
        ("sendPhoto", {"photo": ADDRESS, "caption": "x" * 1025}, "message caption is too long"),
        (
            "sendPhoto",
            {"photo": ADDRESS, "caption": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "sendPhoto",
            {"photo": ADDRESS, "caption": "x", "caption_entities": [{"type": "bold"}]},
            "can't parse MessageEntity: Can't find field \"offset\"",
        ),
        ("sendPhoto", {"photo": ADDRESS, "reply_to_message_id": 9}, "message to be replied not found"),
        ("sendPhoto", {"photo": ADDRESS, "reply_markup": []}, "object expected as reply markup"),
    ],
)
async def test_a_faulty_photo_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, method: str, arguments: dict[str, object], reason: str
) -> None:
    assert await wire.refused(method, **{"chat_id": reader.id} | arguments) == f"Bad Request: {reason}"
    assert not reader.messages


TOO_BIG = (
    f"file of size {MAX_PHOTO + len(png())} bytes is too big for a photo;"
    f" the maximum size is {MAX_PHOTO} bytes"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"bukan gambar", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (
            png() + b"\0" * MAX_PHOTO,
            TOO_BIG,
        ),
    ],
    ids=["empty", "no picture", "too wide", "too long", "too big"],
)
async def test_a_faulty_upload_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, content: bytes, reason: str
) -> None:
    answer = await wire.uploaded("sendPhoto", {"photo.png": content}, chat_id=reader.id)
    assert answer["description"] == f"Bad Request: {reason}"
    assert not reader.messages


async def test_the_longest_caption_counts_characters_after_parsing(wire: Wire, reader: Chat) -> None:
    caption = "<b>" + "&amp;" * 1023 + "😀</b>"
    message = await wire.message(
        "sendPhoto", chat_id=reader.id, photo=ADDRESS, caption=caption, parse_mode="HTML"
    )
    assert message["caption"] == "&" * 1023 + "😀"


async def test_a_files_id_is_for_its_own_kind(wire: Wire, reader: Chat) -> None:
    message: Any = await wire.message("sendPhoto", chat_id=reader.id, photo=ADDRESS)
    reason = await wire.refused("sendDocument", chat_id=reader.id, document=message["photo"][0]["file_id"])
    assert reason == "Bad Request: can't use file of type Photo as Document"


async def test_uploads_beyond_50_megabytes_are_refused(wire: Wire, reader: Chat) -> None:
    answer = await wire.uploaded(
        "sendDocument", {"document.bin": b"x" * (MAX_UPLOADS + 1)}, chat_id=reader.id
    )
    assert answer == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
    assert not reader.messages


async def test_a_large_file_is_kept_on_disk_and_too_big_to_download(
    wire: Wire, reader: Chat, simulator: Simulator
) -> None:
    content = b"x" * (MAX_DOWNLOAD + 1)
    answer = await wire.uploaded("sendDocument", {"document.bin": content}, chat_id=reader.id)
    message: Any = answer["result"]
    document = message["document"]
    assert document["file_size"] == len(content)
    assert await wire.refused("getFile", file_id=document["file_id"]) == "Bad Request: file is too big"
    async with wire.session.get(f"/sim/files/{document['file_unique_id']}") as response:
        assert len(await response.read()) == len(content)
    stored = simulator.files.find(document["file_id"])
    async with wire.session.get(f"/file/bot{TOKEN}/{stored.path}") as response:
        assert response.status == 404


async def test_a_download_needs_a_token_and_a_file(wire: Wire, reader: Chat) -> None:
    message: Any = await wire.message("sendPhoto", chat_id=reader.id, photo=ADDRESS)
    by_address = message["photo"][0]["file_id"]
    assert await wire.refused("getFile") == "Bad Request: file_id not specified"
    assert await wire.refused("getFile", file_id="x") == "Bad Request: invalid file_id"
    reason = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert await wire.refused("getFile", file_id=by_address) == reason
    for path, status in ((f"bot{TOKEN}/photos/x.jpg", 404), ("botx/photos/x.jpg", 401)):
        async with wire.session.get(f"/file/{path}") as response:
            assert response.status == status
            assert (await response.json())["error_code"] == status
    async with wire.session.get("/sim/files/tidak-ada") as response:
        assert response.status == 404


def item(media: str, kind: str = "photo", **fields: object) -> dict[str, object]:
    return {"type": kind, "media": media, **fields}


async def test_an_album_is_several_messages_with_one_number(wire: Wire, reader: Chat) -> None:
    answer = await wire.uploaded(
        "sendMediaGroup",
        {"satu.png": png()},
        chat_id=reader.id,
        media=json.dumps([item("attach://satu", caption="Satu"), item(ADDRESS), item(ADDRESS, "video")]),
    )
    messages: Any = answer["result"]
    assert [message["message_id"] for message in messages] == [1, 2, 3]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert messages[0]["caption"] == "Satu"
    assert "video" in messages[2]
    other: Any = await wire.ok("sendMediaGroup", chat_id=reader.id, media=[item(ADDRESS), item(ADDRESS)])
    assert other[0]["media_group_id"] != messages[0]["media_group_id"]


async def test_an_album_of_one_is_a_photo(wire: Wire, reader: Chat) -> None:
    messages: Any = await wire.ok("sendMediaGroup", chat_id=reader.id, media=[item(ADDRESS)])
    (message,) = messages
    assert "media_group_id" not in message


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        (None, "expected an Array of InputMedia"),
        ("", 'parameter "media" is required'),
        ("[", "can't parse media JSON object"),
        ([], "there are no messages to send"),
        ([5], "can't parse InputMedia: expected an Object"),
        ([{"type": "photo"}], "can't parse InputMedia: media not found"),
        ([item("attach://tiada")], "can't parse InputMedia: media not found"),
        ([{"media": ADDRESS}], "can't parse InputMedia: Can't find field \"type\""),
        ([item(ADDRESS, "lukisan")], 'can\'t parse InputMedia: type "lukisan" is unsupported'),
        (
            [item(ADDRESS, "animation")],
            "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
        ),
        (
            [item(ADDRESS, has_spoiler=1)],
            'can\'t parse InputMedia: Field "has_spoiler" must be of type Boolean',
        ),
        ([item(ADDRESS)] * 11, "too many messages to send as an album"),
        ([item(ADDRESS), item(ADDRESS, "document")], "document can't be mixed with other media types"),
        ([item(ADDRESS, "audio"), item(ADDRESS)], "audio can't be mixed with other media types"),
        (
            [item(ADDRESS), item(ADDRESS, show_caption_above_media=True)],
            "parameter show_caption_above_media must be the same for all messages",
        ),
        ([item(ADDRESS), item(ADDRESS, caption="x" * 1025)], "message caption is too long"),
        (
            [item(ADDRESS), item("salah!")],
            "wrong remote file identifier specified: Wrong character in the string",
        ),
    ],
)
async def test_a_faulty_album_is_refused_whole(wire: Wire, reader: Chat, media: object, reason: str) -> None:
    assert await wire.refused("sendMediaGroup", chat_id=reader.id, media=media) == f"Bad Request: {reason}"
    assert not reader.messages
