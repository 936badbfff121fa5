from bot.core.outcome import Retry, Sent
from bot.core.publication import PublicationKind
from bot.store.backlog import Backlog
from tests.store.ledger import Ledger
from tests.store.samples import NOW


async def test_what_is_not_closed_is_counted_by_kind(ledger: Ledger) -> None:
    backlog = Backlog(ledger.database)
    assert await backlog.open_by_kind() == {}
    await ledger.publish(range(1, 7))
    urgent = await ledger.announce("Mendesak", kind=PublicationKind.BREAKING)
    await ledger.fill(urgent)
    assert await backlog.open_by_kind() == {"regular": 6, "breaking": 6}
    first, second, third, *_ = [
        delivery for delivery in await ledger.take() if delivery.publication_id != urgent
    ]
    await ledger.deliveries.close(first.id, Sent(1), worker_id=await ledger.worker(), now=NOW)
    await ledger.deliveries.close(second.id, Retry(60, "nanti"), worker_id=await ledger.worker(), now=NOW)
    assert third.id not in {first.id, second.id}
    assert await backlog.open_by_kind() == {"regular": 5, "breaking": 6}, "put off and under way are open"


async def test_publications_of_one_kind_are_counted_together(ledger: Ledger) -> None:
    await ledger.publish(range(1, 4))
    other = await ledger.announce("Lain")
    await ledger.fill(other)
    assert await Backlog(ledger.database).open_by_kind() == {"regular": 6}
