"""Floods, made-up and old buttons, slow answers, through the local Telegram over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.pacing import ONE_READER
from bot.render.languages import Languages
from bot.samples import samples
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from tests.fakes.newsroom import World, world
from tests.fakes.updates import press_made_up


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    async with world(tmp_path, telegram) as running:
        for sample in samples()[:3]:
            await running.takes(sample, announce=False)
        yield running


MSGID = "That was a lot at once. Please wait a moment before you ask again; until then we do not answer."


@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_flood_of_commands_is_slowed_and_told_of_once(room: World, language: str) -> None:
    flooder = room.telegram.user("Badai", language=language)
    for _ in range(ONE_READER.burst + 15):
        await flooder.send("/bahasa")
    told = Languages().gettext(language, MSGID)
    flooder.since = 0
    await flooder.expect(told)
    other = room.telegram.user("Sabar")
    await other.send("/terbaru")
    await other.expect("WIB")
    assert sum(message["text"] == told for message in flooder.received()) == 1
    assert len(flooder.received()) <= ONE_READER.burst + 5


async def test_a_flood_of_presses_is_answered_press_by_press(room: World) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    numbers = [await press_made_up(room.reader, "b:999", story) for _ in range(ONE_READER.burst + 5)]

    def answered(number: str) -> bool:
        return any(
            event.kind == "call"
            and event.data["method"] == "answerCallbackQuery"
            and str(event.data["request"].get("callback_query_id")) == number
            for event in room.telegram.timeline.events
        )

    await room.telegram.until(lambda _: all(map(answered, numbers)), what="an answer to every press")
    texts = [
        event.data["text"]
        for event in room.telegram.timeline.events
        if event.kind == "callback_answer" and event.data["text"]
    ]
    assert any("Terlalu cepat" in text for text in texts)


async def test_people_who_talk_in_a_group_are_not_counted(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    for number in range(ONE_READER.burst + 5):
        await group.send(f"obrolan biasa {number}")
    await group.send("/terbaru")
    await group.expect("WIB")


@pytest.mark.parametrize("data", ["x", "a:s:0", "c:z:1:1:1", "w:1", "l:" + "x" * 60, "k:1:Ä", "q:1:", "😀"])
async def test_made_up_data_is_refused_with_a_word(room: World, data: str) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    await press_made_up(room.reader, data, story)
    assert "tidak berlaku" in await room.reader.expect_notice()


@pytest.mark.parametrize("data", ["l:en", "n:0", "m:1", "t:nasional"])
async def test_a_setting_that_no_button_of_the_message_offers_is_refused(room: World, data: str) -> None:
    await room.reader.send("/start")
    await room.reader.expect("")
    before = await room.bot.house.subscribers.get(room.reader.chat_id)
    await room.reader.send("/terbaru")
    story = await room.reader.expect("WIB")
    await press_made_up(room.reader, data, story)
    assert "tidak berlaku" in await room.reader.expect_notice()
    assert await room.bot.house.subscribers.get(room.reader.chat_id) == before


@pytest.mark.parametrize("data", ["a:f:1", "o:s:1", "k:0:zona-sport", "k", "q:0:bramantyo", "s:0", "w:1:1:0"])
async def test_a_button_of_a_message_too_old_to_change_answers_with_a_new_one(room: World, data: str) -> None:
    await room.reader.send("/bahasa")
    await room.reader.expect("")
    await press_made_up(room.reader, data)
    await room.reader.expect("")


async def test_a_setting_under_a_message_too_old_to_see_says_so(room: World) -> None:
    await room.reader.send("/bahasa")
    await room.reader.expect("")
    await press_made_up(room.reader, "l:en")
    assert "tidak berlaku" in await room.reader.expect_notice()


@pytest.mark.parametrize(
    "refusal", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_a_message_that_cannot_be_changed_is_sent_anew(room: World, refusal: str) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    room.telegram.fault(
        Fault(
            FaultKind.REFUSAL,
            methods=frozenset({"editMessageText"}),
            count=1,
            description=f"Bad Request: {refusal}",
        )
    )
    await story.click("Baca lengkap")
    await room.reader.expect("WIB")


async def test_a_press_under_a_message_of_inline_mode_is_answered(room: World) -> None:
    await room.reader.send("/bahasa")
    await room.reader.expect("")
    await press_made_up(room.reader, "a:s:1", chat=False)
    assert "tidak berlaku" in await room.reader.expect_notice()


async def test_a_press_is_answered_before_a_slow_telegram_takes_the_edit(room: World) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    room.telegram.fault(
        Fault(
            FaultKind.DELAY,
            methods=frozenset({"editMessageText"}),
            distribution={"name": "constant", "seconds": 3},
        )
    )
    await story.click("Baca lengkap")
    await story.click("Lini masa")
    # The second press waits in line behind the first, whose edit hangs: its answer does not.
    answers = [
        event
        for event in room.telegram.timeline.events
        if event.kind == "callback_answer" and event.number >= room.reader.since
    ]
    assert not answers
    await room.reader.expect_notice(within=2)
    assert not [event for event in room.telegram.timeline.events if event.kind == "edit"]


async def test_words_that_come_too_late_for_a_notice_come_as_a_message(room: World) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    room.telegram.fault(
        Fault(
            FaultKind.DELAY,
            methods=frozenset({"editMessageText"}),
            count=1,
            distribution={"name": "constant", "seconds": 2},
        )
    )
    await story.click("Baca lengkap")
    await press_made_up(room.reader, "a:f:999999", story)
    await room.reader.expect("tidak tersedia")


async def test_what_is_turned_away_reaches_no_handler_and_no_database(room: World) -> None:
    flooder = room.telegram.user("Badai")
    for _ in range(ONE_READER.burst + 10):
        await flooder.send("/start c_banjir")
    flooder.since = 0
    await flooder.expect("Permintaannya terlalu banyak")
    other = room.telegram.user("Sabar")
    await other.send("/terbaru")
    await other.expect("WIB")
    ((_, _, arrived),) = await room.bot.house.readership.campaigns()
    assert arrived <= ONE_READER.burst + 5, "each that was served was counted in the database"
