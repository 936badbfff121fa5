from bot.core.outcome import Outcome, Retry, Sent
from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.store.publications import Filling
from tests.store.ledger import Ledger
from tests.store.samples import NOTHING_FOUND, NOW, article, seconds_later


async def test_the_same_revision_in_the_same_kind_is_one_publication(ledger: Ledger) -> None:
    first = await ledger.announce()
    assert await ledger.announce() == first
    assert await ledger.announce(kind=PublicationKind.BREAKING) != first
    assert await ledger.announce("Lain") != first
    stored = await ledger.archive.store(article(text="Diralat."), NOTHING_FOUND, now=NOW)
    revised = await ledger.publications.announce(stored.archived.id, 2, kind=PublicationKind.REGULAR, now=NOW)
    assert revised != first


async def test_the_most_urgent_is_planned_first_then_the_oldest(ledger: Ledger) -> None:
    slow = await ledger.announce("Satu")
    other = await ledger.announce("Dua")
    urgent = await ledger.announce("Tiga", kind=PublicationKind.BREAKING)
    assert await ledger.publications.planned() == (urgent, slow, other)
    await ledger.fill(slow)
    assert await ledger.publications.planned() == (urgent, other)


async def test_every_active_subscriber_gets_one_delivery_chunk_by_chunk(ledger: Ledger) -> None:
    await ledger.join(range(-3, 4))
    await ledger.subscribers.leave(0)
    await ledger.subscribers.set_reachable(1, False, cause="diblokir", now=NOW)
    publication_id = await ledger.announce()
    filled = [await ledger.publications.fill(publication_id, chunk=2, now=NOW) for _ in range(4)]
    assert filled == [Filling.MORE, Filling.MORE, Filling.MORE, Filling.COMPLETE]
    assert await ledger.recipients(publication_id) == [-3, -2, -1, 2, 3]
    assert await ledger.state(publication_id) is PublicationState.RUNNING
    assert await ledger.publications.fill(publication_id, chunk=2, now=NOW) is Filling.COMPLETE
    assert len(await ledger.rows()) == 5


async def test_a_chunk_that_ends_with_the_last_subscriber_is_not_known_as_the_last(
    ledger: Ledger,
) -> None:
    await ledger.join(range(4))
    publication_id = await ledger.announce()
    assert await ledger.publications.fill(publication_id, chunk=4, now=NOW) is Filling.MORE
    assert await ledger.state(publication_id) is PublicationState.APPROVED
    assert await ledger.publications.fill(publication_id, chunk=4, now=NOW) is Filling.COMPLETE
    assert await ledger.state(publication_id) is PublicationState.RUNNING


async def test_only_who_wants_the_section_or_all_gets_it(ledger: Ledger) -> None:
    await ledger.join(range(6))
    for chat_id, sections in {1: ["parpol"], 2: ["nasional"], 3: ["parpol", "nasional"]}.items():
        for section in sections:
            await ledger.subscribers.toggle_section(chat_id, section)
    expected: dict[str | None, list[int]] = {
        "nasional": [0, 2, 3, 4, 5],
        "parpol": [0, 1, 3, 4, 5],
        "ngopi": [0, 4, 5],
        None: [0, 4, 5],
    }
    for wanted, recipients in expected.items():
        publication_id = await ledger.announce(f"Tentang {wanted}", section=wanted)
        await ledger.fill(publication_id, chunk=2)
        assert await ledger.recipients(publication_id) == recipients


async def test_chunks_in_which_nobody_wants_the_section_are_not_the_end(ledger: Ledger) -> None:
    await ledger.join(range(20))
    for chat_id in range(19):
        await ledger.subscribers.toggle_section(chat_id, "parpol")
    publication_id = await ledger.announce(section="nasional")
    await ledger.fill(publication_id, chunk=3)
    assert await ledger.recipients(publication_id) == [19]


async def test_planning_goes_on_where_another_process_stopped(ledger: Ledger) -> None:
    await ledger.join(range(5))
    publication_id = await ledger.announce()
    await ledger.publications.fill(publication_id, chunk=2, now=NOW)
    other = Ledger(ledger.database)
    await other.fill(publication_id, chunk=2)
    assert await ledger.recipients(publication_id) == [0, 1, 2, 3, 4]


