import pytest

from bot.simulator import Simulator
from bot.simulator.state import Chat
from tests.simulator.conftest import TOKEN, Wire

START = {"command": "start", "description": "Mulai"}


async def test_a_bot_knows_who_it_is(wire: Wire) -> None:
    me = await wire.message("getMe")
    assert (me["id"], me["is_bot"], me["first_name"], me["username"]) == (
        123456,
        True,
        "Kabar",
        "kabar_demo_bot",
    )
    assert me["can_join_groups"] is True
    assert me["supports_inline_queries"] is False


async def test_methods_are_found_in_any_spelling(wire: Wire) -> None:
    assert await wire.message("GETME") == await wire.message("getMe")


async def test_commands_are_kept_by_scope_and_language(wire: Wire, channel: Chat) -> None:
    for_channel = {"type": "chat", "chat_id": "@kabar_contoh"}
    await wire.ok("setMyCommands", commands=[{"command": "/start", "description": " Mulai "}])
    await wire.ok("setMyCommands", commands=[START | {"description": "Begin"}], language_code="en")
    await wire.ok("setMyCommands", commands=[START | {"description": "Kanal"}], scope=for_channel)
    assert await wire.ok("getMyCommands") == [START]
    assert await wire.ok("getMyCommands", scope={"type": "default"}) == [START]
    assert await wire.ok("getMyCommands", language_code="en") == [START | {"description": "Begin"}]
    assert await wire.ok("getMyCommands", language_code="id") == []
    by_number = {"type": "chat", "chat_id": channel.id}
    assert await wire.ok("getMyCommands", scope=by_number) == [START | {"description": "Kanal"}]
    await wire.ok("deleteMyCommands", language_code="en")
    assert await wire.ok("getMyCommands", language_code="en") == []
    await wire.ok("setMyCommands", commands=[])
    assert await wire.ok("getMyCommands") == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"commands": "["}, "Bad Request: can't parse commands JSON object"),
        ({"commands": {}}, "Bad Request: expected an Array of BotCommand"),
        ({"commands": ["start"]}, "Bad Request: can't parse BotCommand: expected an Object"),
        (
            {"commands": [{"command": "start"}]},
            "Bad Request: can't parse BotCommand: Can't find field \"description\"",
        ),
        (
            {"commands": [START | {"command": {}}]},
            'Bad Request: can\'t parse BotCommand: Field "command" must be of type String',
        ),
        ({"commands": [START | {"command": "/"}]}, "Bad Request: command must be non-empty"),
        ({"commands": [START | {"command": "a" * 33}]}, "Bad Request: command length must not exceed 32"),
        ({"commands": [START | {"command": "Start"}]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [START | {"description": " "}]}, "Bad Request: command description must be non-empty"),
        (
            {"commands": [START | {"description": "x" * 257}]},
            "Bad Request: command description length must not exceed 256",
        ),
        ({"commands": [START] * 101}, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [START], "language_code": "indonesia"}, "Bad Request: invalid language code specified"),
        ({"commands": [START], "scope": "x"}, "Bad Request: can't parse BotCommandScope JSON object"),
        ({"scope": []}, "Bad Request: can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"scope": {}}, "Bad Request: can't parse BotCommandScope: Can't find field \"type\""),
        ({"scope": {"type": "x"}}, "Bad Request: can't parse BotCommandScope: Unsupported type specified"),
        (
            {"scope": {"type": "chat"}},
            "Bad Request: can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
        (
            {"scope": {"type": "chat", "chat_id": ""}},
            "Bad Request: can't parse BotCommandScope: Empty chat_id specified",
        ),
        (
            {"scope": {"type": "chat_member", "chat_id": 5, "user_id": 0}},
            "Bad Request: can't parse BotCommandScope: Invalid user_id specified",
        ),
        ({"scope": {"type": "chat", "chat_id": 5}}, "Bad Request: chat not found"),
    ],
)
async def test_faulty_commands_are_refused_in_telegrams_words(
    wire: Wire, arguments: dict[str, object], reason: str
) -> None:
    assert await wire.refused("setMyCommands", **arguments) == reason


@pytest.mark.parametrize(
    ("method", "field", "longest"),
    [
        ("MyName", "name", 64),
        ("MyDescription", "description", 512),
        ("MyShortDescription", "short_description", 120),
    ],
)
async def test_texts_of_the_profile_are_kept_by_language_and_cut(
    wire: Wire, method: str, field: str, longest: int
) -> None:
    await wire.ok(f"set{method}", **{field: "x" * (longest + 1)})
    await wire.ok(f"set{method}", **{field: "Kabar", "language_code": "id"})
    assert await wire.ok(f"get{method}") == {field: "x" * longest}
    assert await wire.ok(f"get{method}", language_code="id") == {field: "Kabar"}
    assert await wire.ok(f"get{method}", language_code="en") == {field: "x" * longest}
    await wire.ok(f"set{method}", language_code="id")
    assert await wire.ok(f"get{method}", language_code="id") == {field: "x" * longest}


async def test_a_new_name_shows_in_messages(wire: Wire, reader: Chat) -> None:
    await wire.ok("setMyName", name="Warta")
    message = await wire.message("sendMessage", chat_id=reader.id, text="x")
    assert message["from"] == {
        "id": 123456,
        "is_bot": True,
        "first_name": "Warta",
        "username": "kabar_demo_bot",
    }


async def test_the_menu_button_is_kept_for_all_and_for_one_chat(
    wire: Wire, reader: Chat, channel: Chat
) -> None:
    assert await wire.ok("getChatMenuButton") == {"type": "default"}
    await wire.ok("setChatMenuButton", menu_button={"type": "commands"})
    app = {"type": "web_app", "text": "Buka", "web_app": {"url": "https://contoh.id"}}
    await wire.ok("setChatMenuButton", chat_id=reader.id, menu_button=app)
    assert await wire.ok("getChatMenuButton") == {"type": "commands"}
    assert await wire.ok("getChatMenuButton", chat_id=reader.id) == app
    assert await wire.ok("getChatMenuButton", chat_id=channel.id) == {"type": "commands"}
    reason = await wire.refused("setChatMenuButton", chat_id=channel.id)
    assert reason == "Bad Request: chat must be a private chat"
    reason = await wire.refused("setChatMenuButton", menu_button={"type": "x"})
    assert reason == "Bad Request: can't parse menu button: MenuButton has unsupported type"


async def test_a_bot_of_its_own_name_can_be_made() -> None:
    simulator = Simulator(tokens=frozenset({TOKEN}), bot_name="Warta", bot_username="warta_bot")
    bot = simulator.bot_of(TOKEN)
    assert bot is not None
    assert (bot.user.first_name, bot.user.username) == ("Warta", "warta_bot")
    assert simulator.bot_of("999:unknown") is None
