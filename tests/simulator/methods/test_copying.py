from typing import Any

import pytest

from bot.simulator.state import Chat
from tests.simulator.conftest import Wire

ADDRESS = "https://contoh.id/foto/banjir.jpg"
PHOTO = {"type": "photo", "media": ADDRESS}
KEYBOARD = {"inline_keyboard": [[{"text": "Baca", "callback_data": "a:1"}]]}


async def test_a_forwarded_message_tells_where_it_comes_from(wire: Wire, reader: Chat, channel: Chat) -> None:
    await wire.ok("sendPhoto", chat_id=channel.id, photo=ADDRESS, caption="Banjir", reply_markup=KEYBOARD)
    forwarded = await wire.message(
        "forwardMessage", chat_id=reader.id, from_chat_id="@kabar_contoh", message_id=1
    )
    origin: Any = forwarded["forward_origin"]
    assert origin["type"] == "channel"
    assert (origin["chat"]["id"], origin["message_id"]) == (channel.id, 1)
    assert forwarded["caption"] == "Banjir"
    assert "reply_markup" not in forwarded
    again = await wire.message("forwardMessage", chat_id=channel.id, from_chat_id=reader.id, message_id=1)
    assert again["forward_origin"] == origin


async def test_what_a_reader_wrote_is_forwarded_in_their_name(
    wire: Wire, reader: Chat, channel: Chat
) -> None:
    await wire.writes(reader, "halo")
    forwarded: Any = await wire.message(
        "forwardMessage", chat_id=channel.id, from_chat_id=reader.id, message_id=1
    )
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Budi"


async def test_a_copy_is_the_bots_own_with_another_caption_and_keyboard(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendPhoto", chat_id=reader.id, photo=ADDRESS, caption="satu")
    source = {"chat_id": reader.id, "from_chat_id": reader.id, "message_id": 1}
    assert await wire.ok("copyMessage", **source) == {"message_id": 2}
    await wire.ok("copyMessage", caption="<b>dua</b>", parse_mode="HTML", reply_markup=KEYBOARD, **source)
    await wire.ok("copyMessage", caption="", show_caption_above_media=True, **source)
    captions = [message.text for message in reader.messages.values()]
    assert captions == ["satu", "satu", "dua", ""]
    assert reader.messages[2].origin is None
    assert reader.messages[3].markup == KEYBOARD


async def test_several_messages_go_at_once_and_albums_stay_albums(
    wire: Wire, reader: Chat, channel: Chat
) -> None:
    await wire.ok("sendMessage", chat_id=channel.id, text="satu")
    await wire.ok("sendMediaGroup", chat_id=channel.id, media=[PHOTO | {"caption": "x"}, PHOTO])
    source = {"chat_id": reader.id, "from_chat_id": channel.id, "message_ids": [1, 2, 3, 99]}
    sent = await wire.ok("forwardMessages", disable_notification=True, **source)
    assert sent == [{"message_id": 1}, {"message_id": 2}, {"message_id": 3}]
    first, second, third = reader.messages.values()
    assert first.album is None
    assert second.album == third.album != channel.messages[2].album
    assert second.is_silent
    await wire.ok("copyMessages", remove_caption=True, **source)
    assert [message.text for message in list(reader.messages.values())[3:]] == ["satu", "", ""]
    await wire.ok("copyMessages", **source | {"message_ids": [2]})
    assert reader.messages[7].album is None


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("copyMessage", {"from_chat_id": ""}, 'parameter "from_chat_id" is required'),
        ("forwardMessage", {"from_chat_id": ""}, 'parameter "from_chat_id" is required'),
        ("copyMessage", {"from_chat_id": 5}, "chat not found"),
        ("copyMessage", {"chat_id": 5}, "chat not found"),
        ("copyMessage", {"message_id": 9}, "message to copy not found"),
        ("forwardMessage", {"message_id": 9}, "message to forward not found"),
        ("copyMessage", {"message_id": 2}, "the message can't be copied"),
        ("forwardMessage", {"message_id": 2}, "the message can't be forwarded"),
        ("copyMessage", {"caption": "x" * 1025}, "message caption is too long"),
        ("copyMessages", {"from_chat_id": ""}, 'parameter "from_chat_id" is required'),
        ("copyMessages", {"message_ids": []}, "message identifiers are not specified"),
        ("copyMessages", {"message_ids": [1] * 101}, "too many message identifiers specified"),
        (
            "copyMessages",
            {"message_ids": [3, 1]},
            "message identifiers must be in a strictly increasing order",
        ),
        ("forwardMessages", {"message_ids": [98, 99]}, "there are no messages to forward"),
        ("forwardMessages", {"message_ids": [2]}, "messages can't be forwarded"),
    ],
)
async def test_what_cannot_be_sent_again_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, method: str, arguments: dict[str, object], reason: str
) -> None:
    await wire.ok("sendPhoto", chat_id=reader.id, photo=ADDRESS)
    await wire.ok("sendMessage", chat_id=reader.id, text="rahasia", protect_content=True)
    given: dict[str, object] = {
        "chat_id": reader.id,
        "from_chat_id": reader.id,
        "message_id": 1,
        "message_ids": [1],
    }
    assert await wire.refused(method, **given | arguments) == f"Bad Request: {reason}"
    assert len(reader.messages) == 2


async def test_a_reply_to_another_chat_shows_what_it_answers(wire: Wire, reader: Chat, channel: Chat) -> None:
    await wire.ok("sendPhoto", chat_id=channel.id, photo=ADDRESS, caption="Banjir di kota")
    reply = {"chat_id": channel.id, "message_id": 1, "quote": "<b>Banjir</b>", "quote_parse_mode": "HTML"}
    message: Any = await wire.message("sendMessage", chat_id=reader.id, text="y", reply_parameters=reply)
    assert "reply_to_message" not in message
    external = message["external_reply"]
    assert external["chat"]["id"] == channel.id
    assert external["message_id"] == 1
    assert external["photo"]
    assert message["quote"] == {
        "text": "Banjir",
        "entities": [{"type": "bold", "offset": 0, "length": 6}],
        "position": 0,
        "is_manual": True,
    }