async def test_filling_what_is_not_there_writes_nothing(ledger: Ledger) -> None:
    assert await ledger.publications.fill(7, chunk=10, now=NOW) is Filling.COMPLETE
    assert await ledger.rows() == []


async def test_a_publication_is_done_when_no_delivery_is_open(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(3))
    assert await ledger.publications.finish(now=NOW) == ()
    first, second, third = await ledger.take()
    await ledger.close(first.id, Sent(1))
    await ledger.close(second.id, Sent(2))
    assert await ledger.publications.finish(now=NOW) == ()
    await ledger.close(third.id, Retry(5, "429"))
    assert await ledger.publications.finish(now=NOW) == ()
    (again,) = await ledger.take(after=5)
    await ledger.close(again.id, Sent(3), after=5)
    assert await ledger.publications.finish(now=seconds_later(6)) == (publication_id,)
    assert await ledger.publications.finish(now=seconds_later(7)) == ()
    assert await ledger.state(publication_id) is PublicationState.DONE


async def test_a_publication_that_nobody_wants_is_done_at_once(ledger: Ledger) -> None:
    publication_id = await ledger.announce()
    assert await ledger.publications.finish(now=NOW) == ()
    assert await ledger.fill(publication_id) == 0
    assert await ledger.publications.finish(now=NOW) == (publication_id,)


async def test_progress_names_every_state(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(3))
    (delivery,) = await ledger.take(limit=1)
    await ledger.close(delivery.id, Sent(1))
    await ledger.take(limit=1)
    await ledger.claim(limit=1)
    assert await ledger.publications.progress(publication_id) == {
        DeliveryState.PENDING: 0,
        DeliveryState.CLAIMED: 1,
        DeliveryState.ATTEMPTING: 1,
        DeliveryState.SENT: 1,
        DeliveryState.UNKNOWN: 0,
        DeliveryState.GONE: 0,
        DeliveryState.REFUSED: 0,
        DeliveryState.NOTHING: 0,
    }


async def test_what_a_retraction_ended_goes_on_when_the_article_is_published_again(ledger: Ledger) -> None:
    publication_id = await ledger.publish(range(1, 4))
    (first,) = await ledger.take(limit=1)
    await ledger.close(first.id, Sent(11))
    assert await ledger.archive.retract(1, now=NOW)
    (retraction,) = await ledger.publications.planned()
    await ledger.fill(retraction)
    await ledger.join([9])
    assert await ledger.archive.publish(1, kind=PublicationKind.REGULAR, now=NOW) == publication_id
    assert await ledger.state(retraction) is PublicationState.CANCELLED, "what is shown is not taken back"
    await ledger.fill(publication_id)
    assert sorted(delivery.chat_id for delivery in await ledger.claim()) == [2, 3, 9]


async def test_what_was_sent_after_a_return_is_taken_back_by_the_next_retraction(ledger: Ledger) -> None:
    await ledger.publish([1])
    (first,) = await ledger.take()
    await ledger.close(first.id, Sent(11))
    await ledger.archive.retract(1, now=NOW)
    (retraction,) = await ledger.publications.planned()
    await ledger.fill(retraction)
    (first,) = await ledger.take()
    await ledger.close(first.id, Sent(11))
    await ledger.publications.finish(now=NOW)
    await ledger.join([2])
    publication_id = await ledger.archive.publish(1, kind=PublicationKind.REGULAR, now=NOW)
    assert publication_id is not None
    await ledger.fill(publication_id)
    (second,) = await ledger.take()
    await ledger.close(second.id, Sent(22))
    await ledger.publications.finish(now=NOW)
    assert await ledger.archive.retract(1, now=NOW)
    assert await ledger.publications.planned() == (retraction,)
    await ledger.fill(retraction)
    assert [(delivery.chat_id, delivery.edits) for delivery in await ledger.claim()] == [(2, 22)]


