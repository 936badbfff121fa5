"""What the courier reads and writes for many recipients of one message."""

import asyncio
from dataclasses import replace

from bot.core.article import ArchivedArticle
from bot.core.audience import ChatKind
from bot.core.outcome import Retry
from bot.core.publication import DueDelivery, PublicationKind
from bot.delivery.courier import STORE_PAUSE, Courier, Letter
from bot.errors import StoreUnavailable
from tests.delivery.test_pusher import NoDigests, NoStyles, PlainMessages, ScriptedTelegram
from tests.render.values import ARCHIVED

_DELIVERY = DueDelivery(
    id=1,
    publication_id=1,
    kind=PublicationKind.REGULAR,
    priority=0,
    article_id=7,
    title="Panen",
    revision=1,
    chat_id=700_000_001,
    chat_kind=ChatKind.PRIVATE,
    language="id",
    silent=False,
    attempts=0,
)


class SlowArchive:
    """An archive that does not answer before it is let to, and fails the first ``faults`` times."""

    def __init__(self, *, faults: int = 0) -> None:
        self.faults = faults
        self.looks = 0
        self.open = asyncio.Event()

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        self.looks += 1
        await self.open.wait()
        if self.looks <= self.faults:
            raise StoreUnavailable("disk full")
        return replace(ARCHIVED, id=article_id)


def _courier(archive: SlowArchive) -> Courier:
    return Courier(
        articles=archive,
        messenger=ScriptedTelegram(),
        wording=PlainMessages(),
        digests=NoDigests(),
        styles=NoStyles(),
    )


async def _written_for(courier: Courier, archive: SlowArchive, readers: int) -> list[object]:
    """What each of these readers gets, all of whom ask before the archive answers."""
    archive.open.clear()
    asking = [
        asyncio.create_task(courier.written(replace(_DELIVERY, id=number, chat_id=number)))
        for number in range(1, readers + 1)
    ]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    archive.open.set()
    return list(await asyncio.gather(*asking))


async def test_a_message_that_hundreds_want_at_once_is_written_once() -> None:
    archive = SlowArchive()
    letters = await _written_for(_courier(archive), archive, 500)
    assert archive.looks == 1
    assert all(isinstance(letter, Letter) for letter in letters)
    assert len(set(letters)) == 1


async def test_where_it_cannot_be_written_each_is_tried_again_and_the_next_look_is_a_new_one() -> None:
    archive = SlowArchive(faults=1)
    courier = _courier(archive)
    assert await _written_for(courier, archive, 3) == [Retry(STORE_PAUSE, "disk full")] * 3
    letters = await _written_for(courier, archive, 3)
    assert archive.looks == 2
    assert all(isinstance(letter, Letter) for letter in letters)


async def test_who_is_cancelled_while_it_is_written_takes_nobody_along() -> None:
    archive = SlowArchive()
    courier = _courier(archive)
    first, second = (asyncio.create_task(courier.written(_DELIVERY)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    archive.open.set()
    assert isinstance(await second, Letter)
    assert first.cancelled()
    assert archive.looks == 1
