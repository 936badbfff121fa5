"""What readers chose, held to what comes to them through the local Telegram over HTTP; the clock is ours."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.house import House
from bot.core.preferences import Preferences, Quiet, newcomer
from bot.core.publication import DeliveryState, PublicationKind
from bot.samples import samples
from bot.simulator.actors import Actor, Telegram
from tests.fakes.newsroom import World, world

NIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)  # 23:00 in Jakarta
JAKARTA = "Asia/Jakarta"
PATIENCE = 20.0


@dataclass
class Hands:
    """A clock that stands where it is put."""

    at: datetime = NIGHT

    def __call__(self) -> datetime:
        return self.at


async def _subscribe(running: World, wants: Preferences, name: str = "Rara", language: str = "id") -> Actor:
    reader = running.telegram.user(name, language=language)
    await reader.send("/start")
    await reader.expect(name)
    await running.bot.house.subscribers.prefer(reader.chat_id, lambda _: wants)
    return reader


async def _printed(
    running: World, hands: Hands, number: int, *, breaking: bool = False, waits: int = 0
) -> str:
    """Sample ``number`` goes out to all but ``waits`` readers who rest; its title."""
    house = running.bot.house
    archived = (await running.takes(samples()[number], announce=not breaking)).archived
    if breaking:
        await house.archive.publish(archived.id, kind=PublicationKind.BREAKING, now=hands.at)
        running.bot.wake()
    async with asyncio.timeout(PATIENCE):
        while not await _settled(house, archived.id, waits):
            await asyncio.sleep(0.02)
    return archived.article.title


async def _settled(house: House, article_id: int, waits: int) -> bool:
    found = next(one for one in await house.publications.newest(limit=50) if one.article_id == article_id)
    progress = await house.publications.progress(found.id)
    open_ones = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)
    return found.planned_at is not None and [progress[state] for state in open_ones] == [waits, 0, 0]


def _got(reader: Actor) -> list[str]:
    """What came after the answer to /start."""
    return [message["text"] for message in reader.received()[1:]]


ASLEEP = Preferences(quiet=Quiet(22 * 60, 6 * 60), breaking_passes=True)


async def test_what_is_printed_in_quiet_hours_comes_when_they_end_and_breaking_news_at_once(
    tmp_path: Path, telegram: Telegram
) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        sleeper = await _subscribe(running, ASLEEP)
        deep = await _subscribe(running, replace(ASLEEP, breaking_passes=False), "Robin", "en")
        away = await _subscribe(running, replace(ASLEEP, zone="America/New_York"), "Bima")
        regular = await _printed(running, hands, 0, waits=2)
        urgent = await _printed(running, hands, 1, breaking=True, waits=1)
        assert [len(_got(reader)) for reader in (sleeper, deep, away)] == [1, 0, 2]
        assert urgent in _got(sleeper)[0]
        hands.at = NIGHT + timedelta(hours=6, minutes=59)
        await _printed(running, hands, 2, waits=2)
        assert [len(_got(reader)) for reader in (sleeper, deep, away)] == [1, 0, 3]
        hands.at = NIGHT + timedelta(hours=7)
        await sleeper.expect(regular)
        await deep.expect(regular)
        await deep.expect(urgent)


async def test_breaking_news_stops_at_the_cap_until_midnight(tmp_path: Path, telegram: Telegram) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        some = await _subscribe(running, newcomer(JAKARTA))
        one = await _subscribe(running, replace(newcomer(JAKARTA), cap=1), "Robin", "en")
        titles = [await _printed(running, hands, number, breaking=True) for number in range(4)]
        assert [title in text for title, text in zip(titles[:3], _got(some), strict=True)] == [True] * 3
        assert len(_got(one)) == 1
        hands.at = NIGHT + timedelta(hours=1)
        tomorrow = await _printed(running, hands, 4, breaking=True)
        assert tomorrow in _got(some)[-1]
        assert tomorrow in _got(one)[-1]


async def test_of_one_story_breaking_news_comes_once_a_day(tmp_path: Path, telegram: Telegram) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        once = await _subscribe(running, newcomer(JAKARTA))
        more = await _subscribe(running, replace(newcomer(JAKARTA), follow_ups=True), "Robin", "en")
        flood, sandbags = 12, 13
        await _printed(running, hands, flood, breaking=True)
        await _printed(running, hands, sandbags, breaking=True)
        assert [len(_got(once)), len(_got(more))] == [1, 2]


async def test_nothing_comes_in_a_pause_and_then_it_goes_on_by_itself(
    tmp_path: Path, telegram: Telegram
) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        resting = await _subscribe(running, Preferences(paused_until=NIGHT + timedelta(days=1)))
        await _printed(running, hands, 0)
        await _printed(running, hands, 1, breaking=True)
        assert _got(resting) == []
        hands.at = NIGHT + timedelta(days=1)
        back = await _printed(running, hands, 2)
        assert back in _got(resting)[0]


@pytest.mark.parametrize("silent", [False, True])
async def test_news_makes_a_sound_or_none(tmp_path: Path, telegram: Telegram, silent: bool) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        reader = await _subscribe(running, Preferences())
        await running.bot.house.subscribers.set_silent(reader.chat_id, silent)
        title = await _printed(running, hands, 0)
        sends = [
            event.data["request"]
            for event in telegram.timeline.events
            if event.kind == "call"
            and event.data["method"] == "sendMessage"
            and title in str(event.data["request"])
        ]
        (sent,) = [request for request in sends if str(request["chat_id"]) == str(reader.chat_id)]
        assert str(sent.get("disable_notification", "false")).lower() == str(silent).lower()


async def test_only_chosen_sections_come(tmp_path: Path, telegram: Telegram) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        sporty = await _subscribe(running, Preferences())
        await running.bot.house.subscribers.toggle_section(sporty.chat_id, "zona-sport")
        titles = [await _printed(running, hands, number) for number in range(4)]
        (got,) = _got(sporty)
        assert titles[2] in got
