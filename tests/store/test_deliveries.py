import asyncio
from datetime import timedelta

import pytest

from bot.core.audience import ChatKind
from bot.core.outcome import Gone, Outcome, Refused, Retry, Sent, Unknown
from bot.core.publication import DeliveryState, DueDelivery, Priority
from bot.store.subscribers import Audience
from tests.store.ledger import Ledger
from tests.store.samples import NOW, seconds_later


async def test_a_due_delivery_says_all_that_the_sender_needs(ledger: Ledger) -> None:
    await ledger.subscribers.set_channels({-1001: "en"}, now=NOW)
    await ledger.subscribers.set_silent(-1001, True)
    publication_id = await ledger.announce(priority=Priority.BREAKING)
    await ledger.fill(publication_id)
    (due,) = await ledger.due()
    latest = await ledger.archive.latest()
    assert latest is not None
    assert due == DueDelivery(
        id=due.id,
        publication_id=publication_id,
        article_id=latest.id,
        priority=20,
        chat_id=-1001,
        chat_kind=ChatKind.CHANNEL,
        language="en",
        silent=True,
        attempts=0,
    )


async def test_the_urgent_goes_first_then_the_older_publication_then_the_lower_id(ledger: Ledger) -> None:
    await ledger.join([1, 2])
    older = await ledger.announce("Satu")
    newer = await ledger.announce("Dua")
    urgent = await ledger.announce("Tiga", priority=Priority.BREAKING)
    for publication_id in (newer, urgent, older):
        await ledger.fill(publication_id)
    order = [(due.publication_id, due.chat_id) for due in await ledger.due()]
    assert order == [(urgent, 1), (urgent, 2), (older, 1), (older, 2), (newer, 1), (newer, 2)]
    assert [(due.publication_id, due.chat_id) for due in await ledger.due(limit=3)] == order[:3]


async def test_the_first_chunk_is_sent_while_the_rest_is_still_planned(ledger: Ledger) -> None:
    await ledger.join(range(4))
    publication_id = await ledger.announce()
    await ledger.publications.fill(publication_id, chunk=2, now=NOW)
    assert [due.chat_id for due in await ledger.due()] == [0, 1]


