import pytest

from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Clock, Wire

BOT = 123456


async def make(wire: Wire, chat: Chat, user_id: object, status: str, **fields: object) -> dict[str, object]:
    """Makes somebody something in a chat, through the control API."""
    answered, member = await wire.sim(f"chats/{chat.id}/members", user_id=user_id, status=status, **fields)
    assert answered == 200, member
    assert member["status"] == status
    return member


async def sent(wire: Wire, chat: Chat, **arguments: object) -> str:
    return await wire.refused("sendMessage", chat_id=chat.id, text="x", **arguments)


@pytest.fixture
def supergroup(simulator: Simulator) -> Chat:
    return simulator.add_group("Grup Besar", is_supergroup=True)


@pytest.fixture
async def administered(wire: Wire, supergroup: Chat) -> Chat:
    """A supergroup that the bot administers with all rights."""
    await make(wire, supergroup, "bot", "administrator")
    await forget_updates(wire)
    return supergroup


async def forget_updates(wire: Wire) -> list[dict[str, object]]:
    updates = await wire.updates()
    if updates:
        last = updates[-1]["update_id"]
        assert isinstance(last, int)
        await wire.updates(offset=last + 1)
    return updates


async def test_the_bot_put_out_of_a_chat_is_refused_in_telegrams_words(
    wire: Wire, simulator: Simulator, group: Chat, supergroup: Chat, channel: Chat
) -> None:
    for chat, kind in ((group, "group"), (supergroup, "supergroup"), (channel, "channel")):
        await make(wire, chat, "bot", "left")
        assert await sent(wire, chat) == f"Forbidden: bot is not a member of the {kind} chat"
        await make(wire, chat, BOT, "kicked")
        assert await sent(wire, chat) == f"Forbidden: bot was kicked from the {kind} chat"
    assert simulator.chats[group.id].messages.keys() == group.messages.keys()


async def test_what_a_bot_outside_may_still_read(
    wire: Wire, simulator: Simulator, channel: Chat, group: Chat
) -> None:
    private = simulator.add_channel("Rahasia")
    for chat in (channel, private, group):
        await make(wire, chat, "bot", "left")
    assert (await wire.message("getChat", chat_id="@kabar_contoh"))["id"] == channel.id
    assert (await wire.message("getChatMember", chat_id=channel.id, user_id=BOT))["status"] == "left"
    reason = await wire.refused("getChatMemberCount", chat_id=channel.id)
    assert reason == "Bad Request: member list is inaccessible"
    reason = await wire.refused("getChat", chat_id=private.id)
    assert reason == "Forbidden: bot is not a member of the channel chat"
    assert (await wire.message("getChat", chat_id=group.id))["id"] == group.id
    reason = await wire.refused("getChatAdministrators", chat_id=group.id)
    assert reason == "Forbidden: bot is not a member of the group chat"


async def test_a_channel_takes_posts_from_administrators_with_the_right_alone(
    wire: Wire, channel: Chat
) -> None:
    await wire.ok("sendMessage", chat_id=channel.id, text="a")
    refused = "Bad Request: need administrator rights in the channel chat"
    await make(wire, channel, "bot", "administrator", rights=["can_edit_messages"])
    assert await sent(wire, channel) == refused
    await wire.ok("editMessageText", chat_id=channel.id, message_id=1, text="b")
    reason = await wire.refused("deleteMessage", chat_id=channel.id, message_id=1)
    assert reason == "Bad Request: message can't be deleted"
    await make(wire, channel, "bot", "member")
    assert await sent(wire, channel) == refused
    reason = await wire.refused("editMessageText", chat_id=channel.id, message_id=1, text="c")
    assert reason == "Bad Request: message can't be edited"
    await make(wire, channel, "bot", "administrator", rights={"can_post_messages": True})
    await wire.ok("sendMessage", chat_id=channel.id, text="x")


async def test_whoever_administers_a_chat_may_manage_it_whatever_else_was_given(
    wire: Wire, channel: Chat
) -> None:
    await make(wire, channel, "bot", "administrator", rights=["can_post_messages"])
    shown = await wire.message("getChatMember", chat_id=channel.id, user_id=BOT)
    rights = {name for name, value in shown.items() if value is True}
    assert rights == {"can_manage_chat", "can_post_messages"}


