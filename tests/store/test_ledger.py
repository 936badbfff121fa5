import asyncio

from sqlalchemy import select, text, update

from bot.core.outcome import KILLED_PAUSE, Gone, Outcome, Refused, Sent, Unknown
from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.ledger_tables import deliveries, publications
from bot.store.reader_tables import subscribers
from tests.store.ledger import Ledger
from tests.store.samples import NOW, seconds_later


async def _answered(ledger: Ledger) -> int:
    """A publication that was sent, lost, refused and met a blocked chat."""
    publication_id = await ledger.publish(range(1, 5))
    outcomes: list[Outcome] = [Sent(11), Unknown("putus"), Refused("salah"), Gone("diblokir")]
    for delivery, outcome in zip(await ledger.take(), outcomes, strict=True):
        await ledger.close(delivery.id, outcome)
    await ledger.publications.finish(now=NOW)
    return publication_id


async def test_the_ledger_says_who_got_it_and_why_others_did_not(ledger: Ledger) -> None:
    publication_id = await _answered(ledger)
    entries = [entry async for entry in ledger.book.entries(publication_id)]
    assert [(entry.chat_id, entry.state, entry.message_id, entry.cause) for entry in entries] == [
        (1, DeliveryState.SENT, 11, None),
        (2, DeliveryState.UNKNOWN, None, "putus"),
        (3, DeliveryState.REFUSED, None, "salah"),
        (4, DeliveryState.GONE, None, "diblokir"),
    ]
    (publication,) = await ledger.book.publications(1)
    assert (publication.id, publication.kind) == (publication_id, PublicationKind.REGULAR)
    lost = [
        entry.chat_id async for entry in ledger.book.entries(publication_id, states=[DeliveryState.UNKNOWN])
    ]
    assert lost == [2]


async def test_trying_again_takes_only_those_who_lack_it_and_still_want_it(ledger: Ledger) -> None:
    publication_id = await _answered(ledger)
    await ledger.subscribers.leave(3)
    assert await ledger.book.retry(publication_id) == 1
    assert await ledger.state(publication_id) is PublicationState.RUNNING
    (again,) = await ledger.take()
    assert (again.chat_id, again.unknowns) == (2, 0)
    await ledger.close(again.id, Sent(12))
    await ledger.publications.finish(now=NOW)
    assert await ledger.book.retry(publication_id) == 0
    assert await ledger.state(publication_id) is PublicationState.DONE


async def test_who_is_tried_again_after_two_kills_begins_anew(ledger: Ledger) -> None:
    publication_id = await ledger.publish([1])
    every = frozenset(PublicationKind)
    for tried in range(2):
        await ledger.take(after=tried * KILLED_PAUSE)
        assert await ledger.die(again=every, after=tried * KILLED_PAUSE) == 1
    assert await ledger.book.retry(publication_id) == 1
    await ledger.take()
    await ledger.die(again=every)
    (row,) = await ledger.rows()
    assert row["state"] is DeliveryState.PENDING, "killed once since"


async def test_a_cancelled_publication_is_not_revived_by_trying_again(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(1, 3))
    (first, _) = await ledger.take()
    await ledger.close(first.id, Refused("salah"))
    await ledger.publications.cancel(publication_id, cause="x", now=NOW)
    await ledger.book.retry(publication_id)
    assert await ledger.state(publication_id) is PublicationState.CANCELLED
    assert await ledger.claim() == ()


async def test_many_entries_are_read_in_chunks_without_a_gap(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(4100))
    chats = [entry.chat_id async for entry in ledger.book.entries(publication_id)]
    assert chats == list(range(4100))


async def test_old_rows_are_cleared_and_what_is_open_or_new_stays(ledger: Ledger) -> None:
    old = await _answered(ledger)
    open_one = await ledger.announce("Masih jalan")
    await ledger.fill(open_one)
    assert await ledger.book.clear(before=NOW) == 0
    while await ledger.book.clear(before=seconds_later(1)):
        pass
    assert await ledger.publications.one(old) is None
    assert {row["publication_id"] for row in await ledger.rows()} == {open_one}


