from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


async def name(wire: Wire, chat: Chat, user: Chat) -> str:
    """The first command of the menu that somebody sees in a chat, empty without one."""
    async with wire.session.get(f"/sim/chats/{chat.id}/commands", params={"user_id": user.id}) as response:
        assert response.status == 200
        commands = (await response.json())["commands"]
    return str(commands[0]["command"]) if commands else ""


async def offer(wire: Wire, command: str, language: str = "", **scope: object) -> None:
    commands = [{"command": command, "description": "x"}]
    fields: dict[str, object] = {"scope": scope} if scope else {}
    await wire.ok("setMyCommands", commands=commands, language_code=language, **fields)


async def test_a_private_chat_shows_the_narrowest_list_in_the_readers_language(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    ann = simulator.add_reader("Ann", language_code="en-GB")
    assert await name(wire, reader, reader) == ""
    await offer(wire, "semua")
    await offer(wire, "inggris", "en")
    assert (await name(wire, reader, reader), await name(wire, ann, ann)) == ("semua", "inggris")
    await offer(wire, "pribadi", type="all_private_chats")
    assert (await name(wire, reader, reader), await name(wire, ann, ann)) == ("pribadi", "pribadi")
    await offer(wire, "budi", type="chat", chat_id=reader.id)
    assert (await name(wire, reader, reader), await name(wire, ann, ann)) == ("budi", "pribadi")


async def test_a_group_shows_lists_for_its_members_and_administrators(
    wire: Wire, simulator: Simulator, reader: Chat, group: Chat
) -> None:
    sari = simulator.add_reader("Sari")
    await wire.sim(f"chats/{group.id}/members", user_id=sari.id, status="administrator")
    seen = []
    for scope in (
        {"type": "default"},
        {"type": "all_group_chats"},
        {"type": "all_chat_administrators"},
        {"type": "chat", "chat_id": group.id},
        {"type": "chat_administrators", "chat_id": group.id},
        {"type": "chat_member", "chat_id": group.id, "user_id": reader.id},
    ):
        await offer(wire, scope["type"], **scope)  # type: ignore[arg-type]
        seen.append((await name(wire, group, reader), await name(wire, group, sari)))
    assert seen == [
        ("default", "default"),
        ("all_group_chats", "all_group_chats"),
        ("all_group_chats", "all_chat_administrators"),
        ("chat", "chat"),
        ("chat", "chat_administrators"),
        ("chat_member", "chat_administrators"),
    ]


async def test_a_channel_shows_no_menu_and_unknown_people_none(
    wire: Wire, reader: Chat, channel: Chat, group: Chat
) -> None:
    await offer(wire, "semua")
    assert await name(wire, channel, reader) == ""
    for wrong in ("", "x", "5", "9" * 30):
        path = f"/sim/chats/{group.id}/commands"
        async with wire.session.get(path, params={"user_id": wrong}) as response:
            assert response.status == 400


async def test_scopes_of_members_are_for_groups(wire: Wire, reader: Chat, channel: Chat) -> None:
    for chat in (reader, channel):
        for kind in ("chat_administrators", "chat_member"):
            scope = {"type": kind, "chat_id": chat.id, "user_id": reader.id}
            reason = await wire.refused("setMyCommands", commands=[], scope=scope)
            assert reason == f"Bad Request: can't use specified scope in {chat.type} chats"
