"""The whole life of the ledger in any order of events: nobody is skipped, nobody is sent to twice."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

from bot.core.audience import ChatKind
from bot.core.outcome import Gone, Outcome, Refused, Retry, Sent, Unknown
from bot.core.publication import (
    AT_LEAST_ONCE,
    CHANGES,
    DeliveryState,
    DueDelivery,
    PublicationKind,
    PublicationState,
)
from bot.store.database import Database
from bot.store.reader_tables import subscribers
from tests.databases import new_file
from tests.store.ledger import Ledger
from tests.store.samples import NOW
from tests.store.servers import Server

Answer = TypeVar("Answer")

CHATS = st.integers(-4, 4)
SECTIONS = st.sampled_from(["nasional", "parpol"])
OPEN_STATES = {DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING}
OUTCOMES = st.sampled_from(
    [Sent(1), Sent(2), Retry(3, "429"), Retry(0, "x"), Unknown("putus"), Gone("diblokir"), Refused("panjang")]
)


class Life(RuleBasedStateMachine):
    """Readers come and go, articles are announced, corrected, paused; workers claim, send, hear and die."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._database = self._do(Database.open(url))
        self._ledger = Ledger(self._database)
        self._now = NOW
        self._claimed: dict[int, DueDelivery] = {}
        self._under_way: dict[int, DueDelivery] = {}
        # What a worker whose lease was lost believes that it is still sending.
        self._lost: list[tuple[int, int]] = []
        self._attempts: dict[int, int] = {}
        self._closed: set[int] = set()
        self._active: set[int] = set()
        self._wanted: dict[int, frozenset[str]] = {}
        self._cancelled: set[int] = set()
        # Who was there from the announcement on and so has to get it.
        self._awaiting: dict[int, set[int]] = {}

    def _do(self, doing: Coroutine[Any, Any, Answer]) -> Answer:
        return self._runner.run(doing)

    @initialize(chat_ids=st.sets(CHATS, min_size=3))
    def begin_with(self, chat_ids: set[int]) -> None:
        for chat_id in chat_ids:
            self.join(chat_id)

    @rule(chat_id=CHATS)
    def join(self, chat_id: int) -> None:
        joining = self._ledger.subscribers.join(chat_id, kind=ChatKind.PRIVATE, language="id", now=self._now)
        self._wanted[chat_id] = self._do(joining).sections
        self._active.add(chat_id)

    @rule(chat_id=CHATS, section=st.none() | SECTIONS)
    def toggle(self, chat_id: int, section: str | None) -> None:
        if (found := self._do(self._ledger.subscribers.toggle_section(chat_id, section))) is not None:
            self._wanted[chat_id] = found.sections
            self._is_no_longer_awaiting(chat_id)

    @rule(chat_id=CHATS)
    def leave(self, chat_id: int) -> None:
        self._do(self._ledger.subscribers.leave(chat_id))
        self._is_lost(chat_id)

    @rule(chat_id=CHATS)
    def block(self, chat_id: int) -> None:
        self._do(self._ledger.subscribers.set_reachable(chat_id, False, cause="diblokir", now=self._now))
        self._is_lost(chat_id)

    @rule(section=SECTIONS, kind=st.sampled_from([PublicationKind.REGULAR, PublicationKind.BREAKING]))
    def announce(self, section: str, kind: PublicationKind) -> None:
        title = f"Judul {len(self._awaiting)}"
        publication_id = self._do(self._ledger.announce(title, section=section, kind=kind))
        wants = {chat for chat in self._active if section in (self._wanted[chat] or {section})}
        self._awaiting[publication_id] = wants

    @precondition(lambda self: self._awaiting)
    @rule(data=st.data(), paused=st.booleans())
    def pause_or_resume(self, data: st.DataObject, paused: bool) -> None:
        publication_id = data.draw(st.sampled_from(sorted(self._awaiting)))
        publications = self._ledger.publications
        self._do(
            publications.pause(publication_id, cause="x") if paused else publications.resume(publication_id)
        )

    @precondition(lambda self: self._awaiting)
    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        publication_id = data.draw(st.sampled_from(sorted(self._awaiting)))
        known = self._do(self._ledger.publications.one(publication_id))
        assert known is not None
        assert known.article_id is not None
        if self._do(self._ledger.archive.retract(known.article_id, now=self._now)):
            self._cancelled.add(publication_id)

    @rule(chunk=st.integers(1, 3))
    def plan(self, chunk: int) -> None:
        for publication_id in self._do(self._ledger.publications.planned())[:1]:
            self._do(self._ledger.publications.fill(publication_id, chunk=chunk, now=self._now))

    @rule(limit=st.integers(1, 5))
    def claim(self, limit: int) -> None:
        for due in self._do(self._claim(self._now, limit)):
            assert due.id not in self._under_way
            assert due.id not in self._claimed
            assert due.id not in self._closed
            assert due.kind in CHANGES or due.chat_id in self._active
            assert due.attempts == self._attempts.get(due.id, 0)
            self._claimed[due.id] = due

    @rule()
    def begin(self) -> None:
        self._do(self._let_chats_rest())
        for due in self._claimed.values():
            assert self._do(self._ledger.attempt(due.id))
            assert not self._do(self._ledger.attempt(due.id))
            self._attempts[due.id] = due.attempts + 1
            self._under_way[due.id] = due
            # A chat that gets two of these at once would have to rest between them.
            self._do(self._let_chats_rest())
        self._claimed.clear()

    @precondition(lambda self: self._under_way)
    @rule(data=st.data(), outcome=OUTCOMES)
    def answer(self, data: st.DataObject, outcome: Outcome) -> None:
        due = self._under_way.pop(data.draw(st.sampled_from(sorted(self._under_way)).map(int)))
        self._do(self._ledger.close(due.id, outcome))
        if not isinstance(outcome, Retry):
            self._closed.add(due.id)
        if isinstance(outcome, Gone):
            self._is_lost(due.chat_id)

    @rule()
    def die(self) -> None:
        worker_id = self._do(self._ledger.worker())
        self._lost += [(delivery_id, worker_id) for delivery_id in (*self._under_way, *self._claimed)]
        in_hand = len(self._under_way) + len(self._claimed)
        assert self._do(self._ledger.die()) == in_hand
        self._closed |= {due.id for due in self._under_way.values() if due.kind not in AT_LEAST_ONCE}
        self._under_way.clear()
        self._claimed.clear()

    @precondition(lambda self: self._lost)
    @rule(outcome=OUTCOMES)
    def wake_up(self, outcome: Outcome) -> None:
        before = self._do(self._ledger.rows())
        for delivery_id, worker_id in self._lost:
            deliveries = self._ledger.deliveries
            assert not self._do(deliveries.attempt(delivery_id, worker_id=worker_id, now=self._now))
            self._do(deliveries.close(delivery_id, outcome, worker_id=worker_id, now=self._now))
        self._lost.clear()
        assert self._do(self._ledger.rows()) == before

    @rule(seconds=st.integers(1, 5))
    def wait(self, seconds: int) -> None:
        self._now += timedelta(seconds=seconds)

    @rule()
    def finish(self) -> None:
        for publication_id in self._do(self._ledger.publications.finish(now=self._now)):
            progress = self._do(self._ledger.publications.progress(publication_id))
            assert not any(progress[state] for state in OPEN_STATES)

    async def _claim(self, now: datetime, limit: int) -> list[DueDelivery]:
        worker_id = await self._ledger.worker()
        claimed: list[DueDelivery] = []
        for publication in await self._ledger.claims.open():
            left = limit - len(claimed)
            claimed += await self._ledger.claims.claim(publication, worker_id=worker_id, limit=left, now=now)
            if len(claimed) >= limit:
                break
        return claimed

    async def _let_chats_rest(self) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(subscribers).values(rests_until=None))

    def teardown(self) -> None:
        """Works off what is left and looks at who got what."""
        try:
            self._do(self._work_off())
        finally:
            self._do(self._database.close())
            self._runner.close()

    async def _work_off(self) -> None:
        await self._ledger.die(again=frozenset(PublicationKind))
        later = self._now + timedelta(hours=1)
        for publication_id in self._awaiting:
            await self._ledger.publications.resume(publication_id)
        planned = await self._ledger.publications.planned()
        while planned:
            for publication_id in planned:
                await self._ledger.fill(publication_id, chunk=2)
            planned = await self._ledger.publications.planned()
        while due := await self._claim(later, 3):
            for delivery in due:
                await self._let_chats_rest()
                assert await self._ledger.attempt(delivery.id)
                await self._ledger.close(delivery.id, Sent(3))
        await self._ledger.publications.finish(now=later)
        assert await self._ledger.claims.open() == ()
        got: dict[int, list[int]] = {}
        for row in await self._ledger.rows():
            if row["publication_id"] not in self._cancelled:
                assert row["state"] not in OPEN_STATES
            got.setdefault(row["publication_id"], []).append(row["chat_id"])
        for publication_id, awaiting in self._awaiting.items():
            chats = got.get(publication_id, [])
            assert len(chats) == len(set(chats))
            if publication_id in self._cancelled:
                state = await self._ledger.state(publication_id)
                assert state in {PublicationState.CANCELLED, PublicationState.DONE}
                continue
            assert awaiting <= set(chats)
            assert await self._ledger.state(publication_id) is PublicationState.DONE

    def _is_lost(self, chat_id: int) -> None:
        self._active.discard(chat_id)
        self._is_no_longer_awaiting(chat_id)

    def _is_no_longer_awaiting(self, chat_id: int) -> None:
        for awaiting in self._awaiting.values():
            awaiting.discard(chat_id)


def _live(fresh_url: Callable[[], str]) -> None:
    class FreshLife(Life):
        def __init__(self) -> None:
            super().__init__(fresh_url())

    run_state_machine_as_test(
        FreshLife,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_in_a_file_every_reader_gets_every_wanted_article_once(tmp_path: Path) -> None:
    numbers = iter(range(10**6))

    def fresh_url() -> str:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return new_file(folder)

    _live(fresh_url)


def test_in_postgresql_every_reader_gets_every_wanted_article_once(
    postgresql: Server, postgresql_migrated: str
) -> None:
    def fresh_url() -> str:
        postgresql.empty(postgresql_migrated)
        return postgresql.url(postgresql_migrated)

    _live(fresh_url)