async def test_a_delivery_is_taken_by_one_alone(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.due()
    taken = await asyncio.gather(*(ledger.deliveries.attempt(due.id, now=NOW) for _ in range(10)))
    assert sorted(taken) == [False] * 9 + [True]
    assert await ledger.due() == ()
    assert not await ledger.deliveries.attempt(due.id, now=NOW)


async def test_what_is_not_there_is_not_taken(ledger: Ledger) -> None:
    assert not await ledger.deliveries.attempt(7, now=NOW)
    await ledger.deliveries.close(7, Sent(1), now=NOW)
    assert await ledger.rows() == []


CLOSED: list[tuple[Outcome, dict[str, object]]] = [
    (Sent(99), {"state": DeliveryState.SENT, "message_id": 99, "cause": None}),
    (Unknown("putus"), {"state": DeliveryState.UNKNOWN, "message_id": None, "cause": "putus"}),
    (Refused("terlalu panjang"), {"state": DeliveryState.REFUSED, "cause": "terlalu panjang"}),
    (Gone("diblokir"), {"state": DeliveryState.GONE, "cause": "diblokir"}),
]


@pytest.mark.parametrize(("outcome", "written"), CLOSED)
async def test_an_answer_closes_the_delivery_for_good(
    ledger: Ledger, outcome: Outcome, written: dict[str, object]
) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.deliveries.close(due.id, outcome, now=seconds_later(1))
    (row,) = await ledger.rows()
    expected = {
        "attempts": 1,
        "attempted_at": NOW,
        "finished_at": seconds_later(1),
        "due_at": None,
        **written,
    }
    assert {name: row[name] for name in expected} == expected
    await ledger.deliveries.close(due.id, Sent(1), now=seconds_later(2))
    assert not await ledger.deliveries.attempt(due.id, now=seconds_later(2))
    assert await ledger.due(after=3600) == ()
    assert await ledger.rows() == [row]


async def test_a_retry_is_due_at_its_time_and_not_before(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.deliveries.close(due.id, Retry(2.5, "429", everywhere=True), now=NOW)
    assert await ledger.due(after=2.4) == ()
    assert await ledger.deliveries.next_due() == seconds_later(2.5)
    (again,) = await ledger.take(after=2.5)
    assert (again.id, again.attempts) == (due.id, 1)
    await ledger.deliveries.close(again.id, Sent(5), now=seconds_later(3))
    (row,) = await ledger.rows()
    assert (row["attempts"], row["cause"], row["message_id"]) == (2, None, 5)


async def test_what_was_put_off_stands_in_its_old_place_when_it_is_due(ledger: Ledger) -> None:
    await ledger.publish(range(6))
    first, second = await ledger.take(limit=2)
    await ledger.deliveries.close(second.id, Retry(1, "x"), now=NOW)
    await ledger.deliveries.close(first.id, Retry(2, "x"), now=NOW)
    assert [due.chat_id for due in await ledger.due()] == [2, 3, 4, 5]
    assert [due.chat_id for due in await ledger.due(after=1)] == [1, 2, 3, 4, 5]
    assert [due.chat_id for due in await ledger.due(after=2)] == [0, 1, 2, 3, 4, 5]
    assert [due.chat_id for due in await ledger.due(after=2, limit=3)] == [0, 1, 2]


async def test_a_chat_that_is_gone_is_paused_in_the_same_moment(ledger: Ledger) -> None:
    await ledger.publish([1, 2, 3])
    first, second, third = await ledger.take()
    await asyncio.gather(
        ledger.deliveries.close(first.id, Gone("diblokir"), now=NOW),
        ledger.deliveries.close(second.id, Sent(1), now=NOW),
        ledger.deliveries.close(third.id, Gone("dihapus"), now=NOW),
    )
    assert await ledger.subscribers.count() == Audience(active=1, total=3)
    gone = await ledger.subscribers.get(1)
    assert gone is not None
    assert (gone.subscribed, gone.reachable) == (True, False)


async def test_a_late_gone_says_nothing_about_the_chat(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.deliveries.rescue(now=NOW)
    await ledger.deliveries.close(due.id, Gone("diblokir"), now=NOW)
    assert await ledger.subscribers.count() == Audience(active=1, total=1)
    assert [again.id for again in await ledger.due()] == [due.id]


async def test_who_left_or_blocked_after_planning_is_closed_as_gone(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(10))
    for chat_id in range(4):
        await ledger.subscribers.leave(chat_id)
    await ledger.subscribers.set_reachable(4, False, cause="diblokir", now=NOW)
    assert [due.chat_id for due in await ledger.due(limit=2)] == [5, 6]
    progress = await ledger.publications.progress(publication_id)
    assert (progress[DeliveryState.GONE], progress[DeliveryState.PENDING]) == (5, 5)
    gone = [row for row in await ledger.rows() if row["state"] is DeliveryState.GONE]
    assert {(row["cause"] is not None, row["finished_at"]) for row in gone} == {(True, NOW)}
    assert await ledger.subscribers.get(0) is not None


async def test_a_publication_whose_readers_all_left_comes_to_its_end(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(3))
    for chat_id in range(3):
        await ledger.subscribers.leave(chat_id)
    assert await ledger.due() == ()
    assert await ledger.publications.finish(now=NOW) == (publication_id,)


async def test_who_was_put_off_and_left_is_closed_when_the_time_has_come(ledger: Ledger) -> None:
    publication_id = await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.deliveries.close(due.id, Retry(5, "x"), now=NOW)
    await ledger.subscribers.leave(1)
    assert await ledger.due(after=5) == ()
    assert (await ledger.publications.progress(publication_id))[DeliveryState.GONE] == 1


async def test_what_a_dead_process_was_sending_is_rescued(ledger: Ledger) -> None:
    await ledger.publish(range(4))
    taken = await ledger.take(limit=3)
    await ledger.deliveries.close(taken[0].id, Sent(1), now=NOW)
    assert await ledger.deliveries.rescue(now=seconds_later(60)) == 2
    assert await ledger.deliveries.rescue(now=seconds_later(60)) == 0
    rescued = await ledger.due(after=60)
    assert [(due.chat_id, due.attempts) for due in rescued] == [(1, 1), (2, 1), (3, 0)]


async def test_next_due_is_none_without_work_and_past_with_work_at_hand(ledger: Ledger) -> None:
    assert await ledger.deliveries.next_due() is None
    await ledger.publish([1, 2])
    at_hand = await ledger.deliveries.next_due()
    assert at_hand is not None
    assert at_hand <= NOW
    first, second = await ledger.take()
    assert await ledger.deliveries.next_due() is None
    await ledger.deliveries.close(first.id, Retry(9, "x"), now=NOW)
    await ledger.deliveries.close(second.id, Retry(4, "x"), now=NOW)
    assert await ledger.deliveries.next_due() == NOW + timedelta(seconds=4)


async def test_many_sends_at_once_are_all_written_down(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(200))

    async def send(delivery: DueDelivery) -> bool:
        taken = await ledger.deliveries.attempt(delivery.id, now=NOW)
        await ledger.deliveries.close(delivery.id, Sent(1000 + delivery.chat_id), now=NOW)
        return taken

    assert all(await asyncio.gather(*(send(delivery) for delivery in await ledger.due(limit=200))))
    assert (await ledger.publications.progress(publication_id))[DeliveryState.SENT] == 200
    assert {row["message_id"] - row["chat_id"] for row in await ledger.rows()} == {1000}
