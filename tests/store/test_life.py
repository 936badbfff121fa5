"""The whole life of the ledger in any order of events: nobody is skipped, nobody is sent to twice."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from datetime import timedelta
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

from bot.core.audience import ChatKind
from bot.core.outcome import Gone, Outcome, Refused, Retry, Sent, Unknown
from bot.core.publication import DeliveryState, DueDelivery, Priority, PublicationState
from bot.store.database import Database
from tests.store.ledger import Ledger
from tests.store.samples import NOW
from tests.store.servers import Server

Answer = TypeVar("Answer")

CHATS = st.integers(-4, 4)
SECTIONS = st.sampled_from(["nasional", "parpol"])
OUTCOMES = st.sampled_from(
    [Sent(1), Sent(2), Retry(3, "429"), Retry(0, "x"), Unknown("putus"), Gone("diblokir"), Refused("panjang")]
)


class Life(RuleBasedStateMachine):
    """Readers come and go, articles are announced, chunks planned, sends begun, answered or lost."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._database = self._do(Database.open(url))
        self._ledger = Ledger(self._database)
        self._now = NOW
        self._under_way: dict[int, DueDelivery] = {}
        self._attempts: dict[int, int] = {}
        self._closed: set[int] = set()
        self._active: set[int] = set()
        self._wanted: dict[int, frozenset[str]] = {}
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

    @rule(section=SECTIONS, priority=st.sampled_from(Priority))
    def announce(self, section: str, priority: Priority) -> None:
        title = f"Judul {len(self._awaiting)}"
        publication_id = self._do(self._ledger.announce(title, section=section, priority=priority))
        wants = {chat for chat in self._active if section in (self._wanted[chat] or {section})}
        self._awaiting[publication_id] = wants

    @rule(chunk=st.integers(1, 3))
    def plan(self, chunk: int) -> None:
        for publication_id in self._do(self._ledger.publications.planned())[:1]:
            self._do(self._ledger.publications.fill(publication_id, chunk=chunk, now=self._now))

    @rule(limit=st.integers(1, 5))
    def begin(self, limit: int) -> None:
        for due in self._do(self._ledger.deliveries.due(now=self._now, limit=limit)):
            assert due.id not in self._under_way
            assert due.id not in self._closed
            assert due.chat_id in self._active
            assert due.attempts == self._attempts.get(due.id, 0)
            assert self._do(self._ledger.deliveries.attempt(due.id, now=self._now))
            assert not self._do(self._ledger.deliveries.attempt(due.id, now=self._now))
            self._attempts[due.id] = due.attempts + 1
            self._under_way[due.id] = due

    @precondition(lambda self: self._under_way)
    @rule(data=st.data(), outcome=OUTCOMES)
    def answer(self, data: st.DataObject, outcome: Outcome) -> None:
        due = self._under_way.pop(data.draw(st.sampled_from(sorted(self._under_way)).map(int)))
        self._do(self._ledger.deliveries.close(due.id, outcome, now=self._now))
        if not isinstance(outcome, Retry):
            self._closed.add(due.id)
        if isinstance(outcome, Gone):
            self._is_lost(due.chat_id)

    @rule()
    def die(self) -> None:
        assert self._do(self._ledger.deliveries.rescue(now=self._now)) == len(self._under_way)
        self._under_way.clear()

    @rule(seconds=st.integers(1, 5))
    def wait(self, seconds: int) -> None:
        self._now += timedelta(seconds=seconds)

    @rule()
    def finish(self) -> None:
        for publication_id in self._do(self._ledger.publications.finish(now=self._now)):
            progress = self._do(self._ledger.publications.progress(publication_id))
            assert progress[DeliveryState.PENDING] == progress[DeliveryState.ATTEMPTING] == 0

    def teardown(self) -> None:
        """Works off what is left and looks at who got what."""
        try:
            self._do(self._work_off())
        finally:
            self._do(self._database.close())
            self._runner.close()

    async def _work_off(self) -> None:
        for publication_id in await self._ledger.publications.planned():
            await self._ledger.fill(publication_id, chunk=2)
        await self._ledger.deliveries.rescue(now=self._now)
        later = self._now + timedelta(hours=1)
        while due := await self._ledger.deliveries.due(now=later, limit=3):
            for delivery in due:
                assert await self._ledger.deliveries.attempt(delivery.id, now=later)
                await self._ledger.deliveries.close(delivery.id, Sent(3), now=later)
        await self._ledger.publications.finish(now=later)
        assert await self._ledger.deliveries.next_due() is None
        got: dict[int, list[int]] = {}
        for row in await self._ledger.rows():
            assert row["state"] not in {DeliveryState.PENDING, DeliveryState.ATTEMPTING}
            got.setdefault(row["publication_id"], []).append(row["chat_id"])
        for publication_id, awaiting in self._awaiting.items():
            chats = got.get(publication_id, [])
            assert len(chats) == len(set(chats))
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


def test_in_a_file_every_reader_gets_every_wanted_article_once(sqlite_template: Path, tmp_path: Path) -> None:
    numbers = iter(range(10**6))

    def fresh_url() -> str:
        file = tmp_path / f"{next(numbers)}.db"
        shutil.copy(sqlite_template, file)
        return f"sqlite:///{file}"

    _live(fresh_url)


def test_in_postgresql_every_reader_gets_every_wanted_article_once(
    postgresql: Server, postgresql_migrated: str
) -> None:
    def fresh_url() -> str:
        postgresql.empty(postgresql_migrated)
        return postgresql.url(postgresql_migrated)

    _live(fresh_url)
