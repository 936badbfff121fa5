"""How the databases go about the statements of the ledger: by index, however many rows wait or are closed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.core.outcome import Gone, Moved, Retry, Sent
from bot.core.publication import DueDelivery, PublicationKind
from bot.store.database import Database
from tests.store.ledger import Ledger
from tests.store.samples import NOW
from tests.store.servers import opened

READERS = 20_000
JOIN_MANY = """
    WITH RECURSIVE reader (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM reader WHERE number < CAST(:readers AS integer)
    )
    INSERT INTO subscribers (chat_id, kind, language, subscribed, reachable, silent, joined_at)
    SELECT number, 'private', 'id', true, true, false, CURRENT_TIMESTAMP FROM reader
"""
Step = Callable[[Ledger, DueDelivery], Awaitable[object]]


@contextmanager
def listened(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements that reach the database, with the values of their first row."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        heard.append((statement, values[0] if many else values))

    engine = database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


async def _plan(database: Database, statement: str, values: Any) -> list[str]:
    asked = "EXPLAIN" if database.is_postgresql else "EXPLAIN QUERY PLAN"
    async with database.reading() as connection:
        rows = (await connection.exec_driver_sql(f"{asked} {statement}", values)).all()
    return [str(row[-1]) for row in rows]


@pytest.fixture
async def crowded(new_url: str) -> AsyncIterator[Ledger]:
    """Two publications of twenty thousand rows each: one closed but for its last ten, one waiting."""
    async with opened(new_url) as database:
        ledger = Ledger(database)
        async with database.writing() as connection:
            await connection.execute(text(JOIN_MANY), {"readers": READERS})
        for title in ("Lama", "Baru"):
            await ledger.fill(await ledger.announce(title), chunk=READERS)
        async with database.writing() as connection:
            closed = "UPDATE deliveries SET state = 'sent', message_id = 1 WHERE id <= :last"
            await connection.execute(text(closed), {"last": READERS - 10})
            await connection.execute(text("ANALYZE"))
        yield ledger


# As few of twenty thousand as a page is of a million: else PostgreSQL rightly reads all the readers.
FEW = 5

STEPS: dict[str, Step] = {
    "open": lambda ledger, _: ledger.claims.open(),
    "claim": lambda ledger, _: ledger.claim(limit=FEW),
    "attempt": lambda ledger, due: ledger.attempt(due.id),
    "sent": lambda ledger, due: ledger.close(due.id, Sent(1)),
    "retry": lambda ledger, due: ledger.close(due.id, Retry(1, "x")),
    "gone": lambda ledger, due: ledger.close(due.id, Gone("x")),
    "moved": lambda ledger, due: ledger.close(due.id, Moved(-100123)),
    "die": lambda ledger, _: ledger.die(),
    "finish": lambda ledger, _: ledger.publications.finish(now=NOW),
    "correct": lambda ledger, _: _correct(ledger),
    "forget": lambda ledger, due: ledger.subscribers.forget(due.chat_id),
}


async def _correct(ledger: Ledger) -> None:
    """Plans a chunk of the correction of an article that twenty thousand have."""
    publication_id = await ledger.publications.announce(1, 1, kind=PublicationKind.CORRECTION, now=NOW)
    await ledger.publications.fill(publication_id, chunk=FEW, now=NOW)


async def test_no_step_of_the_ledger_reads_a_whole_table(crowded: Ledger) -> None:
    for name, step in STEPS.items():
        taken = await crowded.take(limit=1) if name in {"sent", "retry", "gone", "moved"} else None
        (due,) = taken or await crowded.claim(limit=1)
        with listened(crowded.database) as heard:
            await step(crowded, due)
        asked = [(statement, values) for statement, values in heard if _touches_the_ledger(statement)]
        assert asked, name
        for statement, values in asked:
            plan = await _plan(crowded.database, statement, values)
            whole = [line for line in plan if _reads_all(line)]
            assert not whole, "\n".join((name, statement, *plan))


def _touches_the_ledger(statement: str) -> bool:
    return statement.lstrip().split(" ", 1)[0] in {"SELECT", "UPDATE", "INSERT", "DELETE", "WITH"}


def _reads_all(line: str) -> bool:
    """Whether a line of a plan reads a whole large table; a partial index holds open deliveries alone."""
    if any(f"Seq Scan on {table}" in line for table in ("deliveries", "subscribers")):
        return True
    return line.startswith(("SCAN deliveries", "SCAN subscribers")) and "deliveries_in_hand" not in line


async def test_planning_asks_for_quiet_hours_by_their_own_index(crowded: Ledger) -> None:
    for kind in (PublicationKind.REGULAR, PublicationKind.BREAKING):
        publication_id = await crowded.publications.announce(1, 1, kind=kind, now=NOW)
        async with crowded.database.writing() as connection:
            again = "UPDATE publications SET state = 'approved', planned_to = NULL WHERE id = :id"
            await connection.execute(text(again), {"id": publication_id})
        with listened(crowded.database) as heard:
            await crowded.publications.fill(publication_id, chunk=READERS // 2, now=NOW)
        ((asked, values),) = [one for one in heard if one[0].startswith("SELECT DISTINCT subscribers.zone")]
        assert "subscribers_quiet" in "\n".join(await _plan(crowded.database, asked, values)), kind


async def test_claiming_reads_the_open_rows_in_their_order(crowded: Ledger) -> None:
    with listened(crowded.database) as heard:
        assert len(await crowded.claim(limit=5)) == 5
    plans = [
        "\n".join(await _plan(crowded.database, statement, values))
        for statement, values in heard
        if statement.lstrip().startswith("WITH")
    ]
    assert any("deliveries_fresh" in plan for plan in plans)
    assert any("deliveries_put_off" in plan for plan in plans)


async def test_a_comparison_would_notice_a_missing_index(crowded: Ledger) -> None:
    async with crowded.database.writing() as connection:
        await connection.execute(text("DROP INDEX deliveries_fresh"))
    with listened(crowded.database) as heard:
        await crowded.claim(limit=5)
    asked = [(statement, values) for statement, values in heard if _touches_the_ledger(statement)]
    plans = [line for statement, values in asked for line in await _plan(crowded.database, statement, values)]
    assert not any("deliveries_fresh" in line for line in plans)
