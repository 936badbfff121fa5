import asyncio

from bot.delivery.outbox import MOST, Outbox


async def _run(outbox: Outbox, until: asyncio.Event | None = None) -> None:
    """Let it run until ``until`` is set, or begin at least, and end it as the bot does."""
    running = asyncio.create_task(outbox.run())
    await (until.wait() if until else asyncio.sleep(0))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_notices_are_told_in_their_order_beside_the_work() -> None:
    outbox, told, done = Outbox(), list[int](), asyncio.Event()

    async def tell(number: int) -> None:
        await asyncio.sleep(0)
        told.append(number)
        if number == 2:
            done.set()

    for number in range(3):
        outbox.post(lambda number=number: tell(number))  # type: ignore[misc]
    assert told == []
    await _run(outbox, done)
    assert told == [0, 1, 2]


async def test_a_notice_that_fails_keeps_no_other_back() -> None:
    outbox, done = Outbox(), asyncio.Event()

    async def fail() -> None:
        raise RuntimeError("rusak")

    async def tell() -> None:
        done.set()

    outbox.post(fail)
    outbox.post(tell)
    await _run(outbox, done)
    assert done.is_set()


async def test_what_still_waits_at_the_end_is_told() -> None:
    outbox, told = Outbox(), list[str]()

    async def tell() -> None:
        told.append("akhir")

    running = asyncio.create_task(outbox.run())
    await asyncio.sleep(0)
    running.cancel()
    outbox.post(tell)
    await asyncio.gather(running, return_exceptions=True)
    assert told == ["akhir"]


async def test_a_flood_of_notices_is_cut_and_holds_up_nobody() -> None:
    outbox, told = Outbox(), list[int]()

    async def tell() -> None:
        told.append(1)

    for _ in range(MOST + 50):
        outbox.post(tell)
    await _run(outbox)
    assert len(told) == MOST