async def test_a_restricted_bot_may_send_what_it_is_allowed(wire: Wire, supergroup: Chat) -> None:
    await make(wire, supergroup, "bot", "restricted")
    assert await sent(wire, supergroup) == "Bad Request: not enough rights to send text messages to the chat"
    reason = await wire.refused("sendPhoto", chat_id=supergroup.id, photo="https://contoh.id/a.jpg")
    assert reason == "Bad Request: not enough rights to send photos to the chat"
    await make(wire, supergroup, "bot", "restricted", rights=["can_send_messages"])
    await wire.ok("sendMessage", chat_id=supergroup.id, text="x")


async def test_the_bot_is_told_of_its_own_changes(wire: Wire, reader: Chat, channel: Chat) -> None:
    await make(wire, channel, "bot", "kicked", by=reader.id)
    await make(wire, channel, "bot", "administrator", rights=["can_post_messages"], by=reader.id)
    gone, back = [update["my_chat_member"] for update in await forget_updates(wire)]
    assert isinstance(gone, dict)
    assert isinstance(back, dict)
    assert (gone["chat"]["id"], gone["from"]["id"], gone["date"]) == (channel.id, reader.id, 1_700_000_000)
    assert (gone["old_chat_member"]["status"], gone["new_chat_member"]["status"]) == (
        "administrator",
        "kicked",
    )
    new = back["new_chat_member"]
    assert (new["can_post_messages"], new["can_edit_messages"]) == (True, False)
    assert not channel.messages


async def test_coming_and_going_is_told_in_a_group(wire: Wire, reader: Chat, group: Chat) -> None:
    await make(wire, group, "bot", "left", by=reader.id)
    (update,) = await forget_updates(wire)
    assert "my_chat_member" in update
    await wire.writes(group, "/help")
    assert await forget_updates(wire) == []
    await make(wire, group, "bot", "member", by=reader.id)
    added, service = await forget_updates(wire)
    assert "my_chat_member" in added
    message = service["message"]
    assert isinstance(message, dict)
    assert [user["id"] for user in message["new_chat_members"]] == [BOT]
    assert message["from"]["id"] == reader.id
    assert "text" not in message
    await make(wire, group, reader.id, "left")
    (service,) = await forget_updates(wire)
    message = service["message"]
    assert isinstance(message, dict)
    assert message["left_chat_member"]["id"] == reader.id


async def test_changes_of_others_come_on_request_to_an_administrator(
    wire: Wire, simulator: Simulator, administered: Chat, reader: Chat
) -> None:
    sari = simulator.add_reader("Sari")
    await make(wire, administered, sari.id, "administrator", rights=["can_pin_messages"])
    assert await forget_updates(wire) == []
    await wire.updates(allowed_updates=["chat_member"])
    await make(wire, administered, reader.id, "kicked", until_date=1_700_001_000)
    (update,) = await forget_updates(wire)
    change = update["chat_member"]
    assert isinstance(change, dict)
    assert change["new_chat_member"]["user"]["id"] == reader.id
    assert change["new_chat_member"]["until_date"] == 1_700_001_000
    await make(wire, administered, "bot", "member")
    await make(wire, administered, reader.id, "member")
    assert await forget_updates(wire) == []


async def test_an_administrator_and_a_bot_without_privacy_see_everything(
    wire: Wire, administered: Chat, group: Chat, reader: Chat
) -> None:
    message = await wire.writes(administered, "halo semua")
    (update,) = await forget_updates(wire)
    assert update["message"] == message
    status, settings = await wire.sim("bot", privacy=False)
    assert (status, settings["privacy"]) == (200, False)
    assert (await wire.message("getMe"))["can_read_all_group_messages"] is True
    await wire.writes(group, "halo semua")
    assert len(await forget_updates(wire)) == 1
    assert reader.id


