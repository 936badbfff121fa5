import asyncio
from collections.abc import Sequence

import pytest

from bot.store.together import Together


class Door:
    """Answers each number with its double, a batch at a time, once it is opened."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.entered = asyncio.Event()
        self.open = asyncio.Event()

    async def __call__(self, asked: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(asked))
        self.entered.set()
        await self.open.wait()
        if -1 in asked:
            raise LookupError("minus satu")
        return [2 * number for number in asked]


async def test_a_lone_call_is_run_at_once() -> None:
    door = Door()
    door.open.set()
    assert await Together(door)(4) == 8
    assert door.batches == [[4]]


async def test_calls_that_come_meanwhile_share_the_next_run_and_each_gets_its_own_answer() -> None:
    door = Door()
    double = Together(door)
    first = asyncio.create_task(double(1))
    await door.entered.wait()
    others = [asyncio.create_task(double(number)) for number in range(2, 6)]
    await asyncio.sleep(0)
    door.open.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10]
    assert door.batches == [[1], [2, 3, 4, 5]]


async def test_an_error_reaches_every_caller_of_its_run_and_nobody_else() -> None:
    door = Door()
    double = Together(door)
    first = asyncio.create_task(double(1))
    await door.entered.wait()
    others = [asyncio.create_task(double(number)) for number in (2, -1)]
    await asyncio.sleep(0)
    door.open.set()
    assert await first == 2
    failed = await asyncio.gather(*others, return_exceptions=True)
    assert [type(error) for error in failed] == [LookupError, LookupError]
    assert await double(3) == 6


async def test_a_caller_cancelled_before_its_run_has_asked_nothing() -> None:
    door = Door()
    double = Together(door)
    first = asyncio.create_task(double(1))
    await door.entered.wait()
    second, third = (asyncio.create_task(double(number)) for number in (2, 3))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    door.open.set()
    assert [await first, await third] == [2, 6]
    assert door.batches == [[1], [3]]


async def test_a_run_goes_on_for_the_others_when_its_first_caller_is_cancelled() -> None:
    door = Door()
    double = Together(door)
    blocked = asyncio.create_task(double(0))
    await door.entered.wait()
    leader, follower = (asyncio.create_task(double(number)) for number in (1, 2))
    await asyncio.sleep(0)
    door.entered.clear()
    door.open.set()
    await blocked
    door.open.clear()
    await door.entered.wait()
    leader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leader
    door.open.set()
    assert await follower == 4
    assert door.batches == [[0], [1, 2]]