async def test_what_waits_for_the_newsroom_goes_out_when_it_is_published(ledger: Ledger) -> None:
    await ledger.join([1])
    stored = await ledger.archive.store(
        article("Harga Beras Turun"),
        NOTHING_FOUND,
        now=NOW,
        announce=PublicationKind.REGULAR,
        held="banyak sekaligus",
    )
    publication_id = await ledger.archive.publish(stored.archived.id, kind=PublicationKind.REGULAR, now=NOW)
    assert await ledger.publications.planned() == (publication_id,)


async def _one_of_each(ledger: Ledger, publication_id: int) -> dict[str, int]:
    """The rows of a publication to six readers: what may have arrived, and what surely has not."""
    lost, killed, busy, sent, _, _ = (
        row["id"] for row in await ledger.rows() if row["publication_id"] == publication_id
    )
    for due in await ledger.take(limit=4):
        if due.id != killed:
            outcomes: dict[int, Outcome] = {
                lost: Retry(5, "putus", unanswered=True),
                busy: Retry(5, "429"),
                sent: Sent(1),
            }
            await ledger.close(due.id, outcomes[due.id])
    await ledger.die()
    return {"lost": lost, "killed": killed, "busy": busy, "sent": sent}


async def _in_doubt_are_unknown(ledger: Ledger, publication_id: int, rows: dict[str, int]) -> None:
    found = {row["id"]: row for row in await ledger.rows() if row["publication_id"] == publication_id}
    for name in ("lost", "killed"):
        row = found[rows[name]]
        assert (row["state"], row["due_at"]) == (DeliveryState.UNKNOWN, None), name
        assert row["finished_at"] == seconds_later(9), name
        assert row["cause"] is not None, name
    assert found[rows["lost"]]["cause"] == "putus"
    assert found[rows["busy"]]["state"] is DeliveryState.PENDING
    assert found[rows["sent"]]["state"] is DeliveryState.SENT
    progress = await ledger.publications.progress(publication_id)
    assert (progress[DeliveryState.UNKNOWN], progress[DeliveryState.PENDING]) == (2, 3)


async def test_what_may_have_arrived_is_unknown_when_its_publication_is_cancelled(ledger: Ledger) -> None:
    await ledger.join(range(6))
    urgent = await ledger.announce(kind=PublicationKind.BREAKING)
    other = await ledger.announce("Gempa", kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    rows = await _one_of_each(ledger, urgent)
    await ledger.publications.pause(urgent, cause="x")
    await ledger.fill(other)
    await _one_of_each(ledger, other)
    before = [row for row in await ledger.rows() if row["publication_id"] == other]
    cancelled = await ledger.publications.cancel(urgent, cause="x", now=seconds_later(9))
    assert cancelled is not None
    await _in_doubt_are_unknown(ledger, urgent, rows)
    assert [row for row in await ledger.rows() if row["publication_id"] == other] == before
    await ledger.publications.cancel(urgent, cause="x", now=seconds_later(60))
    await _in_doubt_are_unknown(ledger, urgent, rows)


async def test_what_may_have_arrived_is_unknown_when_another_publication_ends_its_own(ledger: Ledger) -> None:
    await ledger.join(range(6))
    urgent = await ledger.announce(kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    rows = await _one_of_each(ledger, urgent)
    assert await ledger.archive.retract(1, now=seconds_later(9))
    assert await ledger.state(urgent) is PublicationState.CANCELLED
    await _in_doubt_are_unknown(ledger, urgent, rows)


async def test_a_retraction_that_was_in_doubt_goes_on_when_the_article_is_retracted_again(
    ledger: Ledger,
) -> None:
    await ledger.publish([1])
    (sent,) = await ledger.take()
    await ledger.close(sent.id, Sent(11))
    await ledger.archive.retract(1, now=NOW)
    (retraction,) = await ledger.publications.planned()
    await ledger.fill(retraction)
    await ledger.take()
    await ledger.die()
    await ledger.archive.publish(1, kind=PublicationKind.REGULAR, now=NOW)
    assert await ledger.state(retraction) is PublicationState.CANCELLED
    assert await ledger.archive.retract(1, now=NOW)
    assert [due.edits for due in await ledger.claim(after=9)] == [11]