async def test_banning_and_letting_back_in(
    wire: Wire, administered: Chat, reader: Chat, clock: Clock
) -> None:
    who = {"chat_id": administered.id, "user_id": reader.id}
    count = await wire.ok("getChatMemberCount", chat_id=administered.id)
    assert await wire.ok("banChatMember", **who, until_date=int(clock.time) + 60) is True
    member = await wire.message("getChatMember", **who)
    assert (member["status"], member["until_date"]) == ("kicked", int(clock.time) + 60)
    assert await wire.ok("getChatMemberCount", chat_id=administered.id) == count - 1  # type: ignore[operator]
    assert (await wire.sim(f"chats/{administered.id}/messages", text="x"))[0] == 409
    clock.forward(60)
    assert (await wire.message("getChatMember", **who))["status"] == "left"
    await wire.ok("banChatMember", **who, until_date=int(clock.time) + 29)
    assert (await wire.message("getChatMember", **who))["until_date"] == 0
    await wire.ok("unbanChatMember", **who, only_if_banned=True)
    assert (await wire.message("getChatMember", **who))["status"] == "left"
    await make(wire, administered, reader.id, "member")
    await wire.ok("unbanChatMember", **who, only_if_banned=True)
    assert (await wire.message("getChatMember", **who))["status"] == "member"
    await wire.ok("unbanChatMember", **who)
    assert (await wire.message("getChatMember", **who))["status"] == "left"


async def test_restricting_a_member(wire: Wire, administered: Chat, reader: Chat) -> None:
    who = {"chat_id": administered.id, "user_id": reader.id}
    await wire.ok("restrictChatMember", **who, permissions={"can_send_photos": True})
    member = await wire.message("getChatMember", **who)
    assert (member["status"], member["is_member"]) == ("restricted", True)
    assert (member["can_send_photos"], member["can_send_messages"], member["can_send_polls"]) == (
        True,
        True,
        False,
    )
    await wire.ok(
        "restrictChatMember",
        **who,
        permissions={"can_send_photos": True},
        use_independent_chat_permissions=True,
    )
    assert (await wire.message("getChatMember", **who))["can_send_messages"] is False
    assert (await wire.sim(f"chats/{administered.id}/messages", text="x"))[0] == 409
    await wire.ok(
        "restrictChatMember", **who, permissions={"can_send_other_messages": True, "can_send_polls": True}
    )
    assert (await wire.message("getChatMember", **who))["status"] == "member"
    reason = await wire.refused("restrictChatMember", **who, permissions="[]")
    assert reason == "Bad Request: object expected as permissions"
    reason = await wire.refused("restrictChatMember", **who, permissions={"can_send_polls": 1})
    assert reason.startswith("Bad Request: can't parse chat permissions: ")


async def test_promoting_and_demoting(wire: Wire, administered: Chat, reader: Chat) -> None:
    who = {"chat_id": administered.id, "user_id": reader.id}
    await wire.ok("promoteChatMember", **who, can_pin_messages=True)
    member = await wire.message("getChatMember", **who)
    assert (member["status"], member["can_pin_messages"], member["can_promote_members"]) == (
        "administrator",
        True,
        False,
    )
    shown = await wire.ok("getChatAdministrators", chat_id=administered.id)
    assert isinstance(shown, list)
    assert {one["user"]["id"] for one in shown} == {BOT, reader.id}
    assert await wire.refused("banChatMember", **who) == "Bad Request: user is an administrator of the chat"
    await wire.ok("promoteChatMember", **who)
    assert (await wire.message("getChatMember", **who))["status"] == "member"
    await make(wire, administered, "bot", "administrator", rights=["can_promote_members"])
    reason = await wire.refused("promoteChatMember", **who, can_pin_messages=True)
    assert reason == "Bad Request: RIGHT_FORBIDDEN"
    await make(wire, administered, reader.id, "left")
    reason = await wire.refused("promoteChatMember", **who, can_promote_members=True)
    assert reason == "Bad Request: USER_NOT_PARTICIPANT"


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ("banChatMember", "not enough rights to restrict/unrestrict chat member"),
        ("unbanChatMember", "not enough rights to restrict/unrestrict chat member"),
        ("restrictChatMember", "not enough rights to restrict/unrestrict chat member"),
        ("promoteChatMember", "not enough rights"),
    ],
)
async def test_a_plain_member_has_no_power_over_others(
    wire: Wire, supergroup: Chat, reader: Chat, method: str, reason: str
) -> None:
    fields: dict[str, object] = {"permissions": {}} if method == "restrictChatMember" else {}
    refused = await wire.refused(method, chat_id=supergroup.id, user_id=reader.id, **fields)
    assert refused == f"Bad Request: {reason}"


