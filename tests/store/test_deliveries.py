import asyncio

import pytest

from bot.core.audience import ChatKind
from bot.core.outcome import KILLED_PAUSE, Absent, Gone, Outcome, Refused, Retry, Sent, Unknown
from bot.core.pacing import ONE_CHAT, TURN_WAIT
from bot.core.publication import DeliveryState, DueDelivery, PublicationKind
from bot.store.subscribers import Audience
from tests.store.ledger import Ledger
from tests.store.samples import NOW, seconds_later

EVERY_KIND = frozenset(PublicationKind)


async def test_a_due_delivery_says_all_that_the_sender_needs(ledger: Ledger) -> None:
    await ledger.subscribers.set_channels({-1001: "en"}, now=NOW)
    await ledger.subscribers.set_silent(-1001, True)
    publication_id = await ledger.announce(kind=PublicationKind.BREAKING)
    await ledger.fill(publication_id)
    (due,) = await ledger.claim()
    latest = await ledger.archive.latest()
    assert latest is not None
    assert due == DueDelivery(
        id=due.id,
        publication_id=publication_id,
        kind=PublicationKind.BREAKING,
        priority=20,
        article_id=latest.id,
        title=latest.article.title,
        revision=1,
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
    urgent = await ledger.announce("Tiga", kind=PublicationKind.BREAKING)
    for publication_id in (newer, urgent, older):
        await ledger.fill(publication_id)
    first = [(due.publication_id, due.chat_id) for due in await ledger.claim(limit=3)]
    assert first == [(urgent, 1), (urgent, 2), (older, 1)]
    rest = [(due.publication_id, due.chat_id) for due in await ledger.claim()]
    assert rest == [(older, 2), (newer, 1), (newer, 2)]


async def test_the_first_chunk_is_sent_while_the_rest_is_still_planned(ledger: Ledger) -> None:
    await ledger.join(range(4))
    publication_id = await ledger.announce()
    await ledger.publications.fill(publication_id, chunk=2, now=NOW)
    assert [due.chat_id for due in await ledger.claim()] == [0, 1]


async def test_a_delivery_is_taken_by_one_alone(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.claim()
    taken = await asyncio.gather(*(ledger.attempt(due.id) for _ in range(10)))
    assert sorted(taken) == [False] * 9 + [True]
    assert await ledger.claim() == ()
    assert not await ledger.attempt(due.id)


async def test_what_is_not_there_is_not_taken(ledger: Ledger) -> None:
    assert not await ledger.attempt(7)
    await ledger.close(7, Sent(1))
    assert await ledger.rows() == []


CLOSED: list[tuple[Outcome, dict[str, object]]] = [
    (Sent(99), {"state": DeliveryState.SENT, "message_id": 99, "cause": None}),
    (Unknown("putus"), {"state": DeliveryState.UNKNOWN, "message_id": None, "cause": "putus"}),
    (Refused("terlalu panjang"), {"state": DeliveryState.REFUSED, "cause": "terlalu panjang"}),
    (Gone("diblokir"), {"state": DeliveryState.GONE, "cause": "diblokir"}),
    (Absent("dihapus"), {"state": DeliveryState.GONE, "cause": "dihapus"}),
]


@pytest.mark.parametrize(("outcome", "written"), CLOSED)
async def test_an_answer_closes_the_delivery_for_good(
    ledger: Ledger, outcome: Outcome, written: dict[str, object]
) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.close(due.id, outcome, after=1)
    (row,) = await ledger.rows()
    expected = {
        "attempts": 1,
        "attempted_at": NOW,
        "finished_at": seconds_later(1),
        "due_at": None,
        **written,
    }
    assert {name: row[name] for name in expected} == expected
    await ledger.close(due.id, Sent(1), after=2)
    assert not await ledger.attempt(due.id, after=2)
    assert await ledger.claim(after=3600) == ()
    assert await ledger.rows() == [row]


async def test_a_retry_is_due_at_its_time_and_not_before(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.close(due.id, Retry(2.5, "429", everywhere=True))
    assert await ledger.claim(after=2.4) == ()
    (again,) = await ledger.take(after=2.5)
    assert (again.id, again.attempts) == (due.id, 1)
    await ledger.close(again.id, Sent(5), after=3)
    (row,) = await ledger.rows()
    assert (row["attempts"], row["cause"], row["message_id"]) == (2, None, 5)


async def test_what_was_put_off_comes_before_what_was_never_tried(ledger: Ledger) -> None:
    await ledger.publish(range(6))
    first, second = await ledger.take(limit=2)
    await ledger.close(second.id, Retry(1, "x"))
    await ledger.close(first.id, Retry(2, "x"))
    assert [due.chat_id for due in await ledger.claim(limit=1)] == [2]
    assert [due.chat_id for due in await ledger.claim(limit=2, after=1)] == [1, 3]
    assert [due.chat_id for due in await ledger.claim(after=2)] == [0, 4, 5]


async def test_a_chat_that_is_gone_is_paused_in_the_same_moment(ledger: Ledger) -> None:
    await ledger.publish([1, 2, 3])
    first, second, third = await ledger.take()
    await asyncio.gather(
        ledger.close(first.id, Gone("diblokir")),
        ledger.close(second.id, Sent(1)),
        ledger.close(third.id, Gone("dihapus")),
    )
    assert await ledger.subscribers.count() == Audience(active=1, total=3)
    gone = await ledger.subscribers.get(1)
    assert gone is not None
    assert (gone.subscribed, gone.reachable) == (True, False)


async def test_a_late_answer_is_not_recorded_under_a_lost_lease(ledger: Ledger) -> None:
    publication_id = await ledger.publish([1, 2])
    late = await ledger.worker()
    first, second = await ledger.take()
    assert await ledger.die(again=EVERY_KIND) == 2
    await ledger.deliveries.close(first.id, Gone("diblokir"), worker_id=late, now=NOW)
    await ledger.deliveries.close(second.id, Sent(7), worker_id=late, now=NOW)
    assert not await ledger.deliveries.attempt(first.id, worker_id=late, now=NOW)
    assert await ledger.subscribers.count() == Audience(active=2, total=2)
    (publication,) = await ledger.claims.open()
    assert await ledger.claims.claim(publication, worker_id=late, limit=9, now=NOW) == ()
    assert {again.id for again in await ledger.take(after=KILLED_PAUSE)} == {first.id, second.id}
    await ledger.deliveries.close(first.id, Sent(7), worker_id=late, now=NOW)
    assert (await ledger.publications.progress(publication_id))[DeliveryState.ATTEMPTING] == 2


async def test_who_left_or_blocked_after_planning_is_closed_as_gone(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(10))
    for chat_id in range(4):
        await ledger.subscribers.leave(chat_id)
    await ledger.subscribers.set_reachable(4, False, cause="diblokir", now=NOW)
    assert [due.chat_id for due in await ledger.claim(limit=2)] == [5], "after two rounds of who left"
    progress = await ledger.publications.progress(publication_id)
    assert (progress[DeliveryState.GONE], progress[DeliveryState.PENDING]) == (5, 4)
    gone = [row for row in await ledger.rows() if row["state"] is DeliveryState.GONE]
    assert {(row["cause"] is not None, row["finished_at"]) for row in gone} == {(True, NOW)}
    assert await ledger.subscribers.get(0) is not None


async def test_a_publication_whose_readers_all_left_comes_to_its_end(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(3))
    for chat_id in range(3):
        await ledger.subscribers.leave(chat_id)
    assert await ledger.claim() == ()
    assert await ledger.publications.finish(now=NOW) == (publication_id,)


async def test_who_was_put_off_and_left_is_closed_when_the_time_has_come(ledger: Ledger) -> None:
    publication_id = await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.close(due.id, Retry(5, "x"))
    await ledger.subscribers.leave(1)
    assert await ledger.claim(after=5) == ()
    assert (await ledger.publications.progress(publication_id))[DeliveryState.GONE] == 1


async def test_what_a_dead_worker_had_in_hand_is_due_again(ledger: Ledger) -> None:
    await ledger.publish(range(5))
    taken = await ledger.take(limit=3)
    await ledger.claim(limit=1)
    await ledger.close(taken[0].id, Sent(1))
    assert await ledger.die(again=EVERY_KIND, after=60) == 3
    assert await ledger.workers.rescue(again=EVERY_KIND, now=seconds_later(60)) == 0
    claimed = await ledger.claim(after=60)
    assert [(due.chat_id, due.attempts) for due in claimed] == [(3, 0), (4, 0)]
    begun = await ledger.claim(after=60 + KILLED_PAUSE)
    assert [(due.chat_id, due.attempts) for due in begun] == [(1, 1), (2, 1)]


async def test_a_message_in_whose_sending_two_workers_died_is_unknown(ledger: Ledger) -> None:
    await ledger.publish(range(3))
    first, second, third = await ledger.take()
    await ledger.close(second.id, Retry(5, "putus", unanswered=True))
    assert await ledger.die(again=EVERY_KIND) == 2
    assert await ledger.claim(after=KILLED_PAUSE - 1) == (), "what kills it may be that very message"
    again = await ledger.take(after=KILLED_PAUSE)
    assert {due.id for due in again} == {first.id, second.id, third.id}
    # Nothing was sent this time: the reader may have one copy still, and two after the next try.
    await ledger.close(third.id, Retry(0, "429"))
    (claimed,) = await ledger.take(after=KILLED_PAUSE)
    assert claimed.id == third.id
    assert await ledger.die(again=EVERY_KIND, after=KILLED_PAUSE) == 3
    rows = {row["id"]: row for row in await ledger.rows()}
    assert rows[first.id]["state"] is DeliveryState.UNKNOWN
    assert rows[first.id]["cause"] is not None
    assert rows[second.id]["state"] is DeliveryState.PENDING, "of it an answer was lost, and one worker died"
    assert rows[third.id]["state"] is DeliveryState.UNKNOWN


async def test_what_is_in_doubt_when_two_workers_end_running_is_unknown_as_after_two_kills(
    ledger: Ledger,
) -> None:
    await ledger.publish([1])
    await ledger.take()
    await ledger.end(after=60)
    assert await ledger.claim(after=60 + KILLED_PAUSE - 1) == ()
    (again,) = await ledger.take(after=60 + KILLED_PAUSE)
    await ledger.end(after=120)
    (row,) = await ledger.rows()
    assert (row["id"], row["state"], row["finished_at"]) == (
        again.id,
        DeliveryState.UNKNOWN,
        seconds_later(120),
    )


async def test_an_answer_lost_after_the_cancel_leaves_the_delivery_unknown(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(2))
    lost, later = await ledger.take()
    await ledger.publications.cancel(publication_id, cause="x", now=NOW)
    await ledger.close(lost.id, Retry(5, "putus", unanswered=True))
    await ledger.close(later.id, Retry(5, "429"))
    states = [row["state"] for row in await ledger.rows()]
    assert states == [DeliveryState.UNKNOWN, DeliveryState.PENDING]


async def test_what_is_given_back_in_doubt_is_due_again_or_unknown_where_its_publication_was_cancelled(
    ledger: Ledger,
) -> None:
    publication_id = await ledger.publish(range(2))
    doubtful, _ = await ledger.take()
    assert await ledger.die(again=EVERY_KIND) == 2
    await ledger.claim(after=KILLED_PAUSE, limit=1)

    async def give_back() -> None:
        await ledger.claims.give_back(await ledger.worker(), but=(), now=seconds_later(9))

    await give_back()
    (again,) = await ledger.claim(after=KILLED_PAUSE, limit=1)
    assert again.id == doubtful.id, "it has waited for longest"
    await ledger.publications.cancel(publication_id, cause="x", now=NOW)
    await give_back()
    assert [row["state"] for row in await ledger.rows()] == [DeliveryState.UNKNOWN] * 2


async def test_what_a_dead_worker_had_of_a_cancelled_publication_is_unknown_if_it_may_have_arrived(
    ledger: Ledger,
) -> None:
    await ledger.join(range(4))
    urgent = await ledger.announce(kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    (lost,) = await ledger.take(limit=1)
    await ledger.close(lost.id, Retry(5, "putus", unanswered=True))
    (sending,) = await ledger.take(limit=1)
    claimed = {due.id for due in await ledger.claim(limit=2, after=5)}
    assert lost.id in claimed
    await ledger.publications.cancel(urgent, cause="x", now=seconds_later(5))
    assert await ledger.die(after=60) == 3
    rows = {row["id"]: row for row in await ledger.rows()}
    ended = {
        number: row["finished_at"] for number, row in rows.items() if row["state"] is DeliveryState.UNKNOWN
    }
    assert ended == {lost.id: seconds_later(60), sending.id: seconds_later(60)}
    assert rows[lost.id]["cause"] == "putus"


async def test_what_may_have_arrived_and_was_claimed_by_a_dead_worker_is_still_found_by_its_time(
    ledger: Ledger,
) -> None:
    await ledger.join(range(2))
    urgent = await ledger.announce(kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    (lost,) = await ledger.take(limit=1)
    await ledger.close(lost.id, Retry(5, "putus", unanswered=True))
    await ledger.claim(after=5)
    assert await ledger.die(after=60) == 2
    assert {row["id"]: row["due_at"] for row in await ledger.rows()} == {
        lost.id: seconds_later(60),
        lost.id + 1: None,
    }
    assert len(await ledger.claim(after=60)) == 2


async def test_a_correction_in_whose_sending_many_workers_died_is_sent_all_the_same(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.close(due.id, Sent(5))
    correction = await ledger.announce(kind=PublicationKind.RETRACTION)
    await ledger.fill(correction)
    for tried in range(5):
        (edit,) = await ledger.take(after=tried * KILLED_PAUSE)
        assert (edit.publication_id, edit.edits) == (correction, 5)
        assert await ledger.die(again=EVERY_KIND, after=tried * KILLED_PAUSE) == 1


async def test_at_most_once_what_a_dead_worker_was_sending_is_unknown(ledger: Ledger) -> None:
    regular = await ledger.publish(range(3))
    await ledger.take(limit=1)
    await ledger.claim(limit=1)
    urgent = await ledger.announce("Gempa", kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    await ledger.take(limit=1)
    assert await ledger.die() == 3
    first, claimed, untouched = [row for row in await ledger.rows() if row["publication_id"] == regular]
    assert (first["state"], first["finished_at"]) == (DeliveryState.UNKNOWN, NOW)
    assert first["cause"] is not None
    assert {claimed["state"], untouched["state"]} == {DeliveryState.PENDING}
    due_again = await ledger.claim(after=KILLED_PAUSE)
    assert [due.chat_id for due in due_again if due.publication_id == urgent] == [0, 1, 2]


async def test_a_worker_who_lives_keeps_what_it_has(ledger: Ledger) -> None:
    await ledger.publish(range(2))
    taken = await ledger.take()
    assert await ledger.workers.rescue(again=EVERY_KIND, now=NOW) == 0
    for due in taken:
        await ledger.close(due.id, Sent(5))
    assert {row["state"] for row in await ledger.rows()} == {DeliveryState.SENT}


async def test_a_worker_that_begins_alone_ends_all_others(ledger: Ledger) -> None:
    await ledger.publish(range(2))
    await ledger.claim()
    worker_id = await ledger.workers.enlist("new", lease=60, alone=True)
    assert await ledger.workers.rescue(again=EVERY_KIND, now=NOW) == 2
    assert await ledger.workers.renew(worker_id, lease=60)
    assert not await ledger.workers.renew(await ledger.worker(), lease=60)


async def test_a_dismissed_worker_gives_back_what_it_claimed(ledger: Ledger) -> None:
    await ledger.publish(range(2))
    await ledger.claim()
    await ledger.end()
    assert {(row["state"], row["worker_id"], row["due_at"]) for row in await ledger.rows()} == {
        (DeliveryState.PENDING, None, None)
    }


async def test_a_lost_answer_that_is_tried_again_is_counted(ledger: Ledger) -> None:
    await ledger.publish([1])
    (due,) = await ledger.take()
    await ledger.close(due.id, Retry(1, "429", everywhere=True))
    (again,) = await ledger.take(after=1)
    assert (again.attempts, again.unknowns) == (1, 0)
    await ledger.close(again.id, Retry(5, "putus", unanswered=True), after=1)
    (third,) = await ledger.take(after=6)
    assert (third.attempts, third.unknowns) == (2, 1)


async def test_on_postgresql_a_chat_rests_between_two_messages_of_any_worker(ledger: Ledger) -> None:
    await ledger.join([1])
    for title in ("Satu", "Dua"):
        await ledger.fill(await ledger.announce(title))
    first, second = await ledger.claim()
    assert await ledger.attempt(first.id)
    began = await ledger.attempt(second.id)
    assert began is not ledger.database.is_postgresql, "one process keeps the rate itself"
    if ledger.database.is_postgresql:
        # The first may still wait for its turn as long, and then a second is to lie between the two.
        rested = TURN_WAIT + ONE_CHAT.interval
        assert await ledger.claim(after=rested - 0.1) == ()
        assert [due.id for due in await ledger.claim(after=rested)] == [second.id]


async def test_many_sends_at_once_are_all_written_down(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(200))

    async def send(delivery: DueDelivery) -> bool:
        taken = await ledger.attempt(delivery.id)
        await ledger.close(delivery.id, Sent(1000 + delivery.chat_id))
        return taken

    assert all(await asyncio.gather(*(send(delivery) for delivery in await ledger.claim(limit=200))))
    assert (await ledger.publications.progress(publication_id))[DeliveryState.SENT] == 200
    assert {row["message_id"] - row["chat_id"] for row in await ledger.rows()} == {1000}


async def test_sends_under_an_old_number_keep_nobody_elses_back(ledger: Ledger) -> None:
    await ledger.publish(range(1, 3))
    first, second = await ledger.claim()
    old = await ledger.worker() + 1000
    began = await asyncio.gather(
        ledger.attempt(first.id),
        ledger.attempt(second.id),
        ledger.deliveries.attempt(first.id, worker_id=old, now=NOW),
    )
    assert list(began) == [True, True, False]
