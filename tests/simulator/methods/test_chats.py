import pytest

from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


async def test_a_chat_is_described_in_full(wire: Wire, reader: Chat, channel: Chat, group: Chat) -> None:
    shown = await wire.message("getChat", chat_id=reader.id)
    assert (shown["type"], shown["first_name"], shown["active_usernames"]) == (
        "private",
        "Budi",
        ["budi_contoh"],
    )
    assert (await wire.message("getChat", chat_id="@kabar_contoh"))["id"] == channel.id
    assert (await wire.message("getChat", chat_id=group.id))["type"] == "group"
    for name in ("accent_color_id", "max_reaction_count", "accepted_gift_types"):
        assert name in shown
    assert await wire.refused("getChat", chat_id=1) == "Bad Request: chat not found"
    assert await wire.refused("getChat") == "Bad Request: chat_id is empty"


async def test_a_bot_administers_channels_and_is_a_member_elsewhere(
    wire: Wire, reader: Chat, channel: Chat, group: Chat
) -> None:
    member = await wire.message("getChatMember", chat_id=channel.id, user_id=123456)
    assert (member["status"], member["can_post_messages"], member["is_anonymous"]) == (
        "administrator",
        True,
        False,
    )
    for chat in (reader, group):
        assert (await wire.message("getChatMember", chat_id=chat.id, user_id=123456))["status"] == "member"
    assert (await wire.message("getChatMember", chat_id=channel.id, user_id=reader.id))["status"] == "member"
    assert await wire.ok("getChatAdministrators", chat_id=channel.id) == [member]
    assert await wire.ok("getChatAdministrators", chat_id=group.id) == []
    assert await wire.ok("getChatMemberCount", chat_id=channel.id) == 2
    assert await wire.ok("getChatMemberCount", chat_id=reader.id) == 2


@pytest.mark.parametrize(
    ("user_id", "reason"),
    [
        (None, "Bad Request: invalid user_id specified"),
        ("x", "Bad Request: invalid user_id specified"),
        (-5, "Bad Request: invalid user_id specified"),
        (5, "Bad Request: PARTICIPANT_ID_INVALID"),
    ],
)
async def test_an_unknown_member_is_refused(wire: Wire, channel: Chat, user_id: object, reason: str) -> None:
    assert await wire.refused("getChatMember", chat_id=channel.id, user_id=user_id) == reason


async def test_a_private_chat_has_no_administrators(wire: Wire, reader: Chat) -> None:
    reason = await wire.refused("getChatAdministrators", chat_id=reader.id)
    assert reason == "Bad Request: there are no administrators in the private chat"