async def test_the_creator_and_the_bot_itself_are_out_of_reach(
    wire: Wire, administered: Chat, reader: Chat
) -> None:
    await make(wire, administered, reader.id, "creator")
    who = {"chat_id": administered.id, "user_id": reader.id}
    itself = {"chat_id": administered.id, "user_id": BOT}
    for method in ("banChatMember", "promoteChatMember"):
        assert await wire.refused(method, **who) == "Bad Request: can't remove chat owner"
    assert await wire.refused("banChatMember", **itself) == "Bad Request: can't restrict self"
    assert await wire.refused("promoteChatMember", **itself) == "Bad Request: can't promote self"


async def test_methods_for_large_chats_are_refused_in_others(wire: Wire, group: Chat, reader: Chat) -> None:
    who = {"chat_id": group.id, "user_id": reader.id}
    large = "Bad Request: method is available for supergroup and channel chats only"
    assert await wire.refused("promoteChatMember", **who) == large
    assert await wire.refused("unbanChatMember", **who) == large
    reason = await wire.refused("restrictChatMember", **who, permissions={})
    assert reason == "Bad Request: method is available only for supergroups"
    reason = await wire.refused("banChatMember", chat_id=reader.id, user_id=reader.id)
    assert reason == "Bad Request: chat member status can't be changed in private chats"


async def test_a_bot_leaves(wire: Wire, group: Chat, reader: Chat) -> None:
    assert await wire.ok("leaveChat", chat_id=group.id) is True
    (update,) = await forget_updates(wire)
    change = update["my_chat_member"]
    assert isinstance(change, dict)
    assert (change["from"]["id"], change["new_chat_member"]["status"]) == (BOT, "left")
    assert await sent(wire, group) == "Forbidden: bot is not a member of the group chat"
    reason = await wire.refused("leaveChat", chat_id=reader.id)
    assert reason == "Bad Request: chat member status can't be changed in private chats"


async def test_nobody_is_in_a_chat_that_is_not_open(wire: Wire, reader: Chat) -> None:
    status, chat = await wire.sim("chats", type="group", title="Tertutup", is_open=False)
    assert status == 200
    reason = await wire.refused("sendMessage", chat_id=chat["id"], text="x")
    assert reason == "Forbidden: bot is not a member of the group chat"
    assert (await wire.sim(f"chats/{chat['id']}/messages", text="x", user_id=reader.id))[0] == 409
    async with wire.session.get(f"/sim/chats/{chat['id']}/members") as response:
        members = (await response.json())["members"]
    assert {member["status"] for member in members} == {"left"}


async def test_members_are_listed_for_the_page(wire: Wire, group: Chat, reader: Chat) -> None:
    async with wire.session.get(f"/sim/chats/{group.id}/members") as response:
        members = (await response.json())["members"]
    assert {member["user"]["id"]: member["status"] for member in members} == {
        BOT: "member",
        reader.id: "member",
    }
    async with wire.session.get(f"/sim/chats/{reader.id}/members") as response:
        assert len((await response.json())["members"]) == 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"user_id": "bot"}, 400),
        ({"user_id": "bot", "status": "raja"}, 400),
        ({"user_id": 5, "status": "member"}, 404),
        ({"user_id": "x", "status": "member"}, 400),
        ({"user_id": "bot", "status": "administrator", "rights": ["can_fly"]}, 400),
        ({"user_id": "bot", "status": "administrator", "rights": "semua"}, 400),
        ({"user_id": "bot", "status": "restricted"}, 409),
    ],
)
async def test_an_impossible_membership_is_refused_with_a_reason(
    wire: Wire, group: Chat, fields: dict[str, object], status: int
) -> None:
    answered, answer = await wire.sim(f"chats/{group.id}/members", **fields)
    assert (answered, list(answer)) == (status, ["error"])


async def test_a_private_chat_has_no_members_to_change(wire: Wire, reader: Chat) -> None:
    assert (await wire.sim(f"chats/{reader.id}/members", user_id="bot", status="kicked"))[0] == 409


async def test_a_bot_that_may_not_join_groups_is_not_added(wire: Wire, group: Chat) -> None:
    await make(wire, group, "bot", "left")
    await wire.sim("bot", can_join_groups=False)
    assert (await wire.message("getMe"))["can_join_groups"] is False
    assert (await wire.sim(f"chats/{group.id}/members", user_id="bot", status="member"))[0] == 409
    assert (await wire.sim("bot", can_join_groups="ya"))[0] == 400
    assert (await wire.sim("bot", bot_id=5))[0] == 404
