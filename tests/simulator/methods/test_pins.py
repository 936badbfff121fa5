import asyncio
from typing import Any

import pytest

from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


async def test_a_pinned_message_is_told_of_and_shown_first(wire: Wire, reader: Chat) -> None:
    for text in "ab":
        await wire.ok("sendMessage", chat_id=reader.id, text=text)
    assert await wire.ok("pinChatMessage", chat_id=reader.id, message_id=1) is True
    (update,) = await wire.updates()
    service: Any = update["message"]
    assert service["pinned_message"]["text"] == "a"
    assert "text" not in service
    await wire.ok("pinChatMessage", chat_id=reader.id, message_id=2)
    shown: Any = await wire.message("getChat", chat_id=reader.id)
    assert shown["pinned_message"]["text"] == "b"
    async with wire.session.get("/sim/state") as response:
        assert (await response.json())["chats"][0]["pinned"] == [2, 1]


async def test_pins_are_taken_away_one_by_one_or_all(wire: Wire, channel: Chat) -> None:
    for text in "abc":
        sent = await wire.message("sendMessage", chat_id=channel.id, text=text)
        await wire.ok("pinChatMessage", chat_id=channel.id, message_id=sent["message_id"])
    first, second, last = channel.pinned
    await wire.ok("unpinChatMessage", chat_id=channel.id)
    assert list(channel.pinned) == [first, second]
    await wire.ok("unpinChatMessage", chat_id=channel.id, message_id=first)
    assert list(channel.pinned) == [second]
    assert last in channel.messages
    for _ in range(2):
        assert await wire.ok("unpinAllChatMessages", chat_id=channel.id) is True
    assert not channel.pinned


async def test_in_a_group_a_plain_member_may_not_pin(wire: Wire, group: Chat) -> None:
    sent = await wire.message("sendMessage", chat_id=group.id, text="a")
    reason = await wire.refused("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    assert reason == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_a_deleted_message_is_pinned_no_more(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="a")
    await wire.ok("pinChatMessage", chat_id=reader.id, message_id=1)
    await wire.ok("deleteMessage", chat_id=reader.id, message_id=1)
    assert not reader.pinned
    assert "pinned_message" not in await wire.message("getChat", chat_id=reader.id)


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("pinChatMessage", {"message_id": 9}, "message to pin not found"),
        ("pinChatMessage", {}, "message to pin not found"),
        ("pinChatMessage", {"message_id": 1}, "CHAT_NOT_MODIFIED"),
        ("pinChatMessage", {"message_id": 2}, "a service message can't be pinned"),
        ("unpinChatMessage", {"message_id": 9}, "message to unpin not found"),
        ("unpinChatMessage", {"message_id": 3}, "message to unpin not found"),
        ("unpinChatMessage", {"chat_id": 5}, "chat not found"),
    ],
)
async def test_a_faulty_pin_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, method: str, arguments: dict[str, object], reason: str
) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="a")
    await wire.ok("pinChatMessage", chat_id=reader.id, message_id=1)
    await wire.ok("sendMessage", chat_id=reader.id, text="b")
    assert await wire.refused(method, **{"chat_id": reader.id} | arguments) == f"Bad Request: {reason}"


async def test_a_service_message_is_neither_edited_nor_copied(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="a")
    await wire.ok("pinChatMessage", chat_id=reader.id, message_id=1)
    target = {"chat_id": reader.id, "message_id": 2}
    assert await wire.refused("editMessageText", text="x", **target) == "Bad Request: message can't be edited"
    reason = await wire.refused("copyMessage", from_chat_id=reader.id, **target)
    assert reason == "Bad Request: the message can't be copied"


async def test_of_many_deletions_at_once_one_succeeds(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="a")
    target = {"chat_id": reader.id, "message_id": 1}
    answers = await asyncio.gather(*(wire.call("deleteMessage", **target) for _ in range(20)))
    assert sum(bool(answer["ok"]) for answer in answers) == 1
    refused = {answer["description"] for answer in answers if not answer["ok"]}
    assert refused == {"Bad Request: message to delete not found"}


async def test_a_pin_is_told_silently_in_private_and_in_groups_on_request(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    supergroup = simulator.add_group("Warga", is_supergroup=True)
    await wire.sim(f"chats/{supergroup.id}/members", user_id="bot", status="administrator")
    told = []
    for chat, silently in ((reader, False), (supergroup, False), (supergroup, True)):
        sent = await wire.message("sendMessage", chat_id=chat.id, text="a")
        pinned = {"chat_id": chat.id, "message_id": sent["message_id"]}
        await wire.ok("pinChatMessage", **pinned, disable_notification=silently)
        told.append(list(chat.messages.values())[-1].is_silent)
    assert told == [True, False, True]
