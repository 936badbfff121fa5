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
from bot.core.channels import Style
from bot.core.message import Message
from bot.core.outcome import Absent, Gone, Moved, Outcome, Refused, Retry, Sent, Unknown, settled
from bot.core.pacing import OVERALL
from bot.core.publication import (
    AT_LEAST_ONCE,
    DeliveryState,
    OpenPublication,
    Publication,
    PublicationKind,
    PublicationState,
)
from bot.delivery.courier import Courier
from bot.delivery.intake import Intake
from bot.delivery.lease import Lease
from bot.delivery.outbox import Outbox
from bot.delivery.planner import Planner
from bot.delivery.push import Pusher
from bot.delivery.refusals import Refusals
from bot.delivery.sender import Sender
from bot.errors import StoreUnavailable, TemplateFault
from bot.samples import Sample, correction, samples
from bot.sources.page import Page
from bot.store.archive import Archive
from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.ledger import Ledger
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers
from bot.store.workers import Workers
from bot.telegram.pacer import Pacer, Place
from bot.web.metrics import Metrics
from tests.databases import new_file

PATIENCE = 10.0
PLACES = 6


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class ScriptedTelegram:
    """Answers each call with what ``script`` says, for chat and number of the try in that chat."""

    script: Callable[[int, int], Outcome] = lambda _chat, _try: Sent(1)
    sends: list[tuple[int, float]] = field(default_factory=list)
    changes: list[tuple[str, int, int, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def send(
        self,
        chat_id: int,
        message: Message,
        *,
        silent: bool,
        answers: int | None = None,
        thread: int | None = None,
    ) -> Outcome:
        assert message.html
        assert not silent
        assert answers is None
        assert thread is None
        self.sends.append((chat_id, asyncio.get_running_loop().time()))
        if self.gate is not None:
            await self.gate.wait()
        return self.script(chat_id, sum(chat == chat_id for chat, _ in self.sends))

    async def edit(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        self.changes.append(("edit", chat_id, message_id, message.html))
        return self.script(chat_id, 1)

    async def withdraw(self, chat_id: int, message_id: int, notice: Message) -> Outcome:
        self.changes.append(("withdraw", chat_id, message_id, notice.html))
        return self.script(chat_id, 1)

    def chats(self) -> list[int]:
        return [chat for chat, _ in self.sends]


@dataclass
class PlainMessages:
    fault: TemplateFault | None = None

    def push(
        self, archived: ArchivedArticle, language: str, *, channel: bool, template: str, photo: bool
    ) -> Message:
        assert (template, photo) == ("push", False)
        if self.fault is not None:
            raise self.fault
        return Message(f"{archived.article.title} {archived.revision} {language} {channel}")

    def retracted(self, title: str, language: str) -> Message:
        return Message(f"withdrawn: {title} {language}")


@dataclass
class NotedDesk:
    told: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def refused(self, title: str, cause: str) -> None:
        if self.gate is not None:
            await self.gate.wait()
        self.told.append(f"{title}: {cause}")

    async def channel_lost(self, name: str, cause: str) -> None:
        self.told.append(f"channel {name}: {cause}")

    async def paused(self, title: str, publication_id: int, cause: str) -> None:
        self.told.append(f"paused {publication_id} {title}: {cause}")

    async def unsure(self, title: str, article_id: int, recipients: int) -> None:
        self.told.append(f"unsure {article_id} {title}: {recipients}")


class SlowToRecord(Deliveries):
    """A ledger whose disk is full for the first ``faults`` answers, and when the first ``unmarked`` begin.

    With ``marked`` they are marked all the same, and only that word is lost. Before a ``gate`` opens none is.
    Of the first ``unheard`` answers that are written down only the word is lost that they are.
    """

    faults = 0
    unheard = 0
    unmarked = 0
    marked = False
    gate: asyncio.Event | None = None
    waiting = 0
    most_waiting = 0

    async def attempt(self, delivery_id: int, *, worker_id: int, now: datetime) -> bool:
        if self.gate is not None:
            self.waiting += 1
            self.most_waiting = max(self.most_waiting, self.waiting)
            await self.gate.wait()
            self.waiting -= 1
        if not self.unmarked:
            return await super().attempt(delivery_id, worker_id=worker_id, now=now)
        self.unmarked -= 1
        if self.marked:
            await super().attempt(delivery_id, worker_id=worker_id, now=now)
        raise StoreUnavailable("disk full")

    async def close(self, delivery_id: int, outcome: Outcome, *, worker_id: int, now: datetime) -> None:
        if self.faults:
            self.faults -= 1
            raise StoreUnavailable("disk full")
        await super().close(delivery_id, outcome, worker_id=worker_id, now=now)
        if self.unheard:
            self.unheard -= 1
            raise StoreUnavailable("connection lost")


class SlowToSay(Claims):
    """A ledger that says what is due; once ``hangs`` is set it answers no more, with ``fault`` it breaks."""

    hangs = False
    fault: Exception | None = None

    async def open(self) -> tuple[OpenPublication, ...]:
        if self.fault is not None:
            raise self.fault
        if self.hangs:
            await asyncio.Event().wait()
        return await super().open()


class SlowToPause(Publications):
    """Publications on a disk that is full for the first ``faults`` pauses."""

    faults = 0

    async def pause(self, publication_id: int, *, cause: str) -> Publication | None:
        if self.faults:
            self.faults -= 1
            raise StoreUnavailable("disk full")
        return await super().pause(publication_id, cause=cause)


@dataclass
class Floor:
    """Where everything stands."""

    pusher: Pusher
    pushing: asyncio.Task[None]
    claims: SlowToSay
    planner: Planner
    telegram: ScriptedTelegram
    messages: PlainMessages
    desk: NotedDesk
    archive: Archive
    publications: SlowToPause
    deliveries: SlowToRecord
    turns: Pacer
    ledger: Ledger
    subscribers: Subscribers
    intake: Intake

    async def until_told(self, number: int) -> None:
        """Wait until the desk has been told so often."""
        async with asyncio.timeout(PATIENCE):
            while len(self.desk.told) < number:
                await asyncio.sleep(0.01)

    async def until_marking(self, number: int) -> None:
        """Wait until so many are to be marked and the gate keeps them, or more."""
        async with asyncio.timeout(PATIENCE):
            while self.deliveries.waiting < number:
                await asyncio.sleep(0.01)

    async def until_sends(self, number: int) -> None:
        """Wait until so many sends have begun, or more."""
        async with asyncio.timeout(PATIENCE):
            while len(self.telegram.sends) < number:
                await asyncio.sleep(0.01)

    async def announce(
        self,
        *chats: int,
        kind: ChatKind = ChatKind.PRIVATE,
        sample: Sample | None = None,
        urgent: bool = False,
    ) -> int:
        """Let these chats join and the sample, or the first one, arrive; the article."""
        for chat_id in chats:
            await self.subscribers.join(chat_id, kind=kind, language="id", now=_now())
        sample = sample or samples()[0]
        stored = await self.intake.take(
            Page(sample.name, sample.text.encode(), sample.url), announce=not urgent
        )
        assert stored is not None
        if urgent:
            await self.archive.publish(stored.archived.id, kind=PublicationKind.BREAKING, now=_now())
        self.planner.wake()
        return stored.archived.id

    async def until(self, publication_id: int = 1, **states: int) -> None:
        """Wait until the ledger of the publication shows these numbers."""
        wanted = {DeliveryState(name): number for name, number in states.items()}
        async with asyncio.timeout(PATIENCE):
            while True:
                progress = await self.publications.progress(publication_id)
                if all(progress[state] == number for state, number in wanted.items()):
                    return
                await asyncio.sleep(0.01)

    async def until_state(self, publication_id: int, state: PublicationState) -> Publication:
        """Wait until the publication is in this state."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.publications.one(publication_id)
                if found is not None and found.state is state:
                    return found
                await asyncio.sleep(0.01)


class NoStyles:
    async def style(self, chat_id: int) -> Style:  # noqa: ARG002
        return Style(photo=False)


class NoDigests:
    async def written(self, edition: str, chat_id: int, language: str) -> Message | None:  # noqa: ARG002
        return None


@asynccontextmanager
async def _floor(folder: Path, *, again: frozenset[PublicationKind] = AT_LEAST_ONCE) -> AsyncIterator[Floor]:
    database = await Database.open(new_file(folder))
    pacer, archive = Pacer(places=PLACES), Archive(database)
    telegram, messages, desk = ScriptedTelegram(), PlainMessages(), NotedDesk()
    publications, deliveries, ledger = SlowToPause(database), SlowToRecord(database), Ledger(database)
    outbox, claims = Outbox(), SlowToSay(database)
    lease = Lease(Workers(database), name="test", alone=True, again=again, now=_now)
    refusals = Refusals(publications=publications, desk=desk, post=outbox.post)
    reports = Metrics(version="test")
    sender = Sender(
        deliveries=deliveries,
        lease=lease,
        turns=pacer,
        courier=Courier(
            articles=archive, messenger=telegram, wording=messages, digests=NoDigests(), styles=NoStyles()
        ),
        refusals=refusals,
        reports=reports,
        again=again,
        now=_now,
    )
    pusher = Pusher(
        claims=claims,
        sender=sender,
        lease=lease,
        turns=pacer,
        refusals=refusals,
        reports=reports,
        overall=OVERALL,
        now=_now,
    )
    planner = Planner(
        publications=publications,
        old_rows=ledger,
        desk=desk,
        post=outbox.post,
        wake_senders=pusher.wake,
        keep_days=30,
        now=_now,
    )
    intake, subscribers = Intake(archive, now=_now), Subscribers(database)
    pushing, planning = asyncio.create_task(pusher.run()), asyncio.create_task(planner.run())
    telling = asyncio.create_task(outbox.run())
    try:
        yield Floor(
            pusher,
            pushing,
            claims,
            planner,
            telegram,
            messages,
            desk,
            archive,
            publications,
            deliveries,
            pacer,
            ledger,
            subscribers,
            intake,
        )
    finally:
        planning.cancel()
        telling.cancel()
        pusher.stop()
        await asyncio.wait([pushing, planning, telling])
        if claims.fault is None:
            await pushing
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
        # Two may begin at once, so one may be on its way when the first is refused.
        after = [moment for _, moment in floor.telegram.sends[2:]]
        assert min(after) - first[0] >= 1.0
        assert sorted(set(floor.telegram.chats())) == list(range(1, 11))
        assert len(floor.telegram.sends) == 11


@pytest.mark.parametrize("marked", [False, True])
async def test_what_could_not_be_marked_in_an_outage_is_sent_after_it(tmp_path: Path, marked: bool) -> None:
    async with _floor(tmp_path) as floor:
        floor.deliveries.unmarked, floor.deliveries.marked = 3, marked
        await floor.announce(*range(1, 11))
        await floor.until(sent=10)
        assert sorted(floor.telegram.chats()) == list(range(1, 11))


async def test_breaking_news_whose_answer_was_lost_is_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "UNKNOWN_PAUSE", 0.01)
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda _chat, tries: Unknown("no answer") if tries == 1 else Sent(1)
        await floor.announce(1, urgent=True)
        await floor.until(sent=1)
        assert floor.telegram.chats() == [1, 1]


async def test_a_regular_article_whose_answer_was_lost_stays_unknown_and_the_desk_is_told(
    tmp_path: Path,
) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, _try: Unknown("no answer") if chat == 2 else Sent(1)
        article_id = await floor.announce(1, 2, 3)
        await floor.until_state(1, PublicationState.DONE)
        await floor.until(sent=2, unknown=1)
        assert sorted(floor.telegram.chats()) == [1, 2, 3]
        await floor.until_told(1)
        assert floor.desk.told[0].startswith(f"unsure {article_id}")
        assert floor.desk.told[0].endswith(": 1")


async def test_who_was_left_as_unknown_is_sent_to_when_the_newsroom_says_so(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, tries: (
            Unknown("no answer") if (chat, tries) == (2, 1) else Sent(1)
        )
        await floor.announce(1, 2)
        await floor.until_state(1, PublicationState.DONE)
        assert await floor.ledger.retry(1) == 1
        floor.pusher.wake()
        await floor.until_state(1, PublicationState.DONE)
        await floor.until(sent=2)
        assert sorted(floor.telegram.chats()) == [1, 2, 2]


def test_a_send_is_given_up_as_unknown_only_after_several_lost_answers_ever_farther_apart() -> None:
    lost = Unknown("no answer")
    tries = [settled(lost, unknowns=number, again=True) for number in range(outcomes.UNKNOWN_TRIES - 1)]
    pauses = [retry.after for retry in tries if isinstance(retry, Retry) and retry.unanswered]
    assert pauses == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0]
    assert settled(lost, unknowns=outcomes.UNKNOWN_TRIES - 1, again=True) == lost
    assert settled(lost, unknowns=0, again=False) == lost
    assert settled(Sent(5), unknowns=0, again=True) == Sent(5)


async def test_a_correction_is_edited_into_every_message_that_was_sent(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, _try: Gone("blocked") if chat == 3 else Sent(100 + chat)
        fixed = correction()
        (first,) = [sample for sample in samples() if sample.url == fixed.url]
        await floor.announce(1, 2, 3, sample=first)
        await floor.until_state(1, PublicationState.DONE)
        await floor.subscribers.leave(2)
        await floor.announce(sample=fixed)
        await floor.until_state(2, PublicationState.DONE)
        await floor.until(2, sent=2)
        assert sorted(change[:3] for change in floor.telegram.changes) == [("edit", 1, 101), ("edit", 2, 102)]
        assert all(" 2 id" in text for *_, text in floor.telegram.changes), "the second revision"
        assert sorted(floor.telegram.chats()) == [1, 2, 3], "nothing was sent again"


async def test_who_was_not_sent_to_yet_gets_the_corrected_article_alone(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.gate = asyncio.Event()
        fixed = correction()
        (first,) = [sample for sample in samples() if sample.url == fixed.url]
        await floor.announce(*range(1, 101), sample=first)
        async with asyncio.timeout(PATIENCE):
            while len(floor.telegram.sends) < 3:
                await asyncio.sleep(0.01)
        await floor.announce(sample=fixed)
        assert floor.telegram.changes == [], "nobody is left out because his message is just being sent"
        floor.telegram.gate.set()
        await floor.until_state(1, PublicationState.DONE)
        await floor.until_state(2, PublicationState.DONE)
        old = {row.chat_id async for row in floor.ledger.entries(2)}
        assert len(floor.telegram.sends) == 100
        assert 3 <= len(old) < 100
        assert {chat for _, chat, _, _ in floor.telegram.changes} == old


async def test_a_retraction_undoes_what_was_sent_and_sends_nothing_more(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, _try: Sent(100 + chat)
        article_id = await floor.announce(*range(1, 101))
        async with asyncio.timeout(PATIENCE):
            while len(floor.telegram.sends) < 3:
                await asyncio.sleep(0.01)
        assert await floor.archive.retract(article_id, now=_now())
        floor.planner.wake()
        await floor.until_state(2, PublicationState.DONE)
        sent = set(floor.telegram.chats())
        assert 3 <= len(sent) < 100
        assert {change[:3] for change in floor.telegram.changes} == {
            ("withdraw", chat, 100 + chat) for chat in sent
        }
        cancelled = await floor.until_state(1, PublicationState.CANCELLED)
        assert cancelled.cause == "replaced by publication 2"


async def test_a_message_that_the_reader_deleted_is_not_his_end(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        article_id = await floor.announce(1)
        await floor.until_state(1, PublicationState.DONE)
        floor.telegram.script = lambda _chat, _try: Absent("message to delete not found")
        await floor.archive.retract(article_id, now=_now())
        await floor.until_state(2, PublicationState.DONE)
        reader = await floor.subscribers.get(1)
        assert reader is not None
        assert reader.reachable


async def test_breaking_news_overtakes_and_is_not_sent_twice(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        await floor.announce(*range(1, 121))
        async with asyncio.timeout(PATIENCE):
            while len(floor.telegram.sends) < 3:
                await asyncio.sleep(0.01)
        await floor.announce(sample=samples()[1], urgent=True)
        await floor.until_state(2, PublicationState.DONE)
        progress = await floor.publications.progress(1)
        assert progress[DeliveryState.SENT] < 60, "the urgent one went first"


async def test_an_article_that_becomes_breaking_news_goes_to_whom_it_was_not_sent(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        article_id = await floor.announce(*range(1, 91))
        async with asyncio.timeout(PATIENCE):
            while len(floor.telegram.sends) < 3:
                await asyncio.sleep(0.01)
        await floor.archive.publish(article_id, kind=PublicationKind.BREAKING, now=_now())
        await floor.until_state(2, PublicationState.DONE)
        assert sorted(floor.telegram.chats()) == list(range(1, 91))
        assert (await floor.publications.progress(2))[DeliveryState.SENT] > 0


async def test_a_paused_publication_rests_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        await floor.announce(*range(1, 101))
        await floor.until_state(1, PublicationState.RUNNING)
        assert await floor.publications.pause(1, cause="the desk asked") is not None
        await floor.until(claimed=0, attempting=0)
        assert len(floor.telegram.sends) < 100
        resumed = await floor.publications.resume(1)
        assert resumed is not None
        assert resumed.state is PublicationState.RUNNING
        await floor.until_state(1, PublicationState.DONE)
        assert sorted(floor.telegram.chats()) == list(range(1, 101))


async def test_a_cancelled_publication_stays_unsent(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        await floor.announce(*range(1, 101))
        await floor.until_state(1, PublicationState.RUNNING)
        await floor.publications.cancel(1, cause="the desk asked", now=_now())
        await floor.until(claimed=0, attempting=0)
        sent = len(floor.telegram.sends)
        assert await floor.publications.resume(1) is not None
        progress = await floor.publications.progress(1)
        assert (progress[DeliveryState.SENT], progress[DeliveryState.PENDING]) == (sent, 100 - sent)


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


async def test_a_message_that_telegram_refuses_is_paused_after_a_few_and_the_desk_is_told(
    tmp_path: Path,
) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda _chat, _try: Refused("can't parse entities")
        await floor.announce(*range(1, 101))
        paused = await floor.until_state(1, PublicationState.PAUSED)
        assert paused.cause == "can't parse entities"
        await floor.until(claimed=0, attempting=0)
        assert len(floor.telegram.sends) < 70, "what was in hand at most"
        await floor.until_told(2)
        assert len(floor.desk.told) == 2
        assert "can't parse entities" in floor.desk.told[0]
        assert floor.desk.told[1].startswith("paused 1")


async def test_one_refusal_between_many_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda chat, _try: Refused("odd chat") if chat % 3 == 0 else Sent(1)
        await floor.announce(*range(1, 13))
        await floor.until_state(1, PublicationState.DONE)
        await floor.until(sent=8, refused=4)
        await floor.until_told(1)
        assert len(floor.desk.told) == 1


async def test_an_answer_is_recorded_when_the_database_is_back_and_nothing_is_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.sender.STORE_PAUSE", 0.05)
    async with _floor(tmp_path) as floor:
        floor.deliveries.faults = 3
        await floor.announce(1)
        await floor.until(sent=1)
        assert floor.telegram.chats() == [1]


async def test_a_broken_template_sends_nothing_and_loses_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.courier.FAULT_PAUSE", 0.05)
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
        await floor.until_sends(3)
        floor.pusher.stop()
        await asyncio.sleep(0)
        under_way = len(floor.telegram.sends)
        floor.telegram.gate.set()
        await floor.until(attempting=0, claimed=0)
        progress = await floor.publications.progress(1)
        assert progress[DeliveryState.SENT] == len(floor.telegram.sends)
        assert under_way <= len(floor.telegram.sends) < 100
        assert progress[DeliveryState.PENDING] == 100 - len(floor.telegram.sends)


async def test_a_stop_with_patience_outlasts_the_database_and_one_without_ends_it(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.gate = asyncio.Event()
        await floor.announce(1)
        await floor.until_sends(1)
        floor.pusher.stop(within=600)
        floor.pusher.stop(within=700)
        assert (await floor.publications.progress(1))[DeliveryState.ATTEMPTING] == 1
        floor.pusher.stop(within=0.05)
        # Nobody knows whether the reader has it; of an article nobody gets a second one.
        await floor.until(unknown=1)


async def test_a_stop_can_be_given_less_patience_and_never_more(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.gate = asyncio.Event()
        await floor.announce(1)
        await floor.until_sends(1)
        floor.pusher.stop(within=600)
        await floor.until(attempting=1)
        floor.pusher.stop(within=0.05)
        floor.pusher.stop(within=600)
        # Nobody knows whether the reader has it, and of an article nobody is to get a second one.
        await floor.until(unknown=1)


async def test_a_stop_waits_no_longer_for_a_database_that_hangs(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        await floor.announce(1)
        await floor.until(sent=1)
        floor.claims.hangs = True
        floor.pusher.wake()
        await asyncio.sleep(0.05)
        floor.pusher.stop(within=0.05)
        async with asyncio.timeout(PATIENCE):
            await floor.pushing


async def test_a_fault_of_ours_loses_no_answer_that_is_under_way(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.gate = asyncio.Event()
        await floor.announce(1)
        await floor.until_sends(1)
        floor.claims.fault = RuntimeError("a fault of ours")
        floor.pusher.wake()
        await asyncio.sleep(0.05)
        floor.telegram.gate.set()
        with pytest.raises(RuntimeError, match="a fault of ours"):
            await floor.pushing
        assert (await floor.publications.progress(1))[DeliveryState.SENT] == 1


async def test_what_is_in_hand_of_a_cancelled_publication_is_not_sent(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.deliveries.gate = asyncio.Event()
        await floor.announce(*range(1, 31))
        await floor.until_marking(PLACES)
        await floor.until(claimed=30)
        await floor.publications.cancel(1, cause="the desk", now=_now())
        floor.pusher.wake()
        # But for those that are being marked, nothing is in hand any more.
        await floor.until(claimed=PLACES)
        floor.deliveries.gate.set()
        await floor.until(claimed=0, attempting=0)
        assert len(floor.telegram.sends) == PLACES
        assert (await floor.publications.progress(1))[DeliveryState.PENDING] == 30 - PLACES


async def test_a_process_that_cannot_reach_telegram_rests_alone_and_keeps_nothing_in_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _floor(tmp_path) as floor:
        holds = list[float]()
        monkeypatch.setattr(floor.turns, "hold", holds.append)
        floor.telegram.script = lambda _chat, _try: Retry(600, "no route", here=True)
        await floor.announce(*range(1, 31))
        async with asyncio.timeout(PATIENCE):
            while not floor.turns.held():
                await asyncio.sleep(0.01)
        await floor.until(claimed=0, attempting=0, pending=30)
        assert holds == [], "others may reach it"
        assert len(floor.telegram.sends) < 10


async def test_an_answer_of_which_only_the_word_was_lost_is_not_written_over_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.sender.STORE_PAUSE", 1.5)
    async with _floor(tmp_path) as floor:
        gate = asyncio.Event()

        def script(_chat: int, number: int) -> Outcome:
            floor.telegram.gate = gate
            return Retry(0.0, "later") if number == 1 else Sent(1)

        floor.telegram.script = script
        floor.deliveries.unheard = 1
        await floor.announce(1)
        await floor.until_sends(2)
        # Until whoever did not hear that the first answer is written down would write it again.
        await asyncio.sleep(1.0)
        gate.set()
        await floor.until(sent=1)
        assert len(floor.telegram.sends) == 2


async def test_what_waited_together_for_the_database_does_not_start_together(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.deliveries.gate = asyncio.Event()
        await floor.announce(*range(1, 30))
        await floor.until_marking(PLACES)
        assert floor.telegram.sends == [], "none before it is marked"
        floor.deliveries.gate.set()
        await floor.until(sent=29)
        times = [began for _, began in floor.telegram.sends]
        assert floor.deliveries.most_waiting == PLACES, "no more are marked ahead"
        # The burst of two, and the clock's own grain.
        assert times[PLACES - 1] - times[0] > (PLACES - 2.1) * OVERALL.interval


async def test_a_mark_whose_turn_does_not_come_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = Place.turn

    async def never(_: Place) -> None:
        await asyncio.Event().wait()

    async with _floor(tmp_path) as floor:
        monkeypatch.setattr("bot.delivery.sender.TURN_WAIT", 0.05)
        monkeypatch.setattr(Place, "turn", never)
        await floor.announce(1)
        async with asyncio.timeout(PATIENCE):
            while [row.cause async for row in floor.ledger.entries(1)] != ["its turn did not come"]:
                await asyncio.sleep(0.01)
        assert floor.telegram.sends == []
        monkeypatch.setattr(Place, "turn", turn)
        await floor.until(sent=1)
        assert len(floor.telegram.sends) == 1


async def test_what_is_marked_when_a_hold_begins_goes_back(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.deliveries.gate = asyncio.Event()
        await floor.announce(1)
        await floor.until_marking(1)
        floor.turns.hold(1.0)
        floor.deliveries.gate.set()
        await floor.until(pending=1)
        assert floor.telegram.sends == []
        await floor.until(sent=1)
        assert len(floor.telegram.sends) == 1


async def test_what_is_still_refused_after_it_was_resumed_is_paused_again(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.telegram.script = lambda _chat, _try: Refused("can't parse entities")
        await floor.announce(*range(1, 201))
        await floor.until_state(1, PublicationState.PAUSED)
        await floor.until(claimed=0, attempting=0)
        refused = len(floor.telegram.sends)
        await floor.publications.resume(1)
        await floor.until_state(1, PublicationState.PAUSED)
        assert refused < len(floor.telegram.sends) < 200
        await floor.until_told(3)
        assert [told.startswith("paused 1") for told in floor.desk.told] == [False, True, True]


async def test_a_pause_that_the_database_does_not_take_is_made_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.refusals.STORE_PAUSE", 0.05)
    async with _floor(tmp_path) as floor:
        floor.publications.faults = 2
        floor.telegram.script = lambda _chat, _try: Refused("can't parse entities")
        await floor.announce(*range(1, 101))
        await floor.until_state(1, PublicationState.PAUSED)


async def test_a_desk_that_cannot_be_told_holds_up_neither_sending_nor_a_stop(tmp_path: Path) -> None:
    async with _floor(tmp_path) as floor:
        floor.desk.gate = asyncio.Event()
        floor.telegram.script = lambda chat, _try: Refused("odd chat") if chat == 1 else Sent(1)
        await floor.announce(1, 2)
        await floor.until_state(1, PublicationState.DONE)
        await floor.until(sent=1, refused=1)
        floor.desk.gate.set()
        await floor.until_told(1)
