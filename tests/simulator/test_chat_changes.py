from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


async def messages(wire: Wire) -> list[dict[str, object]]:
    found = []
    for update in await wire.updates():
        message = update.get("message") or update.get("channel_post")
        assert isinstance(message, dict)
        found.append(message)
    return found


async def test_a_group_becomes_a_supergroup_under_another_number(
    wire: Wire, simulator: Simulator, reader: Chat, group: Chat
) -> None:
    await wire.sim(f"chats/{group.id}/members", user_id=reader.id, status="creator")
    status, new = await wire.sim(f"chats/{group.id}/migrate")
    assert (status, new["type"], new["title"]) == (200, "supergroup", "Grup Contoh")
    moved, come = await messages(wire)
    assert (moved["chat"]["id"], moved["migrate_to_chat_id"]) == (group.id, new["id"])  # type: ignore[index]
    assert (come["chat"]["id"], come["migrate_from_chat_id"]) == (new["id"], group.id)  # type: ignore[index]
    assert await wire.call("sendMessage", chat_id=group.id, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new["id"]},
    }
    await wire.ok("sendMessage", chat_id=new["id"], text="x")
    member = await wire.message("getChatMember", chat_id=new["id"], user_id=reader.id)
    assert member["status"] == "creator"
    assert (await wire.message("getChat", chat_id=group.id))["id"] == group.id
    assert (await wire.sim(f"chats/{group.id}/messages", text="x"))[0] == 409
    assert (await wire.sim(f"chats/{group.id}/migrate"))[0] == 409
    assert simulator.chats[group.id].community is not None


async def test_only_groups_become_supergroups(wire: Wire, reader: Chat, channel: Chat) -> None:
    for chat in (reader, channel):
        assert (await wire.sim(f"chats/{chat.id}/migrate"))[0] == 409
    assert (await wire.sim("chats/5/migrate"))[0] == 404


async def test_a_deleted_group_takes_no_messages(wire: Wire, reader: Chat, group: Chat) -> None:
    status, chat = await wire.sim(f"chats/{group.id}/delete")
    assert (status, chat["deleted"]) == (200, True)
    answer = await wire.call("sendMessage", chat_id=group.id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: the group chat was deleted")
    assert (await wire.sim(f"chats/{group.id}/delete"))[0] == 409
    assert (await wire.sim(f"chats/{reader.id}/delete"))[0] == 409


async def test_a_deleted_account_cannot_be_written_to(wire: Wire, reader: Chat, channel: Chat) -> None:
    sent = await wire.message("sendMessage", chat_id=reader.id, text="x")
    status, chat = await wire.sim(f"users/{reader.id}/deactivate")
    assert (status, chat["deactivated"], chat["first_name"]) == (200, True, "")
    for method in ("sendMessage", "editMessageText"):
        answer = await wire.call(method, chat_id=reader.id, text="y", message_id=sent["message_id"])
        assert (answer["error_code"], answer["description"]) == (403, "Forbidden: user is deactivated")
    assert (await wire.message("getChat", chat_id=reader.id))["first_name"] == ""
    assert (await wire.sim(f"chats/{reader.id}/messages", text="x"))[0] == 409
    assert (await wire.sim("users/5/deactivate"))[0] == 404
    assert channel.id


async def test_a_channel_gets_another_title_and_username(wire: Wire, channel: Chat) -> None:
    status, chat = await wire.sim(f"chats/{channel.id}/rename", title="Warta", username="@warta_baru")
    assert (status, chat["title"], chat["username"]) == (200, "Warta", "warta_baru")
    (post,) = await messages(wire)
    assert post["new_chat_title"] == "Warta"
    assert (await wire.message("getChat", chat_id="@warta_baru"))["title"] == "Warta"
    assert await wire.refused("getChat", chat_id="@kabar_contoh") == "Bad Request: chat not found"
    await wire.sim(f"chats/{channel.id}/rename", username=None)
    assert await wire.refused("sendMessage", chat_id="@warta_baru", text="x") == "Bad Request: chat not found"
    assert "username" not in await wire.message("getChat", chat_id=channel.id)
    assert len(await messages(wire)) == 1


async def test_impossible_names_are_refused(
    wire: Wire, simulator: Simulator, reader: Chat, group: Chat, channel: Chat
) -> None:
    simulator.add_channel("Lain", "kanal_lain")
    assert (await wire.sim(f"chats/{channel.id}/rename", title=" "))[0] == 400
    assert (await wire.sim(f"chats/{channel.id}/rename", username="kanal_lain"))[0] == 400
    assert (await wire.sim(f"chats/{group.id}/rename", username="grup_baru"))[0] == 409
    assert (await wire.sim(f"chats/{reader.id}/rename", title="x"))[0] == 409
    assert (channel.title, channel.username) == ("Kabar Contoh", "kabar_contoh")
