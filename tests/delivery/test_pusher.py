"""The pusher over a real ledger and real turns; only Telegram's answers are scripted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core import outcome as outcomes
from bot.core.article import ArchivedArticle
from bot.core.audience import ChatKind
from bot.core.message import Message
from bot.core.outcome import Gone, Moved, Outcome, Refused, Retry, Sent, Unknown, settled
from bot.core.publication import DeliveryState
from bot.delivery.intake import Intake
from bot.delivery.push import Pusher
from bot.errors import StoreUnavailable, TemplateFault
from bot.samples import samples
from bot.sources.page import Page
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers
from bot.telegram.pacer import Pacer

PATIENCE = 10.0


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class ScriptedTelegram:
    """Answers each send with what ``script`` says, for chat and number of the try in that chat."""

    script: Callable[[int, int], Outcome] = lambda _chat, _try: Sent(1)
    sends: list[tuple[int, float]] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def send(self, chat_id: int, message: Message, *, silent: bool) -> Outcome:
        assert message.html
        assert not silent
        self.sends.append((chat_id, asyncio.get_running_loop().time()))
        if self.gate is not None:
            await self.gate.wait()
        return self.script(chat_id, sum(chat == chat_id for chat, _ in self.sends))

    def chats(self) -> list[int]:
        return [chat for chat, _ in self.sends]


@dataclass
class PlainMessages:
    fault: TemplateFault | None = None

    def push(self, archived: ArchivedArticle, language: str, *, channel: bool) -> Message:
        if self.fault is not None:
            raise self.fault
        return Message(f"{archived.article.title} {language} {channel}")


@dataclass
class NotedDesk:
    told: list[str] = field(default_factory=list)

    async def refused(self, title: str, cause: str) -> None:
        self.told.append(f"{title}: {cause}")


class SlowToRecord(Deliveries):
    """A ledger whose disk is full for the first ``faults`` answers."""

    faults = 0

    async def close(self, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
        if self.faults:
            self.faults -= 1
            raise StoreUnavailable("disk full")
        await super().close(delivery_id, outcome, now=now)


@dataclass
class Floor:
    """Where everything stands."""

    pusher: Pusher
    telegram: ScriptedTelegram
    messages: PlainMessages
    desk: NotedDesk
    publications: Publications
    deliveries: SlowToRecord
    subscribers: Subscribers
    intake: Intake

    async def announce(self, *chats: int, kind: ChatKind = ChatKind.PRIVATE) -> None:
        for chat_id in chats:
            await self.subscribers.join(chat_id, kind=kind, language="id", now=_now())
        sample = samples()[0]
        await self.intake.take(Page(sample.name, sample.text.encode(), sample.url))
        self.pusher.wake()

    async def until(self, **states: int) -> None:
        """Wait until the ledger of the first publication shows these numbers."""
        wanted = {DeliveryState(name): number for name, number in states.items()}
        async with asyncio.timeout(PATIENCE):
            while True:
                progress = await self.publications.progress(1)
                if all(progress[state] == number for state, number in wanted.items()):
                    return
                await asyncio.sleep(0.01)


@asynccontextmanager
async def _floor(folder: Path) -> AsyncIterator[Floor]:
    database = await Database.open(f"sqlite:///{folder}/kabar.db")
    pacer, archive = Pacer(), Archive(database)
    telegram, messages, desk = ScriptedTelegram(), PlainMessages(), NotedDesk()
    publications, deliveries = Publications(database), SlowToRecord(database)
    pusher = Pusher(
        publications=publications,
        deliveries=deliveries,
        articles=archive,
        turns=pacer,
        messenger=telegram,
        messages=messages,
        desk=desk,
        now=_now,
    )
    intake, subscribers = Intake(archive, now=_now), Subscribers(database)
    running = asyncio.create_task(pusher.run())
    try:
        yield Floor(pusher, telegram, messages, desk, publications, deliveries, subscribers, intake)
    finally:
        pusher.stop()
        await running
        await pacer.close()
        await database.close()


async def test_a_429_holds_everybody_as_long_as_it_says_and_nobody_is_lost(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        first = list[float]()

        def script(_chat: int, _try: int) -> Outcome:
            if not first:
                first.append(asyncio.get_running_loop().time())
                return Retry(1.0, "flood", everywhere=True)
            return Sent(1)

        floor.telegram.script = script
        await floor.announce(*range(1, 11))
        await floor.until(sent=10)
        after = [moment for _, moment in floor.telegram.sends[1:]]
        assert min(after) - first[0] >= 1.0
        assert sorted(set(floor.telegram.chats())) == list(range(1, 11))
        assert len(floor.telegram.sends) == 11


async def test_an_answer_that_was_lost_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "UNKNOWN_PAUSE", 0.01)
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda _chat, tries: Unknown("no answer") if tries == 1 else Sent(1)
        await floor.announce(1)
        await floor.until(sent=1)
        assert floor.telegram.chats() == [1, 1]


def test_a_send_is_given_up_as_unknown_only_after_several_lost_answers_ever_farther_apart() -> None:
    lost = Unknown("no answer")
    tries = [settled(lost, attempts=number) for number in range(1, outcomes.UNKNOWN_TRIES)]
    pauses = [retry.after for retry in tries if isinstance(retry, Retry)]
    assert pauses == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0]
    assert settled(lost, attempts=outcomes.UNKNOWN_TRIES) == lost
    assert settled(Sent(5), attempts=1) == Sent(5)


async def test_a_reader_who_is_gone_is_paused_and_the_others_are_served(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, _try: Gone("bot was blocked") if chat == 2 else Sent(1)
        await floor.announce(1, 2, 3)
        await floor.until(sent=2, gone=1)
        blocked = await floor.subscribers.get(2)
        assert blocked is not None
        assert blocked.subscribed
        assert not blocked.reachable


async def test_a_group_that_moved_gets_its_message_at_the_new_place(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, _try: Moved(-100500) if chat == -5 else Sent(1)
        await floor.announce(-5, kind=ChatKind.GROUP)
        await floor.until(sent=1)
        assert floor.telegram.chats() == [-5, -100500]
        assert await floor.subscribers.get(-5) is None


async def test_a_refused_message_is_told_to_the_desk_once(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda _chat, _try: Refused("can't parse entities")
        await floor.announce(1, 2, 3)
        await floor.until(refused=3)
        assert len(floor.desk.told) == 1
        assert "can't parse entities" in floor.desk.told[0]


async def test_an_answer_is_recorded_when_the_database_is_back_and_nothing_is_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.push.STORE_PAUSE", 0.05)
    async with _floor(tmp_path) as floor:
        floor.deliveries.faults = 3
        await floor.announce(1)
        await floor.until(sent=1)
        assert floor.telegram.chats() == [1]


async def test_a_broken_template_sends_nothing_and_loses_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.push.FAULT_PAUSE", 0.05)
    async with _floor(tmp_path) as floor:
        floor.messages.fault = TemplateFault("push.html:3: no such thing")
        await floor.announce(1, 2)
        await floor.until(pending=2)
        assert floor.telegram.sends == []
        floor.messages.fault = None
        await floor.until(sent=2)


async def test_a_stop_sees_through_what_is_under_way_and_starts_nothing_more(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.gate = asyncio.Event()
        await floor.announce(*range(1, 101))
        await floor.until(attempting=3)
        floor.pusher.stop()
        await asyncio.sleep(0)
        under_way = len(floor.telegram.sends)
        floor.telegram.gate.set()
        await floor.until(attempting=0)
        progress = await floor.publications.progress(1)
        assert progress[DeliveryState.SENT] == len(floor.telegram.sends)
        assert under_way <= len(floor.telegram.sends) < 100
        assert progress[DeliveryState.PENDING] == 100 - len(floor.telegram.sends)
