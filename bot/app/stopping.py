"""Stopping in order: several reasons to stop as one, and doing a thing until a stop comes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from bot.delivery.push import OUTLAST, SEE_THROUGH, Pusher


@asynccontextmanager
async def first_of(*reasons: asyncio.Event) -> AsyncIterator[asyncio.Event]:
    """An event that is set as soon as one of ``reasons`` is."""
    first = asyncio.Event()

    async def wait_for(reason: asyncio.Event) -> None:
        await reason.wait()
        first.set()

    waiting = [asyncio.create_task(wait_for(reason), name="stop") for reason in reasons]
    try:
        if any(reason.is_set() for reason in reasons):
            first.set()
        yield first
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait ``seconds``, or until ``stop`` is set."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


async def work_until(
    over: asyncio.Event, pusher: Pusher, *others: Awaitable[None], stop: asyncio.Event
) -> None:
    """Push, and do ``others``, until ``over`` is set; sends under way are then seen through.

    ``stop`` ends the process: from then on with less patience. Raises what any of them raises.
    """
    pushing = asyncio.create_task(pusher.run(), name="pusher")
    ending = asyncio.create_task(_end(pusher, stop), name="stop")
    beside = [asyncio.create_task(over.wait(), name="over"), *map(asyncio.ensure_future, others)]
    try:
        await asyncio.wait({pushing, ending, *beside}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        pusher.stop(within=OUTLAST if over.is_set() else SEE_THROUGH)
        for task in beside:
            task.cancel()
        results = await asyncio.gather(pushing, *beside, return_exceptions=True)
        ending.cancel()
        await asyncio.wait([ending])
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _end(pusher: Pusher, stop: asyncio.Event) -> None:
    await stop.wait()
    pusher.stop()
