"""The fixture `telegram` and its actors, as a test of anybody's bot uses them."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest

import bot.simulator
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.simulator import Simulator
from tests.simulator.conftest import TOKEN, Wire

pytest_plugins = ["pytester"]


@pytest.fixture
async def wire(telegram: Telegram) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession(telegram.address) as session:
        wire = Wire(session)
        await wire.ok("getMe")
        yield wire


KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Kutipan (2)", "callback_data": "k:1"}, {"text": "Situs", "url": "https://contoh.example/"}]
    ]
}


async def test_a_conversation_with_a_button_and_an_edit(telegram: Telegram, wire: Wire) -> None:
    reader = telegram.user("Sekar", language="en")
    await reader.send("/terbaru")
    (update,) = await wire.updates(timeout=5)
    assert update["message"]["text"] == "/terbaru"  # type: ignore[index]
    assert update["message"]["from"]["language_code"] == "en"  # type: ignore[index]
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="Berita terbaru", reply_markup=KEYBOARD)
    answer = await reader.expect("terbaru")
    assert [button["text"] for button in answer.buttons] == ["Kutipan (2)", "Situs"]
    await answer.click("Kutipan")
    pressed = (await wire.updates(offset=-1, timeout=5))[0]["callback_query"]
    assert isinstance(pressed, dict)
    await wire.ok("answerCallbackQuery", callback_query_id=pressed["id"], text="Baik")
    where = {"chat_id": reader.chat_id, "message_id": answer.message["message_id"]}
    await wire.ok("editMessageText", **where, text="Dua kutipan")
    assert (await reader.expect("kutipan", edited=True)).text == "Dua kutipan"
    assert await reader.expect_notice() == "Baik"
    assert [message["text"] for message in reader.received()] == ["Berita terbaru"]


async def test_each_message_is_given_out_once_and_in_any_order_asked_for(
    telegram: Telegram, wire: Wire
) -> None:
    reader = telegram.user("Sekar", started=True)
    for text in ("a", "b", "a"):
        await wire.ok("sendMessage", chat_id=reader.chat_id, text=text)
    assert (await reader.expect("b")).text == "b"
    first, second = await reader.expect("a"), await reader.expect("a")
    assert first.message["message_id"] < second.message["message_id"]
    with pytest.raises(AssertionError, match=r"'a' in the chat of Sekar did not come within 0\.05 s"):
        await reader.expect("a", within=0.05)


async def test_what_came_before_the_last_act_is_not_an_answer_to_it(telegram: Telegram, wire: Wire) -> None:
    reader = telegram.user("Sekar", started=True)
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="lama")
    await reader.send("/start")
    with pytest.raises(AssertionError):
        await reader.expect(within=0.05)
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="baru")
    assert (await reader.expect()).text == "baru"


async def test_a_timeout_says_what_did_come(telegram: Telegram, wire: Wire) -> None:
    reader, other = telegram.user("Sekar"), telegram.user("Bima", started=True)
    await reader.send("/start")
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="Halo", reply_markup=KEYBOARD)
    await wire.refused("sendMessage", chat_id=reader.chat_id, text="<b>Selamat", parse_mode="HTML")
    await wire.ok("sendMessage", chat_id=other.chat_id, text="Selamat datang")
    with pytest.raises(AssertionError) as failure:
        await reader.expect("Selamat", within=0.05)
    said = str(failure.value)
    assert "a message with 'Selamat' in the chat of Sekar did not come within 0.05 s" in said
    assert f"chat {reader.chat_id}: Sekar wrote '/start'" in said
    assert "the bot wrote 'Halo' [Kutipan (2)] [Situs]" in said
    assert "sendMessage was refused" in said
    assert "can't parse entities" in said
    assert f"chat {other.chat_id}: the bot wrote 'Selamat datang'" in said


async def test_a_timeout_without_anything_says_whether_a_bot_is_there(telegram: Telegram) -> None:
    reader = telegram.user("Sekar")
    with pytest.raises(AssertionError, match="no bot has ever called"):
        await reader.expect(within=0.05)


async def test_nothing_is_written_before_a_bot_is_there_to_receive_it(telegram: Telegram) -> None:
    reader = telegram.user("Sekar")
    writing = asyncio.create_task(reader.send("/start"))
    async with aiohttp.ClientSession(telegram.address) as session:
        (update,) = await Wire(session).updates(timeout=5)
        assert update["message"] == await writing
    with Telegram(patience=0.05) as empty, pytest.raises(AssertionError, match="a bot's first call to http"):
        await empty.user("Bima").send("/start")


async def test_a_button_that_is_not_there_is_named_with_those_that_are(
    telegram: Telegram, wire: Wire
) -> None:
    reader = telegram.user("Sekar", started=True)
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="Halo", reply_markup=KEYBOARD)
    answer = await reader.expect()
    with pytest.raises(AssertionError, match=r"no button 'Lengkap'; there are: 'Kutipan \(2\)', 'Situs'"):
        await answer.click("Lengkap")
    with pytest.raises(AssertionError, match="a click on 'Situs' tells the bot nothing"):
        await answer.click("Situs")


async def test_channels_groups_and_who_writes_there(telegram: Telegram, wire: Wire) -> None:
    sekar, bima = telegram.user("Sekar"), telegram.user("Bima")
    group, channel = telegram.group("Warga"), telegram.channel("Kabar", "kabar_contoh")
    await group.send("/start", by=bima)
    (update,) = await wire.updates(timeout=5)
    assert update["message"]["from"]["id"] == bima.chat_id  # type: ignore[index]
    assert sekar.chat_id != bima.chat_id
    await wire.ok("sendMessage", chat_id="@kabar_contoh", text="Berita")
    assert (await channel.expect("Berita")).message["chat"]["id"] == channel.chat_id
    await wire.ok("sendMessage", chat_id=group.chat_id, text="Halo")
    await group.expect("Halo")


async def test_a_reader_of_a_group_replies_and_clicks(telegram: Telegram, wire: Wire) -> None:
    telegram.user("Sekar")
    bima, group = telegram.user("Bima"), telegram.group("Warga")
    await wire.ok("sendMessage", chat_id=group.chat_id, text="Dari mana?", reply_markup=KEYBOARD)
    asked = await group.expect("Dari mana")
    answer = await asked.reply("Kenari", by=bima)
    assert answer["reply_to_message"]["message_id"] == asked.message["message_id"]
    assert answer["from"]["id"] == bima.chat_id
    assert (await wire.updates(timeout=5))[0]["message"] == answer
    await asked.click("Kutipan", by=bima)
    pressed = (await wire.updates(offset=-1, timeout=5))[0]["callback_query"]
    assert pressed["from"]["id"] == bima.chat_id  # type: ignore[index]


async def test_what_botfather_settles_holds_for_bots_that_are_there_and_that_come(
    telegram: Telegram, wire: Wire
) -> None:
    telegram.botfather(inline=True, privacy=False)
    me = await wire.ok("getMe")
    async with aiohttp.ClientSession(telegram.address) as session:
        other = await (await session.get("/bot77:abc/getMe")).json()
    for shown in (me, other["result"]):
        assert shown["supports_inline_queries"] is True  # type: ignore[index]
        assert shown["can_read_all_group_messages"] is True  # type: ignore[index]
        assert shown["can_join_groups"] is True  # type: ignore[index]


async def test_a_reader_blocks_the_bot_and_lets_it_back_in(telegram: Telegram, wire: Wire) -> None:
    reader = telegram.user("Sekar", started=True)
    await reader.block()
    assert "blocked" in await wire.refused("sendMessage", chat_id=reader.chat_id, text="x")
    await reader.unblock()
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="x")


async def test_faults_are_ordered_from_a_test(telegram: Telegram, wire: Wire) -> None:
    reader = telegram.user("Sekar", started=True)
    telegram.fault(Fault(FaultKind.SERVER_ERROR, count=1))
    assert await wire.refused("sendMessage", chat_id=reader.chat_id, text="x") == "Bad Gateway"
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="x")
    assert (await telegram.called("sendMessage"))["status"] == 502


async def test_people_act_while_others_wait(telegram: Telegram, wire: Wire) -> None:
    reader = telegram.user("Sekar", started=True)
    waiting = asyncio.create_task(reader.expect("Halo"))
    await asyncio.sleep(0)
    await wire.ok("sendMessage", chat_id=reader.chat_id, text="Halo")
    assert (await waiting).text == "Halo"


def test_the_same_telegram_can_be_served_again() -> None:
    simulator = Simulator()
    with Telegram(simulator) as first:
        first.user("Sekar")
    with Telegram(simulator) as second:
        assert len(second.simulator.chats) == 1


def test_a_telegram_that_is_not_served_says_so() -> None:
    with pytest.raises(RuntimeError, match="with block"):
        Telegram().user("Sekar")


def test_a_run_of_pytest_that_wants_no_telegram_loads_none() -> None:
    loaded = "import sys, bot.simulator.pytest_plugin; print('aiohttp' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


def test_the_package_gives_what_it_says_it_has() -> None:
    assert all(hasattr(bot.simulator, name) for name in bot.simulator.__all__)
    assert not hasattr(bot.simulator, "Telegraph")


def test_the_fixture_serves_bots_of_any_make(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makepyfile(
        f"""
        import json, urllib.request

        def test_a_bot_without_asyncio(telegram):
            with urllib.request.urlopen(telegram.address + "/bot{TOKEN}/getMe") as answer:
                assert json.load(answer)["result"]["is_bot"]
        """
    )
    pytester.runpytest_inprocess("-p", "bot.simulator.pytest_plugin").assert_outcomes(passed=1)
