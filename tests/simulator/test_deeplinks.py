import pytest

from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


async def follow(wire: Wire, link: str, user: Chat, **fields: object) -> dict[str, object]:
    status, answer = await wire.sim("deeplinks", link=link, user_id=user.id, **fields)
    assert status == 200, answer
    return answer


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/kabar_demo_bot?start=a_12-B",
        "t.me/Kabar_Demo_Bot?start=a_12-B",
        "http://www.telegram.me/kabar_demo_bot/?start=a_12-B",
        "tg://resolve?domain=kabar_demo_bot&start=a_12-B",
    ],
)
async def test_a_link_starts_the_bot_with_its_parameter(wire: Wire, simulator: Simulator, link: str) -> None:
    reader = simulator.add_reader("Sari")
    answer = await follow(wire, link, reader)
    assert answer["chat_id"] == reader.id
    message = answer["message"]
    assert isinstance(message, dict)
    assert message["text"] == "/start a_12-B"
    (update,) = await wire.updates()
    assert update["message"] == message


async def test_a_link_without_a_parameter_only_opens_a_chat_that_has_begun(
    wire: Wire, simulator: Simulator, reader: Chat
) -> None:
    assert (await follow(wire, "https://t.me/kabar_demo_bot", reader))["message"] is None
    answer = await follow(wire, "https://t.me/kabar_demo_bot", simulator.add_reader("Sari"))
    assert answer["message"]["text"] == "/start"  # type: ignore[index]


async def test_a_link_puts_the_bot_into_a_group(wire: Wire, reader: Chat) -> None:
    _, group = await wire.sim("chats", type="group", title="Redaksi", is_open=False)
    where = group["id"]
    await wire.sim(f"chats/{where}/members", user_id=reader.id, status="creator")
    answer = await follow(wire, "https://t.me/kabar_demo_bot?startgroup=g1", reader, chat_id=where)
    assert answer["message"]["text"] == "/start@kabar_demo_bot g1"  # type: ignore[index]
    added, service, command = await wire.updates()
    change = added["my_chat_member"]
    assert isinstance(change, dict)
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert "new_chat_members" in service["message"]  # type: ignore[operator]
    assert command["message"] == answer["message"]
    await wire.ok("sendMessage", chat_id=where, text="Halo")


async def test_a_link_can_ask_for_an_administrators_rights(wire: Wire, reader: Chat) -> None:
    _, channel = await wire.sim("chats", type="channel", title="Kanal", is_open=False)
    where = channel["id"]
    await wire.sim(f"chats/{where}/members", user_id=reader.id, status="creator")
    link = "https://t.me/kabar_demo_bot?startchannel&admin=post_messages+edit_messages"
    assert (await follow(wire, link, reader, chat_id=where))["message"] is None
    member = await wire.message("getChatMember", chat_id=where, user_id=123456)
    assert (member["status"], member["can_post_messages"], member["can_promote_members"]) == (
        "administrator",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("link", "status"),
    [
        ("https://contoh.id/kabar_demo_bot?start=x", 400),
        ("https://t.me/kabar_demo_bot?start=a%20b", 400),
        ("https://t.me/kabar_demo_bot?start=" + "a" * 65, 400),
        ("https://[", 400),
        ("https://t.me/lain_bot?start=x", 404),
        ("https://t.me/kabar_demo_bot?startgroup=x", 400),
    ],
)
async def test_a_link_that_telegram_would_not_open_is_refused(
    wire: Wire, reader: Chat, link: str, status: int
) -> None:
    answered, answer = await wire.sim("deeplinks", link=link, user_id=reader.id)
    assert (answered, list(answer)) == (status, ["error"])
    assert not reader.messages


async def test_a_bot_goes_where_the_link_leads(wire: Wire, reader: Chat, group: Chat, channel: Chat) -> None:
    group_link, channel_link = (
        f"https://t.me/kabar_demo_bot?{kind}=x" for kind in ("startgroup", "startchannel")
    )
    for link, chat in ((group_link, channel), (channel_link, group)):
        answered, _ = await wire.sim("deeplinks", link=link, user_id=reader.id, chat_id=chat.id)
        assert answered == 409
    await wire.sim("bot", can_join_groups=False)
    answered, _ = await wire.sim("deeplinks", link=group_link, user_id=reader.id, chat_id=group.id)
    assert answered == 409
