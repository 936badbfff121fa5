import pytest

from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


async def only_update(wire: Wire) -> dict[str, object]:
    (update,) = await wire.updates()
    number = update.pop("update_id")
    assert isinstance(number, int)
    await wire.updates(offset=number + 1)
    return update


async def test_what_a_reader_writes_reaches_the_bot(wire: Wire, reader: Chat) -> None:
    message = await wire.writes(reader, " /start a_12 \n")
    assert message["text"] == "/start a_12"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": reader.id,
        "is_bot": False,
        "first_name": "Budi",
        "username": "budi_contoh",
        "language_code": "id",
    }
    assert await only_update(wire) == {"message": message}


async def test_what_is_written_in_a_channel_is_a_post(wire: Wire, channel: Chat) -> None:
    message = await wire.writes(channel, "Pengumuman")
    assert message["sender_chat"] == message["chat"]
    assert await only_update(wire) == {"channel_post": message}


async def test_in_a_group_a_bot_sees_what_concerns_it(
    wire: Wire, reader: Chat, group: Chat, simulator: Simulator
) -> None:
    sari = simulator.add_reader("Sari")
    await wire.writes(group, "halo semua")
    await wire.writes(group, "/help@other_bot")
    await wire.writes(group, "hai @other_bot")
    assert await wire.updates() == []
    for text in ("/help", "/help@Kabar_Demo_Bot", "😀 hai @kabar_demo_bot"):
        message = await wire.writes(group, text)
        assert await only_update(wire) == {"message": message}
    status, message = await wire.sim(f"chats/{group.id}/messages", text="/help", user_id=sari.id)
    assert status == 200
    writer = message["from"]
    assert isinstance(writer, dict)
    assert writer["first_name"] == "Sari"
    assert reader.id != sari.id


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"text": 5}, 400),
        ({"text": " \n"}, 400),
        ({"text": "x" * 4097}, 400),
        ({"text": "\ud800"}, 400),
        ({"text": "x", "user_id": "x"}, 400),
    ],
)
async def test_what_nobody_can_write_is_refused(
    wire: Wire, reader: Chat, fields: dict[str, object], status: int
) -> None:
    answered, answer = await wire.sim(f"chats/{reader.id}/messages", **fields)
    assert (answered, list(answer)) == (status, ["error"])
    assert not reader.messages


async def test_nobody_writes_into_a_chat_that_does_not_exist(wire: Wire, group: Chat) -> None:
    assert (await wire.sim("chats/5/messages", text="x"))[0] == 404
    assert (await wire.sim(f"chats/{group.id}/messages", text="x"))[0] == 409
    assert (await wire.sim(f"chats/{group.id}/messages", text="x", user_id=5))[0] == 404


async def test_only_a_button_that_is_there_can_be_pressed(wire: Wire, reader: Chat, channel: Chat) -> None:
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    await wire.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
    for message_id, data in ((1, "a"), (2, "b"), (3, "a")):
        status, answer = await wire.sim(f"chats/{reader.id}/callbacks", message_id=message_id, data=data)
        assert status == 404
        assert "has no button" in str(answer["error"])
    assert (await wire.sim(f"chats/{reader.id}/callbacks", message_id=2, data="a"))[0] == 200
    await wire.ok("sendMessage", chat_id=channel.id, text="x", reply_markup=keyboard)
    assert (await wire.sim(f"chats/{channel.id}/callbacks", message_id=1, data="a"))[0] == 200
    await wire.sim(f"chats/{reader.id}/block")
    assert (await wire.sim(f"chats/{reader.id}/callbacks", message_id=2, data="a"))[0] == 409


async def test_a_button_is_told_only_to_the_bot_that_sent_it(wire: Wire, reader: Chat) -> None:
    other = Wire(wire.session, token="777:another-token_of-no-bot")
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}
    await other.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
    await wire.sim(f"chats/{reader.id}/callbacks", message_id=1, data="a")
    assert await wire.updates() == []
    assert "callback_query" in await only_update(other)


