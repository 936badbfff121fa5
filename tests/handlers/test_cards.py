"""Quotation cards by their buttons, through the local Telegram over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.actions import CardShape
from bot.core.article import Analysis, Article, Block, BlockKind, Quotation, QuotationKey
from bot.samples import correction, samples
from bot.simulator.actors import Telegram
from tests.fakes.newsroom import World, world
from tests.fakes.updates import press_made_up

pytestmark = pytest.mark.usefixtures("at_any_pace")

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    async with world(tmp_path, telegram) as running:
        await running.takes(samples()[0], announce=False)
        yield running


def pictures_sent(room: World) -> list[dict[str, object]]:
    return [
        event.data["request"]
        for event in room.telegram.timeline.events
        if event.kind == "call" and event.data["method"] == "sendPhoto"
    ]


@pytest.mark.parametrize(
    ("language", "label", "size"),
    [
        ("id", "Kartu tegak", (1080, 1350)),
        ("id", "Kartu lebar", (1200, 675)),
        ("en", "Card, upright", (1080, 1350)),
        ("en", "Card, wide", (1200, 675)),
    ],
)
async def test_a_quotation_becomes_a_picture_with_caption_and_ways_to_share(
    room: World, language: str, label: str, size: tuple[int, int]
) -> None:
    guest = room.telegram.user("Robin", language=language)
    await guest.send("/start k_1_1_0")
    await (await guest.expect("Dulu biji basah")).click(label)
    assert await guest.expect_notice()
    card = await guest.expect("Dulu biji basah")
    largest = card.message["photo"][-1]
    assert (largest["width"], largest["height"]) == size
    assert "Pandega Sastrowilis, Ketua Koperasi Kebun Candramala" in card.text
    assert "Rakyat Merdeka, " in card.text
    shared = [button["url"] for button in card.buttons if "share" in button["url"]]
    assert "start%3Dk_1_1_0" in shared[0]
    assert any(button["url"].startswith("https://wa.me/") for button in card.buttons)


async def test_a_card_is_drawn_and_uploaded_once(room: World) -> None:
    await room.reader.send("/start k_1_1_0")
    one = await room.reader.expect("Dulu biji basah")
    for _ in range(2):
        await one.click("Kartu tegak")
        await room.reader.expect("Dulu biji basah")
    first, second = pictures_sent(room)
    assert isinstance(second["photo"], str)
    assert first["photo"] != second["photo"]


async def test_a_picture_that_telegram_has_forgotten_is_drawn_anew(room: World) -> None:
    key = QuotationKey(1, 1, 0)
    await room.bot.house.readership.set_card_file(key, CardShape.UPRIGHT, "AgACAgUAAxkBAAI")
    await room.reader.send("/start k_1_1_0")
    await (await room.reader.expect("Dulu biji basah")).click("Kartu tegak")
    await room.reader.expect("Dulu biji basah")
    while await room.bot.house.readership.card_file(key, CardShape.UPRIGHT) == "AgACAgUAAxkBAAI":
        await asyncio.sleep(0.02)


async def test_a_quotation_in_letters_that_we_cannot_draw_stays_text(room: World) -> None:
    said = Quotation("الصبر مفتاح الفرج", "Sekar Panuluh", None, "kata", 0)
    article = Article("Kata Hari Ini", NOW, (Block(BlockKind.PARAGRAPH, "Ia berkata."),))
    await room.bot.house.archive.store(article, Analysis((), (said,), ()), now=NOW)
    await room.reader.send("/start k_2_1_0")
    await (await room.reader.expect("Sekar Panuluh")).click("Kartu tegak")
    await room.reader.expect("tidak dapat dijadikan gambar")
    assert not pictures_sent(room)


async def test_a_card_of_a_quotation_that_was_corrected_since_is_refused(room: World) -> None:
    printed = next(sample for sample in samples() if sample.url == correction().url)
    stored = await room.takes(printed, announce=False)
    number = stored.archived.id
    await room.reader.send(f"/start k_{number}_1_0")
    one = await room.reader.expect("")
    await room.takes(correction(), announce=False)
    await one.click("Kartu tegak")
    assert "tidak tersedia" in await room.reader.expect_notice()


async def test_a_made_up_quotation_has_no_card(room: World) -> None:
    await room.reader.send("/terbaru")
    story = await room.reader.expect("")
    await press_made_up(room.reader, "c:u:1:1:77", story)
    assert "tidak tersedia" in await room.reader.expect_notice()
