"""Stopping in order: several reasons to stop as one, and doing a thing until a stop comes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from bot.delivery.push import Pusher


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


async def work_until(stop: asyncio.Event, pusher: Pusher, *others: Awaitable[None]) -> None:
    """Push, and do ``others``, until ``stop`` is set; sends under way are then seen through.

    Raises what any of them raises.
    """
    pushing = asyncio.create_task(pusher.run(), name="pusher")
    beside = [asyncio.ensure_future(other) for other in others]
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({pushing, stopping, *beside}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        pusher.stop()
        for task in (*beside, stopping):
            task.cancel()
        results = await asyncio.gather(pushing, *beside, stopping, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
