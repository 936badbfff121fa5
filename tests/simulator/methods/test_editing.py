from typing import Any

import pytest

from bot.simulator.state import Chat
from tests.simulator.conftest import Clock, Wire
from tests.simulator.methods.test_messages import NOT_MODIFIED
from tests.simulator.pictures import png

ADDRESS = "https://contoh.id/foto/banjir.jpg"
OTHER = "https://contoh.id/foto/reda.jpg"


async def test_a_caption_is_changed_moved_and_taken_away(wire: Wire, reader: Chat, clock: Clock) -> None:
    await wire.ok("sendPhoto", chat_id=reader.id, photo=ADDRESS, caption="satu")
    clock.forward(60)
    target = {"chat_id": reader.id, "message_id": 1}
    edited = await wire.message(
        "editMessageCaption", caption="<i>dua</i>", parse_mode="HTML", show_caption_above_media=True, **target
    )
    assert edited["caption"] == "dua"
    assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    assert edited["show_caption_above_media"] is True
    assert edited["edit_date"] == 1_700_000_060
    edited = await wire.message("editMessageCaption", **target)
    assert "caption" not in edited
    assert "photo" in edited
    assert await wire.refused("editMessageCaption", **target) == NOT_MODIFIED


async def test_media_are_replaced_with_their_caption(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendPhoto", chat_id=reader.id, photo=ADDRESS, caption="satu")
    target = {"chat_id": reader.id, "message_id": 1}
    answer = await wire.uploaded(
        "editMessageMedia", {"baru.png": png()}, media={"type": "photo", "media": "attach://baru"}, **target
    )
    edited: Any = answer["result"]
    assert edited["photo"][0]["width"] == 4
    assert "caption" not in edited
    document = {"type": "document", "media": OTHER, "caption": "naskah"}
    edited = await wire.message("editMessageMedia", media=document, **target)
    assert "photo" not in edited
    assert edited["document"]["file_name"] == "reda.jpg"
    assert edited["caption"] == "naskah"
    assert await wire.refused("editMessageMedia", media=document, **target) == NOT_MODIFIED


async def test_a_text_becomes_a_photo(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="satu")
    edited = await wire.message(
        "editMessageMedia", chat_id=reader.id, message_id=1, media={"type": "photo", "media": ADDRESS}
    )
    assert "text" not in edited
    assert "photo" in edited


PHOTO = {"type": "photo", "media": ADDRESS}


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("editMessageText", {"message_id": 1, "text": "x"}, "there is no text in the message to edit"),
        (
            "editMessageCaption",
            {"message_id": 2, "caption": "x"},
            "there is no caption in the message to edit",
        ),
        ("editMessageCaption", {"message_id": 1, "caption": "x" * 1025}, "MEDIA_CAPTION_TOO_LONG"),
        ("editMessageCaption", {"message_id": 9, "caption": "x"}, "message to edit not found"),
        ("editMessageCaption", {"caption": "x", "chat_id": ""}, "message identifier is not specified"),
        ("editMessageMedia", {"message_id": 1}, 'parameter "media" is required'),
        ("editMessageMedia", {"message_id": 1, "media": "{"}, "can't parse input media JSON object"),
        ("editMessageMedia", {"message_id": 1, "media": []}, "can't parse InputMedia: expected an Object"),
        (
            "editMessageMedia",
            {"message_id": 1, "media": {"type": "photo"}},
            "can't parse InputMedia: media not found",
        ),
        ("editMessageMedia", {"message_id": 3, "media": PHOTO}, "message media can't be edited"),
        (
            "editMessageMedia",
            {"message_id": 4, "media": PHOTO | {"type": "document"}},
            "can't change media type in the album",
        ),
        (
            "editMessageMedia",
            {"message_id": 1, "media": PHOTO, "reply_markup": {"force_reply": True}},
            "inline keyboard expected",
        ),
    ],
)
async def test_a_faulty_edit_of_media_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, method: str, arguments: dict[str, object], reason: str
) -> None:
    await wire.ok("sendPhoto", chat_id=reader.id, photo=ADDRESS)
    await wire.ok("sendMessage", chat_id=reader.id, text="teks")
    await wire.ok("sendVoice", chat_id=reader.id, voice=ADDRESS)
    await wire.ok("sendMediaGroup", chat_id=reader.id, media=[PHOTO, PHOTO])
    assert await wire.refused(method, **{"chat_id": reader.id} | arguments) == f"Bad Request: {reason}"


async def test_a_photo_of_an_album_may_become_a_video(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMediaGroup", chat_id=reader.id, media=[PHOTO, PHOTO])
    edited = await wire.message(
        "editMessageMedia", chat_id=reader.id, message_id=1, media=PHOTO | {"type": "video"}
    )
    assert "video" in edited
    assert "media_group_id" in edited
