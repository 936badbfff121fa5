"""Looking things up in the archive, through the local Telegram over HTTP, in both languages."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.article import Analysis, Article, Block, BlockKind, Quotation
from bot.render.languages import Languages
from bot.render.sections import readable
from bot.samples import samples
from bot.simulator.actors import Actor, Telegram
from tests.fakes.newsroom import World, world
from tests.fakes.updates import press_made_up, reply

pytestmark = pytest.mark.usefixtures("at_any_pace")

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    """A running bot with four articles in its archive."""
    async with world(tmp_path, telegram) as running:
        for sample in samples()[:4]:
            await running.takes(sample, announce=False)
        yield running


@pytest.fixture(params=["id", "en"])
def guest(room: World, request: pytest.FixtureRequest) -> Actor:
    """A reader whose Telegram speaks Indonesian, then one whose Telegram speaks English."""
    return room.telegram.user("Robin", language=request.param)


def language_of(actor: Actor) -> str:
    return str(actor.telegram.simulator.users[actor.chat_id].language_code)


def told(actor: Actor, msgid: str, **values: object) -> str:
    return Languages().gettext(language_of(actor), msgid) % values


# Sections


@pytest.mark.parametrize("command", ["/topik zona-sport", "/topics  ZONA  Sport", "/topik {}"])
async def test_a_section_that_is_named_is_opened(guest: Actor, command: str) -> None:
    name = told(guest, readable("zona-sport"))
    await guest.send(command.format(name.lower()))
    listed = await guest.expect(name)
    assert "\n1. " in listed.text


@pytest.mark.parametrize("command", ["/topik", "/topics"])
async def test_every_section_is_a_button_that_lists_its_stories(guest: Actor, command: str) -> None:
    await guest.send(command)
    sections = await guest.expect(told(guest, "Which section would you like to read?"))
    name = told(guest, readable("zona-sport"))
    await sections.click(name)
    listed = await guest.expect(name, edited=True)
    sport = samples()[2]
    title = next(line for line in listed.text.splitlines() if line.startswith("1. "))
    await listed.click("1")
    opened = await guest.expect(title.removeprefix("1. "))
    assert sport.name.split(".")[1] == "zona-sport"
    assert opened.message["message_id"] != listed.message["message_id"]
    await listed.click(told(guest, "‹ All sections"))
    await guest.expect(told(guest, "Which section would you like to read?"), edited=True)


async def test_sections_of_an_empty_archive_are_none(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as empty:
        await empty.reader.send("/topik")
        await empty.reader.expect("Belum ada berita")


async def test_a_deep_link_opens_a_section(guest: Actor) -> None:
    await guest.send("/start t_megapolitan")
    await guest.expect(told(guest, readable("megapolitan")))
    await guest.send("/start t_tidak-ada")
    await guest.expect("/terbaru" if language_of(guest) == "id" else "/latest")


# What a person said


@pytest.mark.parametrize("name", ["Sastrowilis", "pandega", "Pandega Sastrowilis", "SASTROWILIS, Pandega!"])
async def test_a_person_is_found_by_surname_first_name_and_full_name(guest: Actor, name: str) -> None:
    await guest.send(f"/kutipan {name}")
    said = await guest.expect("Dulu biji basah")
    assert said.text.count("Pandega Sastrowilis — ") == 3
    assert "Ratmini" not in said.text
    assert "Panen Kakao Candramala Naik" in said.text


async def test_what_was_said_is_numbered_and_each_number_opens_one_quotation(guest: Actor) -> None:
    await guest.send("/quotes Sastrowilis")
    said = await guest.expect("Dulu biji basah")
    await said.click("2")
    one = await guest.expect("Kami tidak pakai sulap")
    assert "Dulu biji basah" not in one.text
    assert one.message["message_id"] != said.message["message_id"]
    await one.click(told(guest, "The story"))
    await guest.expect("Panen Kakao")
    await one.click(told(guest, "More from %(name)s", name="Pandega Sastrowilis"))
    await guest.expect("Dulu biji basah", edited=True)


async def test_more_than_a_page_of_quotations_is_turned_in_place(room: World, guest: Actor) -> None:
    article = Article("Kata Kepala Desa", NOW, (Block(BlockKind.PARAGRAPH, "Ia berbicara di balai desa."),))
    said = tuple(
        Quotation(f"Ini perkataan nomor {number}.", "Sekar Panuluh", "Kepala Desa", "kata", 0)
        for number in range(1, 10)
    )
    await room.bot.house.archive.store(article, Analysis((), said, ()), now=NOW)
    await guest.send("/kutipan panuluh")
    first = await guest.expect("perkataan nomor 6.")
    await first.click(told(guest, "Next ›"))
    second = await guest.expect("9. Sekar Panuluh", edited=True)
    assert second.message["message_id"] == first.message["message_id"]
    assert "perkataan nomor 6." not in second.text
    await second.click(told(guest, "‹ Previous"))
    await guest.expect("1. Sekar Panuluh", edited=True)
    await press_made_up(guest, "q:99:panuluh", second)
    assert await guest.expect_notice() == told(guest, "This is no longer available.")


async def test_a_name_that_nobody_bears_gets_a_hint(guest: Actor) -> None:
    await guest.send("/kutipan Gunawangsa <b>")
    answer = await guest.expect("Gunawangsa <b>")
    assert told(guest, "search") in answer.text


async def test_a_deep_link_opens_one_quotation(guest: Actor) -> None:
    await guest.send("/start k_1_1_0")
    one = await guest.expect("Dulu biji basah")
    assert [button for button in one.buttons if "🖼" in button["text"]]
    await guest.send("/start k_1_1_99")
    await guest.expect("/terbaru" if language_of(guest) == "id" else "/latest")


async def test_the_latest_storys_quotations_lead_to_each_by_itself(guest: Actor) -> None:
    await guest.send("/kutipan")
    page = await guest.expect("Oriel Tamask")
    await page.click("💬 3")
    await guest.expect("Yang susah menjaganya")


# Search with filters


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("dari:2026-04", "Trem Air", "Panen Kakao"),
        ("sampai:2026-03", "Panen Kakao", "Trem Air"),
        ("from:2026-04-01 until:2026-04-01", "Trem Air", "Badai Selatan"),
        ("kata:bramantyo", "Badai Selatan", "Trem Air"),
        ('said:"bramantyo kuncoroseto" dari:2026', "Badai Selatan", "Trem Air"),
        ("kanal kata:rengganis sampai:2026", "Trem Air", "Badai Selatan"),
    ],
)
async def test_a_search_can_be_narrowed(guest: Actor, query: str, found: str, missing: str) -> None:
    await guest.send(f"/cari {query}")
    results = await guest.expect(found)
    assert missing not in results.text


@pytest.mark.parametrize(
    ("query", "faulty"),
    [
        ("dari:kemarin beras", "dari:kemarin"),
        ("beras sampai:2026-13", "sampai:2026-13"),
        ("dari:2026-02-30", "dari:2026-02-30"),
        ("dari:2026-04 sampai:2026-03", "sampai:2026-03” "),
        ("beras kata:", "kata:"),
    ],
)
async def test_a_filter_that_cannot_be_read_is_named_with_what_can_be_written(
    guest: Actor, query: str, faulty: str
) -> None:
    await guest.send(f"/search {query}")
    answer = await guest.expect(f"“{faulty}")
    assert told(guest, "from:2023-09") in answer.text
    assert told(guest, "said:wening") in answer.text


async def test_a_narrowed_search_that_finds_nothing_says_so(guest: Actor) -> None:
    await guest.send("/cari kanal kata:bramantyo")
    await guest.expect("“kanal kata:bramantyo”")


# How a story developed


@pytest.mark.parametrize("command", ["/cerita", "/story"])
async def test_a_story_is_told_from_its_beginning(tmp_path: Path, telegram: Telegram, command: str) -> None:
    async with world(tmp_path, telegram) as room:
        told = [one for one in samples() if one.name.startswith(("1013.", "1014."))]
        for sample in told:
            await room.takes(sample, announce=False)
        await room.reader.send(command)
        timeline = await room.reader.expect("Perkembangan berita")
        assert timeline.text.index("1. ") < timeline.text.index("2. ")
        assert timeline.text.index("Tanggul Sungai Sagara Jebol") < timeline.text.index("Karung Pasir")
        await timeline.click("1")
        await room.reader.expect("Tanggul Sungai Sagara Jebol")


async def test_a_story_is_found_by_words_and_told_by_its_button(guest: Actor) -> None:
    await guest.send("/cerita trem air")
    alone = await guest.expect(told(guest, "There is no other story about this yet."))
    assert "Trem Air" in alone.text
    await guest.send("/story zzz")
    await guest.expect("zzz")
    await guest.send("/terbaru")
    story = await guest.expect("Karvania")
    await story.click(told(guest, "Timeline"))
    await guest.expect(told(guest, "How the story developed"), edited=True)


# Bookmarks


async def test_a_story_is_saved_by_its_button_listed_and_taken_out_again(guest: Actor) -> None:
    await guest.send("/simpanan")
    await guest.expect(told(guest, "🔖 Save"))
    await guest.send("/terbaru")
    story = await guest.expect("Karvania")
    await story.click(told(guest, "🔖 Save"))
    assert await guest.expect_notice() == told(
        guest, "Saved. You find it with /saved; press again to take it out."
    )
    await guest.send("/saved")
    kept = await guest.expect("1. Karvania")
    await kept.click("1")
    again = await guest.expect("Karvania")
    await again.click(told(guest, "🔖 Save"))
    assert await guest.expect_notice() == told(guest, "Taken out of what you saved.")
    await guest.send("/simpanan")
    assert "1. " not in (await guest.expect(told(guest, "What you saved"))).text


async def test_answering_a_story_with_the_command_saves_it(room: World, guest: Actor) -> None:
    await guest.send("/terbaru")
    story = await guest.expect("Karvania")
    for _ in range(2):
        await reply(guest, "/simpan", story)
        await guest.expect(told(guest, "Saved. You find it with /saved; press again to take it out."))
    found = await room.bot.house.readership.kept(guest.chat_id, limit=5)
    assert [headline.id for headline in found.items] == [4]


@pytest.mark.parametrize("command", ["/simpan", "/save"])
async def test_the_command_without_a_story_says_how_to_save(guest: Actor, command: str) -> None:
    await guest.send(command)
    await guest.expect("/simpan" if language_of(guest) == "id" else "/save")
    await guest.send("/help")
    help_ = await guest.expect("/help")
    await reply(guest, command, help_)
    await guest.expect("/simpan" if language_of(guest) == "id" else "/save")


async def test_what_somebody_saved_is_not_shown_in_a_group(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    await group.send("/simpanan")
    await group.expect("hanya ditunjukkan kepada Anda")


async def test_bookmarks_are_turned_in_place_and_end(room: World) -> None:
    for sample in samples()[4:12]:
        await room.takes(sample, announce=False)
    now = room.bot.house.intake._now()
    for number in range(1, 11):
        await room.bot.house.readership.keep(room.reader.chat_id, number, now=now)
    await room.reader.send("/simpanan")
    first = await room.reader.expect("8. ")
    await first.click("Berikutnya")
    second = await room.reader.expect("10. ", edited=True)
    assert second.message["message_id"] == first.message["message_id"]
    assert not [button for button in second.buttons if "Berikutnya" in button["text"]]
    await press_made_up(room.reader, "s:9999", second)
    await room.reader.expect("masih kosong", edited=True)


# What is read most


async def test_what_was_opened_most_stands_first(guest: Actor) -> None:
    await guest.send("/populer")
    await guest.expect(told(guest, "Nothing was opened often enough yet. The newest story: /latest"))
    for number in (2, 3, 3):
        await guest.send(f"/start a_{number}")
        await guest.expect("WIB")
    await guest.send("/popular")
    listed = await guest.expect("1. ")
    assert "1. Tekuk Badai Selatan" in listed.text
    assert "2. Trem Air" in listed.text


# Deep links of campaigns


async def test_a_campaign_is_counted_without_a_name_and_welcomes_like_any_start(room: World) -> None:
    for name in ("Sekar", "Robin"):
        guest = room.telegram.user(name)
        await guest.send("/start c_radio-2026")
        await guest.expect("Selamat datang")
    ((day, campaign, count),) = await room.bot.house.readership.campaigns()
    assert (campaign, count) == ("radio-2026", 2)
    assert day.year >= 2026


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_deep_link_opens_what_it_names_and_subscribes_nobody(room: World, language: str) -> None:
    known = await room.bot.house.archive.by_id(2)
    assert known is not None
    said = known.analysis.said[0].text
    for payload, shown in (
        ("a_2", known.article.title),
        ("f_2", known.article.title),
        ("q_2", said[:40]),
        ("k_2_1_0", said[:40]),
        ("t_megapolitan", known.article.title[:20]),
        ("a_999", "/terbaru" if language == "id" else "/latest"),
    ):
        guest = room.telegram.user("Tamu", language=language)
        await guest.send(f"/start {payload}")
        assert shown in (await guest.expect("")).text, payload
        assert await room.bot.house.subscribers.get(guest.chat_id) is None


async def test_a_payload_that_means_nothing_welcomes(room: World) -> None:
    await room.reader.send("/start c_<nama>")
    await room.reader.expect("Selamat datang")
    assert await room.bot.house.readership.campaigns() == []


# The command menu


async def test_the_command_menu_follows_the_readers_language(room: World) -> None:
    await room.reader.send("/bahasa")
    await (await room.reader.expect("")).click("English")
    await room.reader.expect("", edited=True)
    called = await room.telegram.until(
        lambda event: (
            event.kind == "call"
            and event.data["method"] == "setMyCommands"
            and str(room.reader.chat_id) in str(event.data["request"])
        ),
        what="a menu of the reader's own",
    )
    assert "latest" in str(called.data["request"])
    assert "terbaru" not in str(called.data["request"])
