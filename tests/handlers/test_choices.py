"""What a reader chooses, button by button and in words, through the local Telegram over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app.house import wall_clock
from bot.core.audience import Subscriber
from bot.core.preferences import Preferences, Quiet, newcomer
from bot.samples import samples
from bot.simulator.actors import Actor, Answer, Telegram
from bot.simulator.community import FULL_ADMINISTRATOR
from bot.simulator.membership import set_member
from tests.fakes.newsroom import World, world
from tests.fakes.updates import press_made_up

pytestmark = pytest.mark.usefixtures("at_any_pace")


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    """A running bot as it comes, with three articles in its archive."""
    async with world(tmp_path, telegram, newcomers="digest") as running:
        for sample in samples()[:3]:
            await running.takes(sample, announce=False)
        yield running


async def _known(room: World, actor: Actor | None = None) -> Subscriber:
    found = await room.bot.house.subscribers.get((actor or room.reader).chat_id)
    assert found is not None
    return found


async def _wants(room: World, actor: Actor | None = None) -> Preferences:
    return (await _known(room, actor)).preferences


async def _settings(actor: Actor) -> Answer:
    spoken = "Langganan Anda" if actor.name != "Robin" else "Your settings"
    await actor.send("/langganan")
    return await actor.expect(spoken)


async def _press(answer: Answer, *labels: str) -> Answer:
    for label in labels:
        await answer.click(label)
        answer = await answer.actor.expect("", edited=True)
    return answer


# The first minute


async def test_start_asks_two_things_and_shows_the_latest_story_at_once(room: World) -> None:
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    await room.reader.send("/start")
    first = await room.reader.expect("Selamat datang, Sekar")
    await room.reader.expect(newest.article.title)
    assert await _wants(room) == newcomer("Asia/Jakarta")
    labels = [button["text"] for button in first.buttons]
    assert labels[:3] == ["✓ Berita penting seketika", "✓ Berita pilihan harian", "Setiap berita langsung"]
    noon = await _press(first, "12.00")
    assert noon.button("✓ 12.00")
    assert (await _wants(room)).digest_at == 720
    topics = await _press(noon, "Lanjut: rubrik")
    assert "Rubrik mana" in topics.text
    chosen = await _press(topics, "Olahraga")
    assert (await _known(room)).sections == {"zona-sport"}
    done = await _press(chosen, "Selesai")
    assert "berita penting, paling banyak 3 sehari" in done.text
    assert "berita pilihan pukul 12.00 WIB" in done.text
    assert "Rubrik: Olahraga" in done.text
    assert done.message["message_id"] == first.message["message_id"]
    assert "startgroup" in done.button("Tambahkan ke grup")["url"]
    assert "Langganan Anda" in (await _press(done, "Semua pengaturan")).text


async def test_the_first_minute_in_english(room: World) -> None:
    guest = room.telegram.user("Robin", language="en")
    await guest.send("/start")
    first = await guest.expect("Welcome, Robin!")
    every = await _press(first, "Every story at once")
    assert every.button("✓ Every story at once")
    none = await _press(every, "One digest a day", "Breaking news")
    assert not [button for button in none.buttons if "07:00" in button["text"]], "no digest, no hour"
    done = await _press(none, "Next: sections", "Sports", "All sections", "Done")
    assert "• every story at once" in done.text
    assert "Sections: all of them" in done.text
    wants = await _wants(room, guest)
    assert (wants.every_article, wants.breaking, wants.digest) == (True, False, False)


async def test_an_empty_archive_has_no_story_to_show(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as empty:
        await empty.reader.send("/start")
        await empty.reader.expect("Selamat datang")
        await empty.reader.send("/help")
        await empty.reader.expect("/terbaru")
        assert len(empty.reader.received()) == 2


async def test_in_a_group_its_administrator_is_asked_and_others_change_nothing(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    await group.send("/start@kabar_demo_bot 1")
    await group.expect("hanya admin")
    admin = room.telegram.user("Rara")
    _make_admin(room, group, admin)
    await group.send("/start@kabar_demo_bot 1", by=admin)
    first = await group.expect("Apa yang boleh kami kirimkan")
    await first.click("Setiap berita langsung", by=room.reader)
    assert "hanya admin" in await group.expect_notice()
    assert not (await _wants(room, group)).every_article
    await first.click("Setiap berita langsung", by=admin)
    await group.expect("", edited=True)
    assert (await _wants(room, group)).every_article
    assert await room.bot.house.subscribers.get(admin.chat_id) is None


def _make_admin(room: World, group: Actor, person: Actor) -> None:
    simulator = room.telegram.simulator

    def promote() -> None:
        user = simulator.users[person.chat_id]
        set_member(simulator, simulator.chats[group.chat_id], user, FULL_ADMINISTRATOR, user)

    room.telegram.do(promote)


# The settings, page by page


@pytest.mark.parametrize(
    ("page", "label", "field", "value"),
    [
        ("Isi kiriman", "Berita penting seketika", "breaking", False),
        ("Isi kiriman", "Setiap berita langsung", "every_article", True),
        ("Isi kiriman", "5 sehari", "cap", 5),
        ("Isi kiriman", "Semua", "cap", None),
        ("Isi kiriman", "Perkembangan di hari yang sama", "follow_ups", True),
        ("Berita pilihan", "18.30", "digest_at", 1110),
        ("Berita pilihan", "Senin–Jumat", "weekdays", True),
        ("Berita pilihan", "Berita pilihan harian", "digest", False),
        ("Jam tenang", "22–6", "quiet", Quiet(1320, 360)),
        ("Jam tenang", "Berita penting boleh masuk", "breaking_passes", False),
        ("Zona waktu", "WITA", "zone", "Asia/Makassar"),
    ],
)
async def test_every_switch_is_two_taps_away_and_the_message_stays_one(
    room: World, page: str, label: str, field: str, value: object
) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    main = await _settings(room.reader)
    changed = await _press(main, page, label)
    assert getattr(await _wants(room), field) == value
    assert changed.message["message_id"] == main.message["message_id"]
    back = await _press(changed, "‹ Pengaturan")
    assert "Langganan Anda" in back.text


async def test_what_was_switched_is_switched_back(room: World) -> None:
    main = await _settings(room.reader)
    page = await _press(main, "Jam tenang", "21–5", "Tanpa jam tenang", "‹ Pengaturan")
    page = await _press(page, "Berita pilihan", "Senin–Jumat", "Setiap hari", "‹ Pengaturan")
    page = await _press(page, "Matikan suara", "Nyalakan suara", "Mulai berlangganan", "Berhenti")
    assert "tidak menerima berita" in page.text
    assert await _wants(room) == newcomer("Asia/Jakarta")


async def test_the_same_in_english(room: World) -> None:
    guest = room.telegram.user("Robin", language="en")
    await guest.send("/start")
    await guest.expect("Welcome")
    main = await _settings(guest)
    assert "breaking news, at most 3 a day" in main.text
    assert "a digest at 07:00 WIB" in main.text
    main = await _press(main, "What comes", "1 a day", "‹ Settings")
    assert "breaking news, at most one a day" in main.text
    main = await _press(main, "Quiet hours", "23–7", "‹ Settings")
    assert "Quiet hours: 23:00–07:00" in main.text
    main = await _press(main, "Digest", "06:30", "Monday to Friday", "‹ Settings")
    assert "a digest at 06:30 WIB, Monday to Friday" in main.text
    main = await _press(main, "Turn sound off")
    assert "without sound" in main.text
    main = await _press(main, "Sections", "Sports", "‹ Settings")
    assert "Sections: Sports" in main.text
    main = await _press(main, "Bahasa Indonesia")
    assert "Rubrik: Olahraga" in main.text


@pytest.mark.parametrize(("label", "days"), [("Sehari", 1), ("Seminggu", 7)])
async def test_a_pause_ends_by_itself_or_by_a_press(room: World, label: str, days: int) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    paused = await _press(await _settings(room.reader), "Jeda", label)
    until = (await _wants(room)).paused_until
    assert until is not None
    assert abs(until - wall_clock() - timedelta(days=days)) < timedelta(minutes=5)
    local = until.astimezone(ZoneInfo("Asia/Jakarta"))
    assert "Dijeda sampai" in paused.text
    assert f"{local:%H}" in paused.text
    again = await _press(paused, "Jeda", "Lanjutkan sekarang")
    assert "Dijeda" not in again.text
    assert (await _wants(room)).paused_until is None


# In words


async def test_keywords_are_asked_for_and_each_can_be_taken_out(room: World) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    page = await _press(await _settings(room.reader), "Kata kunci")
    assert "Belum ada kata kunci" in page.text
    await page.click("Ikuti")
    prompt = await room.reader.expect("Kata apa yang ingin Anda ikuti")
    calls = [event.data for event in room.telegram.timeline.events if event.kind == "call"]
    assert any("force_reply" in str(call["request"]) for call in calls), "the client opens the answer"
    await prompt.reply("harga beras, !pilkada; bulu tangkis")
    page = await room.reader.expect("Kata kunci")
    kept = await room.bot.house.subscribers.keywords(room.reader.chat_id)
    assert [(word.text, word.muted) for word in kept] == [
        ("bulu tangkis", False),
        ("harga beras", False),
        ("pilkada", True),
    ]
    page = await _press(page, "✕ harga beras")
    assert len(await room.bot.house.subscribers.keywords(room.reader.chat_id)) == 2
    main = await _press(page, "‹ Pengaturan")
    assert "Anda mengikuti: bulu tangkis" in main.text
    assert "Dibisukan: pilkada" in main.text


async def test_keywords_by_command_in_both_tongues(room: World) -> None:
    guest = room.telegram.user("Robin", language="en")
    await guest.send("/follow rice prices")
    page = await guest.expect("Keywords")
    assert page.button("✕ rice prices")
    await guest.send("/mute elections")
    page = await guest.expect("Keywords")
    assert page.button("✕ 🔇 elections")
    assert not (await _known(room, guest)).subscribed, "whoever follows a word before /start is no subscriber"
    await guest.send("/follow")
    await (await guest.expect("Which words do you want to follow?")).reply("...")
    await guest.expect("We found no word in this")
    await room.reader.send("/bisukan")
    prompt = await room.reader.expect("Kata apa yang ingin Anda bisukan")
    await prompt.reply("banjir")
    assert (await room.reader.expect("Kata kunci")).button("✕ 🔇 banjir")


async def test_there_is_an_end_to_keywords(room: World) -> None:
    await room.reader.send("/ikuti " + ", ".join(f"kata{number}" for number in range(31)))
    await room.reader.expect("Anda sudah punya 30 kata kunci")
    assert len(await room.bot.house.subscribers.keywords(room.reader.chat_id)) == 30


async def test_other_hours_and_zones_are_written_in_reply(room: World) -> None:
    main = await _settings(room.reader)
    page = await _press(main, "Jam tenang")
    await page.click("Jam lain")
    prompt = await room.reader.expect("Dari pukul berapa")
    await prompt.reply("malam hari")
    await room.reader.expect("Jam itu tidak dapat kami baca")
    await prompt.reply("21.30 sampai 5")
    await room.reader.expect("Dari pukul 21.30 sampai 05.00 WIB")
    assert (await _wants(room)).quiet == Quiet(1290, 300)
    page = await _press(await _settings(room.reader), "Zona waktu")
    await page.click("Zona lain")
    prompt = await room.reader.expect("zona waktu mana")
    await prompt.reply("Atlantis")
    await room.reader.expect("Zona waktu itu tidak kami kenal")
    await prompt.reply("asia/tokyo")
    await room.reader.expect("Jam Anda memakai Asia/Tokyo")
    assert (await _wants(room)).zone == "Asia/Tokyo"


async def test_a_reply_to_anything_else_is_free_text(room: World) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    await story.reply("beras")
    await room.reader.expect("/cari")
    assert await room.bot.house.subscribers.get(room.reader.chat_id) is None


async def test_in_a_group_only_an_administrators_reply_counts(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    admin = room.telegram.user("Rara")
    _make_admin(room, group, admin)
    await group.send("/ikuti", by=room.reader)
    await group.expect("hanya admin")
    await group.send("/ikuti", by=admin)
    prompt = await group.expect("Kata apa")
    await prompt.reply("banjir", by=room.reader)
    await group.expect("hanya admin")
    await prompt.reply("banjir", by=admin)
    await group.expect("Kata kunci")
    assert len(await room.bot.house.subscribers.keywords(group.chat_id)) == 1


# What it changes


async def test_a_followed_word_brings_a_story_at_once_and_a_muted_one_none(room: World) -> None:
    await room.reader.send("/ikuti perbatasan")
    await room.reader.expect("Kata kunci")
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    wanted = await room.takes(samples()[3])
    await room.reader.expect(wanted.archived.article.title)
    other = await room.takes(samples()[4])
    await room.channel.expect(other.archived.article.title)
    assert not any(other.archived.article.title in message["text"] for message in room.reader.received())


async def test_a_muted_story_sends_nothing_more(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as running:
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        first, second = (
            sample for sample in samples() if "tanggul-sungai" in sample.name or "karung" in sample.name
        )
        flood = await running.takes(first)
        push = await running.reader.expect(flood.archived.article.title)
        timeline = await _press(push, "Lini masa")
        await timeline.click("Bisukan cerita ini")
        assert "tidak akan dikirim lagi" in await running.reader.expect_notice()
        follow_up = await running.takes(second)
        assert follow_up.archived.story_id == flood.archived.story_id
        await running.channel.expect(follow_up.archived.article.title)
        got = [message["text"] for message in running.reader.received()]
        assert not any(follow_up.archived.article.title in text for text in got)


@pytest.mark.parametrize(
    "data",
    ["u:qq:99-99", "u:zz:Asia/Atlantis", "u:cw:77", "u:ad:7", "x:000000000000", "p:x", "y:x", "g:2", "u:"],
)
async def test_a_button_that_nobody_made_changes_nothing(room: World, data: str) -> None:
    main = await _settings(room.reader)
    before = await _known(room)
    await press_made_up(room.reader, data, main)
    assert "tidak berlaku" in await room.reader.expect_notice()
    assert await _known(room) == before