async def test_blocking_and_unblocking_is_told_to_the_bot_once(wire: Wire, reader: Chat) -> None:
    status, chat = await wire.sim(f"chats/{reader.id}/block")
    assert (status, chat["blocked"]) == (200, True)
    assert (await wire.sim(f"chats/{reader.id}/block"))[0] == 200
    update = (await only_update(wire))["my_chat_member"]
    assert isinstance(update, dict)
    bot = {"id": 123456, "is_bot": True, "first_name": "Kabar", "username": "kabar_demo_bot"}
    assert update["chat"]["id"] == update["from"]["id"] == reader.id
    assert update["date"] == 1_700_000_000
    assert update["old_chat_member"] == {"user": bot, "status": "member"}
    assert update["new_chat_member"] == {"user": bot, "status": "kicked", "until_date": 0}
    status, answer = await wire.sim(f"chats/{reader.id}/messages", text="x")
    assert status == 409
    assert "unblock" in str(answer["error"])
    await wire.sim(f"chats/{reader.id}/unblock")
    update = (await only_update(wire))["my_chat_member"]
    assert isinstance(update, dict)
    assert update["new_chat_member"] == {"user": bot, "status": "member"}


async def test_only_a_reader_can_block(wire: Wire, channel: Chat) -> None:
    assert (await wire.sim(f"chats/{channel.id}/block"))[0] == 409
    assert (await wire.sim("chats/5/block"))[0] == 404


@pytest.mark.usefixtures("reader")
async def test_a_reader_replies_to_the_bot_and_is_heard_in_a_group(wire: Wire, group: Chat) -> None:
    asked = await wire.message("sendMessage", chat_id=group.id, text="Dari kota mana?")
    status, answer = await wire.sim(
        f"chats/{group.id}/messages", text="Kenari", reply_to_message_id=asked["message_id"]
    )
    assert status == 200
    replied = answer["reply_to_message"]
    assert isinstance(replied, dict)
    assert (replied["message_id"], replied["text"]) == (asked["message_id"], "Dari kota mana?")
    assert await only_update(wire) == {"message": answer}


async def test_a_reply_stays_in_the_topic_of_what_it_answers(wire: Wire, simulator: Simulator) -> None:
    forum = simulator.add_group("Forum", is_forum=True)
    simulator.add_reader("Sari")
    await wire.sim(f"chats/{forum.id}/members", user_id="bot", status="administrator")
    _, topic = await wire.sim(f"chats/{forum.id}/topics", name="Ekonomi")
    thread = topic["message_thread_id"]
    asked = await wire.message("sendMessage", chat_id=forum.id, text="?", message_thread_id=thread)
    _, answer = await wire.sim(
        f"chats/{forum.id}/messages", text="!", reply_to_message_id=asked["message_id"]
    )
    assert answer["message_thread_id"] == thread


async def test_a_reply_to_what_is_not_there_is_refused(wire: Wire, reader: Chat) -> None:
    refused = await wire.sim(f"chats/{reader.id}/messages", text="x", reply_to_message_id=7)
    assert refused == (404, {"error": "Budi has no message 7 to reply to"})
    assert not reader.messages


async def test_a_refusal_names_people_and_chats_as_the_page_does(
    wire: Wire, reader: Chat, group: Chat
) -> None:
    await wire.sim(f"chats/{reader.id}/block")
    _, refused = await wire.sim(f"chats/{reader.id}/messages", text="x")
    assert refused == {"error": "Budi has blocked the bot: unblock it first"}
    await wire.sim(f"chats/{group.id}/members", user_id=reader.id, status="kicked")
    _, refused = await wire.sim(f"chats/{group.id}/messages", text="x", user_id=reader.id)
    assert refused == {"error": f"Budi cannot write in {group.title}, being kicked there"}