async def test_what_was_cleared_is_corrected_nowhere(ledger: Ledger) -> None:
    await _answered(ledger)
    while await ledger.book.clear(before=seconds_later(1)):
        pass
    assert await ledger.archive.retract(1, now=NOW)
    assert await ledger.publications.newest(limit=5) == ()


async def test_trying_again_leaves_a_cancelled_publications_rows_as_they_ended(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(1, 3))
    outcomes: list[Outcome] = [Sent(11), Unknown("putus")]
    for delivery, outcome in zip(await ledger.take(), outcomes, strict=True):
        await ledger.close(delivery.id, outcome)
    await ledger.publications.cancel(publication_id, cause="x", now=NOW)
    assert await ledger.book.retry(publication_id) == 0
    assert [row["state"] for row in await ledger.rows()] == [DeliveryState.SENT, DeliveryState.UNKNOWN]


async def test_nobody_is_tried_again_who_has_the_article_by_another_publication(ledger: Ledger) -> None:
    publication_id = await _answered(ledger)
    urgent = await ledger.archive.publish(1, kind=PublicationKind.BREAKING, now=NOW)
    assert urgent is not None
    await ledger.fill(urgent)
    for delivery in await ledger.take():
        await ledger.close(delivery.id, Sent(20) if delivery.chat_id == 3 else Refused("salah"))
    await ledger.publications.finish(now=NOW)
    async with ledger.database.writing() as connection:
        await connection.execute(update(subscribers).values(reachable=True))
    assert await ledger.book.retry(publication_id) == 2, "the unknown one, and the one who is back"
    assert await ledger.book.retry(urgent) == 0
    assert sorted(delivery.chat_id for delivery in await ledger.claim()) == [2, 4]


async def test_what_was_retracted_is_not_sent_by_trying_again(ledger: Ledger) -> None:
    publication_id = await _answered(ledger)
    assert await ledger.archive.retract(1, now=NOW)
    assert await ledger.book.retry(publication_id) == 0


async def test_a_retraction_is_tried_again_even_where_nobody_listens_and_not_once_it_is_undone(
    ledger: Ledger,
) -> None:
    await _answered(ledger)
    assert await ledger.archive.retract(1, now=NOW)
    (retraction,) = await ledger.publications.planned()
    await ledger.fill(retraction)
    (delivery,) = await ledger.take()
    await ledger.close(delivery.id, Refused("tidak bisa"))
    await ledger.publications.finish(now=NOW)
    await ledger.subscribers.leave(1)
    assert await ledger.book.retry(retraction) == 1
    (delivery,) = await ledger.take()
    await ledger.close(delivery.id, Refused("tidak bisa"))
    await ledger.publications.finish(now=NOW)
    await ledger.archive.publish(1, kind=PublicationKind.REGULAR, now=NOW)
    assert await ledger.book.retry(retraction) == 0


async def test_a_publication_is_not_closed_over_rows_that_are_tried_again_meanwhile(ledger: Ledger) -> None:
    publication_id = await _answered(ledger)
    async with ledger.database.writing() as connection:
        await connection.execute(update(publications).values(state=PublicationState.RUNNING))
    if not ledger.database.is_postgresql:
        return  # SQLite has one writer at a time
    async with ledger.database.writing() as connection:
        held = select(publications.c.id).with_for_update()
        await connection.execute(held)
        await connection.execute(update(deliveries).values(state=DeliveryState.PENDING))
        closing = asyncio.create_task(ledger.publications.finish(now=NOW))
        async with ledger.database.reading() as other:
            while not await other.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                assert not closing.done()
    assert await closing == ()
    assert await ledger.state(publication_id) is PublicationState.RUNNING
