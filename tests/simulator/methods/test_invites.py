"""Invite links and requests to join, from the link to the member."""

import pytest

from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Clock, Wire

ALL = ["chat_member", "chat_join_request", "message", "my_chat_member"]


@pytest.fixture
async def group(wire: Wire) -> int:
    """A supergroup that nobody is in but the bot, which administers it."""
    _, chat = await wire.sim("chats", type="supergroup", title="Redaksi", is_open=False)
    await wire.sim(f"chats/{chat['id']}/members", user_id="bot", status="administrator")
    await wire.updates(allowed_updates=ALL)
    await wire.updates(offset=-1)
    await updates(wire)
    number = chat["id"]
    assert isinstance(number, int)
    return number


async def updates(wire: Wire) -> list[dict[str, object]]:
    """What has come, each once."""
    came = await wire.updates(allowed_updates=ALL)
    if came:
        last = came[-1]["update_id"]
        assert isinstance(last, int)
        await wire.updates(offset=last + 1)
    return came


async def join(wire: Wire, link: object, user: Chat) -> dict[str, object]:
    status, answer = await wire.sim("joins", link=link, user_id=user.id)
    return answer | {"code": status}


def content(update: dict[str, object], kind: str) -> dict[str, object]:
    held = update[kind]
    assert isinstance(held, dict)
    return held


async def test_somebody_joins_by_a_link_and_the_bot_hears_by_which(
    wire: Wire, group: int, reader: Chat
) -> None:
    link = await wire.message("createChatInviteLink", chat_id=group, name="Pembaca")
    assert link["name"] == "Pembaca"
    assert (link["is_primary"], link["is_revoked"], link["creates_join_request"]) == (False, False, False)
    assert await join(wire, link["invite_link"], reader) == {
        "code": 200, "chat_id": group, "status": "member", "requested": False,
    }  # fmt: skip
    change, service = await updates(wire)
    member = content(change, "chat_member")
    assert member["invite_link"] == link
    assert "via_join_request" not in member
    assert [one["id"] for one in content(service, "message")["new_chat_members"]] == [reader.id]  # type: ignore[attr-defined]
    assert (await join(wire, link["invite_link"], reader))["code"] == 409


async def test_somebody_asks_to_join_and_is_let_in(wire: Wire, group: int, simulator: Simulator) -> None:
    stranger = simulator.add_reader("Sari")
    link = await wire.message("createChatInviteLink", chat_id=group, creates_join_request=True)
    answer = await join(wire, link["invite_link"], stranger)
    assert (answer["status"], answer["requested"]) == ("left", True)
    (update,) = await updates(wire)
    request = content(update, "chat_join_request")
    assert request["user_chat_id"] == stranger.id
    assert request["invite_link"] == link | {"pending_join_request_count": 1}
    await wire.ok("approveChatJoinRequest", chat_id=group, user_id=stranger.id)
    change, service = await updates(wire)
    member = content(change, "chat_member")
    assert member["via_join_request"] is True
    assert member["from"]["id"] == 123456  # type: ignore[index]
    assert content(service, "message")["from"]["id"] == stranger.id  # type: ignore[index]
    seen = await wire.message("getChatMember", chat_id=group, user_id=stranger.id)
    assert seen["status"] == "member"
    refused = await wire.refused("approveChatJoinRequest", chat_id=group, user_id=stranger.id)
    assert refused == "Bad Request: USER_ALREADY_PARTICIPANT"


async def test_somebody_who_is_turned_away_may_ask_again(wire: Wire, group: int, reader: Chat) -> None:
    link = await wire.message("createChatInviteLink", chat_id=group, creates_join_request=True)
    for _ in range(2):
        assert (await join(wire, link["invite_link"], reader))["requested"] is True
        await wire.ok("declineChatJoinRequest", chat_id=group, user_id=reader.id)
    for method in ("declineChatJoinRequest", "approveChatJoinRequest"):
        refused = await wire.refused(method, chat_id=group, user_id=reader.id)
        assert refused == "Bad Request: HIDE_REQUESTER_MISSING"
        assert await wire.refused(method, chat_id=group, user_id=5) == "Bad Request: USER_ID_INVALID"


