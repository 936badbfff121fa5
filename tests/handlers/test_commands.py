"""What a reader writes and what comes back, through the local Telegram over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.render.languages import Languages
from bot.render.sections import readable
from bot.samples import samples
from bot.simulator.actors import Telegram
from handlers.commands import COMMANDS
from tests.fakes.newsroom import World, world

pytestmark = pytest.mark.usefixtures("at_any_pace")


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    """A running bot with three articles in its archive."""
    async with world(tmp_path, telegram) as running:
        for sample in samples()[:3]:
            await running.takes(sample, announce=False)
        yield running


async def test_start_subscribes_and_says_what_will_come(room: World) -> None:
    await room.reader.send("/start")
    welcome = await room.reader.expect("Selamat datang, Sekar")
    assert "/terbaru" in welcome.text
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert known.active
    assert known.language == "id"


@pytest.mark.parametrize("command", ["/terbaru", "/latest"])
async def test_the_latest_story_comes_in_both_tongues_commands(room: World, command: str) -> None:
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    await room.reader.send(command)
    story = await room.reader.expect(newest.article.title)
    assert newest.analysis.summary[0] in story.text


async def test_older_and_newer_turn_the_same_message(room: World) -> None:
    await room.reader.send("/terbaru")
    newest = await room.reader.expect("")
    assert not [button for button in newest.buttons if "Lebih baru" in button["text"]]
    await newest.click("Lebih lama")
    older = await room.reader.expect("", edited=True)
    assert older.message["message_id"] == newest.message["message_id"]
    assert older.text != newest.text
    await older.click("Lebih baru")
    again = await room.reader.expect("", edited=True)
    assert again.text == newest.text


async def test_the_button_for_quotations_edits_the_message_and_leads_back(room: World) -> None:
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    await room.reader.send("/terbaru")
    story = await room.reader.expect(newest.article.title)
    await story.click("Kutipan")
    quotations = await room.reader.expect(newest.analysis.quotations[0].text[:40], edited=True)
    assert quotations.message["message_id"] == story.message["message_id"]
    await quotations.click("Ringkasan")
    back = await room.reader.expect(newest.analysis.summary[0][:40], edited=True)
    assert back.text == story.text


async def test_the_full_story_holds_every_paragraph_of_a_short_one(room: World) -> None:
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    await room.reader.send("/terbaru")
    await (await room.reader.expect(newest.article.title)).click("Baca lengkap")
    full = await room.reader.expect(newest.article.paragraphs[0][:40], edited=True)
    assert all(paragraph in full.text for paragraph in newest.article.paragraphs)


async def test_quotations_can_be_asked_for(room: World) -> None:
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    await room.reader.send("/kutipan")
    shown = await room.reader.expect(newest.article.title)
    assert all(quotation.text in shown.text for quotation in newest.analysis.quotations)


async def test_search_lists_what_it_finds_with_a_button_for_each(room: World) -> None:
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    await room.reader.send(f"/cari {newest.article.title}")
    results = await room.reader.expect(newest.article.title)
    await results.click("1")
    opened = await room.reader.expect(newest.analysis.summary[0][:40])
    assert opened.message["message_id"] != results.message["message_id"]


@pytest.mark.parametrize(
    "query",
    [
        "12/9",
        "C++",
        "\"kutipan\" 'tunggal'",
        "AND OR NOT NEAR(",
        "*",
        "-",
        "🗞️",
        "x" * 1000,
        "<b>&amp;",
        "a\0b",
    ],
)
async def test_any_query_gets_a_helpful_answer(room: World, query: str) -> None:
    await room.reader.send(f"/cari {query}")
    assert (await room.reader.expect("")).text


async def test_a_search_without_words_says_how_to_search(room: World) -> None:
    await room.reader.send("/cari")
    assert "/cari" in (await room.reader.expect("Apa yang Anda cari")).text


async def test_an_unknown_command_points_to_help(room: World) -> None:
    await room.reader.send("/cuaca")
    assert "/help" in (await room.reader.expect("")).text


async def test_free_text_offers_to_search_for_it(room: World) -> None:
    title = samples()[0].name.split(".")[2].split("-")[0]
    await room.reader.send(title)
    offer = await room.reader.expect("/cari")
    await offer.click("Cari")
    await room.reader.expect(title, edited=True)


async def test_help_names_every_command_in_the_readers_language(room: World) -> None:
    await room.reader.send("/help")
    text = (await room.reader.expect("/terbaru")).text
    assert all(f"/{command.names[0]}" in text for command in COMMANDS)
    await room.reader.send("/bahasa")
    await (await room.reader.expect("")).click("English")
    await room.reader.expect("", edited=True)
    await room.reader.send("/help")
    text = (await room.reader.expect("/latest")).text
    assert all(f"/{command.names[-1]}" in text for command in COMMANDS)


async def test_privacy_is_answered(room: World) -> None:
    await room.reader.send("/privacy")
    await room.reader.expect("Data Anda")


async def test_settings_are_one_message_whose_buttons_edit_it(room: World) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    await room.reader.send("/langganan")
    shown = await room.reader.expect("Langganan Anda")
    await shown.click("Matikan suara")
    silent = await room.reader.expect("tanpa suara", edited=True)
    assert silent.message["message_id"] == shown.message["message_id"]
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert known.silent
    sections = await room.bot.house.archive.sections()
    await silent.click("Rubrik")
    topics = await room.reader.expect("Rubrik", edited=True)
    await topics.click(Languages().gettext("id", readable(sections[0])))
    chosen = await room.reader.expect("Rubrik", edited=True)
    assert chosen.button(f"✓ {Languages().gettext('id', readable(sections[0]))}")
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert known.sections == {sections[0]}


async def test_settings_of_a_stranger_do_not_subscribe_them(room: World) -> None:
    await room.reader.send("/langganan")
    await room.reader.expect("tidak menerima berita")
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is None or not known.subscribed


async def test_stopping_keeps_the_settings_for_a_return(room: World) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    await room.bot.house.subscribers.set_silent(room.reader.chat_id, True)
    await room.reader.send("/berhenti")
    stopped = await room.reader.expect("tidak akan menerima")
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert not known.subscribed
    await stopped.click("Mulai berlangganan")
    await room.reader.expect("", edited=True)
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert known.subscribed
    assert known.silent


async def test_a_deep_link_opens_its_article_without_subscribing(room: World) -> None:
    article = await room.bot.house.archive.by_id(2)
    assert article is not None
    await room.reader.send("/start a_2")
    await room.reader.expect(article.article.title)
    assert await room.bot.house.subscribers.get(room.reader.chat_id) is None


async def test_a_deep_link_to_nothing_says_so(room: World) -> None:
    await room.reader.send("/start a_999999")
    await room.reader.expect("/terbaru")


async def test_an_empty_archive_says_so(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as empty:
        await empty.reader.send("/terbaru")
        await empty.reader.expect("Belum ada berita")
        await empty.reader.send("/kutipan")
        await empty.reader.expect("Belum ada berita")


async def test_a_reader_who_blocks_the_bot_is_paused_and_resumes_with_the_settings_kept(room: World) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    await room.bot.house.subscribers.set_language(room.reader.chat_id, "en")
    await room.reader.block()
    await room.takes(samples()[4])
    await room.channel.expect("")
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert known.subscribed
    assert not known.reachable
    await room.reader.unblock()
    await room.reader.send("/start")
    await room.reader.expect("Welcome")
    known = await room.bot.house.subscribers.get(room.reader.chat_id)
    assert known is not None
    assert known.active
    assert known.language == "en"


async def test_an_english_reader_is_spoken_to_in_english(room: World) -> None:
    guest = room.telegram.user("Robin", language="en")
    await guest.send("/start")
    await guest.expect("Welcome, Robin")


async def test_the_command_menu_is_set_for_every_language(room: World) -> None:
    bots = room.telegram.simulator.bots
    menus = {language: commands for bot in bots.values() for (_, language), commands in bot.commands.items()}
    assert {"", "id", "en"} <= menus.keys()
    assert menus["id"][0]["command"] == "terbaru"
    assert menus["en"][0]["command"] == "latest"
    assert menus[""] == menus["id"]
