"""What readers do that nobody planned, and what breaks on our side, through the local Telegram over HTTP."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.samples import samples
from bot.simulator.actors import Telegram
from tests.fakes.newsroom import World, world

pytestmark = pytest.mark.usefixtures("at_any_pace")


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    async with world(tmp_path, telegram) as running:
        for sample in samples()[:4]:
            await running.takes(sample, announce=False)
        yield running


async def test_in_a_group_only_administrators_may_subscribe_or_stop(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    for command in ("/start", "/langganan", "/berhenti"):
        await group.send(command)
        await group.expect("hanya admin")
    assert await room.bot.house.subscribers.get(group.chat_id) is None


async def test_in_a_group_anybody_may_read(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    await group.send("/terbaru")
    await group.expect("WIB")


async def test_quick_presses_under_one_message_are_served_in_their_order(room: World) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    for label in ("Lebih lama", "Kutipan", "Baca lengkap"):
        await story.click(label)
        # The answer is not awaited: the next click comes while the first is still being answered.
    newest = await room.bot.house.archive.latest()
    assert newest is not None
    last = await room.reader.expect(newest.article.paragraphs[-1], edited=True)
    edits = [event for event in room.telegram.timeline.events if event.kind == "edit"]
    assert edits[-1].data["message"]["text"] == last.text


async def test_a_fault_on_our_side_is_a_polite_sentence_to_the_reader(room: World, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "kabar.db")
    connection.execute("DROP TABLE article_search")
    connection.commit()
    connection.close()
    await room.reader.send("/cari kakao")
    sorry = await room.reader.expect("Mohon maaf")
    assert "Traceback" not in sorry.text
    assert "article_search" not in sorry.text
    await room.reader.send("/terbaru")
    await room.reader.expect("WIB")


async def test_a_button_of_an_article_that_is_no_more_says_so(room: World, tmp_path: Path) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    connection = sqlite3.connect(tmp_path / "kabar.db")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM articles")
    connection.commit()
    connection.close()
    await story.click("Baca lengkap")
    assert "tidak tersedia" in await room.reader.expect_notice()


async def test_thousands_of_characters_get_an_answer(room: World) -> None:
    await room.reader.send("panjang " * 500)
    await room.reader.expect("/cari")