async def test_the_bot_may_write_to_who_asks_for_five_minutes(
    wire: Wire, group: int, simulator: Simulator, clock: Clock
) -> None:
    stranger = simulator.add_reader("Sari")
    refusal = "Forbidden: bot can't initiate conversation with a user"
    assert await wire.refused("sendMessage", chat_id=stranger.id, text="x") == refusal
    link = await wire.message("createChatInviteLink", chat_id=group, creates_join_request=True)
    await join(wire, link["invite_link"], stranger)
    await wire.ok("sendMessage", chat_id=stranger.id, text="Mengapa?")
    clock.forward(301)
    assert await wire.refused("sendMessage", chat_id=stranger.id, text="x") == refusal


async def test_a_link_ends_at_its_time_and_its_number_of_members(
    wire: Wire, group: int, simulator: Simulator, clock: Clock
) -> None:
    first, second = simulator.add_reader("Sari"), simulator.add_reader("Bima")
    one = await wire.message("createChatInviteLink", chat_id=group, member_limit=1)
    assert (await join(wire, one["invite_link"], first))["code"] == 200
    assert "INVITE_HASH_EXPIRED" in str((await join(wire, one["invite_link"], second))["error"])
    await wire.sim(f"chats/{group}/members", user_id=first.id, status="left")
    assert (await join(wire, one["invite_link"], second))["code"] == 200
    brief = await wire.message("createChatInviteLink", chat_id=group, expire_date=int(clock()) + 60)
    clock.forward(60)
    assert "INVITE_HASH_EXPIRED" in str((await join(wire, brief["invite_link"], first))["error"])


async def test_a_new_primary_link_revokes_the_old_one(wire: Wire, group: int, reader: Chat) -> None:
    old = await wire.ok("exportChatInviteLink", chat_id=group)
    new = await wire.ok("exportChatInviteLink", chat_id=group)
    assert (await wire.message("getChat", chat_id=group))["invite_link"] == new
    assert (await join(wire, old, reader))["code"] == 409
    refused = await wire.refused("editChatInviteLink", chat_id=group, invite_link=new)
    assert refused == "Bad Request: CHAT_INVITE_PERMANENT"
    revoked = await wire.message("revokeChatInviteLink", chat_id=group, invite_link=new)
    assert (revoked["invite_link"], revoked["is_revoked"], revoked["is_primary"]) == (new, True, True)
    newest = (await wire.message("getChat", chat_id=group))["invite_link"]
    assert newest not in {old, new}
    address = str(newest).removeprefix("https://").replace("/+", "/joinchat/")
    assert (await join(wire, address, reader))["code"] == 200


async def test_an_edited_link_loses_what_is_left_out(wire: Wire, group: int) -> None:
    link = await wire.message("createChatInviteLink", chat_id=group, name=" a  b " * 20, member_limit=5)
    assert link["name"] == " ".join(["a b"] * 20)[:32]
    address = link["invite_link"]
    edited = await wire.message(
        "editChatInviteLink", chat_id=group, invite_link=address, creates_join_request=True
    )
    assert edited.keys() == (link.keys() - {"name", "member_limit"})
    assert edited["creates_join_request"] is True
    await wire.ok("revokeChatInviteLink", chat_id=group, invite_link=address)
    for method in ("editChatInviteLink", "revokeChatInviteLink"):
        for wrong in (address, "https://t.me/+AAAAAAAAAAAAAAAA", "x"):
            refused = await wire.refused(method, chat_id=group, invite_link=wrong)
            assert refused == "Bad Request: INVITE_HASH_EXPIRED"


