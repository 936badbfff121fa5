"""Inline mode through the local Telegram over HTTP: what is typed behind the bot's name in any chat."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.samples import samples
from bot.simulator import BotSettings, Simulator
from bot.simulator.actors import Telegram
from bot.simulator.asking import ask
from bot.simulator.inline import InlineQuery
from tests.fakes.newsroom import World, world

pytestmark = pytest.mark.usefixtures("at_any_pace")


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with Telegram(Simulator(settings=BotSettings(is_inline=True))) as served:
        yield served


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    """A running bot with nine articles in its archive, whose inline mode is on."""
    async with world(tmp_path, telegram) as running:
        for sample in samples()[:9]:
            await running.takes(sample, announce=False)
        yield running


async def asked(room: World, text: str, offset: str) -> InlineQuery:
    simulator = room.telegram.simulator

    def typed() -> InlineQuery:
        bot, user = next(iter(simulator.bots.values())), simulator.users[room.reader.chat_id]
        return ask(simulator, bot, user, text, offset)

    query = await room.reader.act(typed)
    await room.telegram.until(
        lambda event: event.kind == "inline_answer" and event.data["inline_query_id"] == query.id,
        what="an answer",
    )
    return query


async def test_an_empty_query_offers_the_newest_stories_page_by_page(room: World) -> None:
    offered = await room.reader.ask("")
    newest = await room.bot.house.archive.newest(limit=9)
    assert [result["title"] for result in offered.results] == [one.title for one in newest.items[:6]]
    answer = offered.query.answer
    assert answer is not None
    assert (answer.next_offset, answer.is_personal, answer.cache_time) == ("1", False, 60)
    second = await asked(room, "", "1")
    assert second.answer is not None
    assert [one.shown["title"] for one in second.answer.results] == [one.title for one in newest.items[6:]]
    assert second.answer.next_offset == ""


async def test_a_name_offers_what_that_person_said_and_the_stories(room: World) -> None:
    offered = await room.reader.ask("bramantyo")
    said = [result for result in offered.results if result["id"].startswith("q")]
    assert len(said) == 3
    assert all("Bramantyo Kuncoroseto" in result["title"] for result in said)
    assert [result["title"] for result in offered.results if result["id"].startswith("a")]
    message = await offered.choose(said[0]["id"])
    assert message["via_bot"]["username"] == room.bot.username
    assert "Bramantyo Kuncoroseto" in message["text"]
    rows = message["reply_markup"]["inline_keyboard"]
    assert all("url" in button for row in rows for button in row)
    assert any("start=k_3_1_" in button["url"] for row in rows for button in row)


async def test_a_story_that_is_chosen_comes_with_its_quotations(room: World) -> None:
    offered = await room.reader.ask("trem air")
    article = next(result for result in offered.results if result["id"] == "a2.1")
    message = await offered.choose(article["id"])
    assert "Rengganis Wirapati" in message["text"]


async def test_a_card_that_was_drawn_before_is_offered_as_a_picture(room: World) -> None:
    await room.reader.send("/start k_3_1_1")
    await (await room.reader.expect("Puncak itu licin")).click("Kartu lebar")
    await room.reader.expect("Puncak itu licin")
    offered = await room.reader.ask("kuncoroseto")
    (card,) = [result for result in offered.results if result["type"] == "photo"]
    assert card["id"] == "c3.1.1"
    message = await offered.choose(card["id"])
    assert message["photo"]
    assert "Puncak itu licin" in message["caption"]


@pytest.mark.parametrize(
    "query",
    ["zzz tidak ada", "dari:kemarin", "<b>&", '"', "*", "kata:", "🗞️", "a\u0301" * 100, "dari:2026-04"],
)
async def test_any_query_is_answered(room: World, query: str) -> None:
    offered = await room.reader.ask(query)
    assert offered.query.answer is not None


@pytest.mark.parametrize("offset", ["x", "-1", "99999999999999", "٣"])
async def test_any_offset_is_answered(room: World, offset: str) -> None:
    assert (await asked(room, "kanal", offset)).answer is not None


async def test_the_same_query_is_asked_of_the_bot_once(room: World) -> None:
    await room.reader.ask("trem")
    other = room.telegram.user("Robin", language="en")
    again = await other.ask("trem")
    assert again.results
    answers = [event for event in room.telegram.timeline.events if event.kind == "inline_answer"]
    assert len(answers) == 1