async def test_wrong_options_and_missing_rights_are_refused_in_telegrams_words(
    wire: Wire, group: int, reader: Chat, clock: Clock
) -> None:
    for options, reason in (
        ({"expire_date": int(clock())}, "EXPIRE_DATE_INVALID"),
        ({"member_limit": 100_000}, "USAGE_LIMIT_INVALID"),
        (
            {"member_limit": 1, "creates_join_request": True},
            "member limit can't be specified for links requiring administrator approval",
        ),
    ):
        assert (
            await wire.refused("createChatInviteLink", chat_id=group, **options) == f"Bad Request: {reason}"
        )
    private = await wire.refused("exportChatInviteLink", chat_id=reader.id)
    assert private == "Bad Request: can't invite members to a private chat"
    private = await wire.refused("approveChatJoinRequest", chat_id=reader.id, user_id=reader.id)
    assert private == "Bad Request: the chat can't have join requests"
    await wire.sim(f"chats/{group}/members", user_id="bot", status="member")
    plain = await wire.refused("exportChatInviteLink", chat_id=group)
    assert plain == "Bad Request: not enough rights to manage chat invite link"
    plain = await wire.refused("declineChatJoinRequest", chat_id=group, user_id=reader.id)
    assert plain == "Bad Request: not enough rights to manage chat join requests"
    assert "invite_link" not in await wire.message("getChat", chat_id=group)


async def test_the_link_of_somebody_else_is_hidden_from_the_bot(
    wire: Wire, group: int, reader: Chat, simulator: Simulator
) -> None:
    await wire.sim(f"chats/{group}/members", user_id=reader.id, status="creator")
    await updates(wire)
    _, link = await wire.sim(f"chats/{group}/invite_links", name="Teman", creates_join_request=True)
    address = str(link["invite_link"])
    await join(wire, address, simulator.add_reader("Sari"))
    (update,) = await updates(wire)
    shown = content(update, "chat_join_request")["invite_link"]
    assert isinstance(shown, dict)
    assert shown["invite_link"] == address[: len("https://t.me/+") + 8] + "..."
    assert shown["creator"]["id"] == reader.id
    refused = await wire.refused("revokeChatInviteLink", chat_id=group, invite_link=address)
    assert refused == "Bad Request: INVITE_HASH_EXPIRED"
    async with wire.session.get(f"/sim/chats/{group}/invite_links") as response:
        listed = await response.json()
    assert [one["invite_link"] for one in listed["invite_links"]] == [address]
    assert [one["first_name"] for one in listed["join_requests"]] == ["Sari"]


async def test_who_was_put_out_comes_by_no_link(wire: Wire, group: int, reader: Chat) -> None:
    link = await wire.ok("exportChatInviteLink", chat_id=group)
    await join(wire, link, reader)
    await wire.ok("banChatMember", chat_id=group, user_id=reader.id)
    assert "INVITE_HASH_EXPIRED" in str((await join(wire, link, reader))["error"])


async def test_who_asked_and_was_made_a_member_asks_no_more(wire: Wire, group: int, reader: Chat) -> None:
    link = await wire.message("createChatInviteLink", chat_id=group, creates_join_request=True)
    await join(wire, link["invite_link"], reader)
    await wire.sim(f"chats/{group}/members", user_id=reader.id, status="member")
    refused = await wire.refused("approveChatJoinRequest", chat_id=group, user_id=reader.id)
    assert refused == "Bad Request: USER_ALREADY_PARTICIPANT"


@pytest.mark.parametrize(
    ("path", "fields", "code"),
    [
        ("joins", {"link": "https://t.me/+AAAAAAAAAAAAAAAA", "user_id": 700000001}, 404),
        ("joins", {"link": "https://t.me/kabar", "user_id": 700000001}, 404),
        ("joins", {"link": "x", "user_id": 5}, 404),
        ("joins", {"link": "x", "user_id": 123456}, 409),
        ("joins", {"link": 5, "user_id": 700000001}, 400),
        ("chats/700000001/invite_links", {}, 409),
        ("chats/5/invite_links", {}, 404),
    ],
)
@pytest.mark.usefixtures("reader")
async def test_what_cannot_be_joined_says_why(
    wire: Wire, path: str, fields: dict[str, object], code: int
) -> None:
    status, answer = await wire.sim(path, **fields)
    assert status == code
    assert answer["error"]
