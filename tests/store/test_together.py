import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.store.together import Together
from tests.fakes.virtual_time import run_in_virtual_time


class Door:
    """Answers each number with its double, a batch at a time, each once it is let through."""

    def __init__(self, *, passes: int = 0) -> None:
        self.batches: list[list[int]] = []
        self.entered = asyncio.Semaphore(0)
        self.passes = asyncio.Semaphore(passes)

    async def __call__(self, asked: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(asked))
        self.entered.release()
        await self.passes.acquire()
        if -1 in asked:
            raise LookupError("minus satu")
        return [2 * number for number in asked]


async def test_a_lone_call_is_run_at_once() -> None:
    door = Door(passes=1)
    assert await Together(door)(4) == 8
    assert door.batches == [[4]]


async def test_calls_that_come_meanwhile_share_the_next_run_and_each_gets_its_own_answer() -> None:
    door = Door(passes=1)
    double = Together(door)
    first, *others = (asyncio.create_task(double(number)) for number in range(1, 6))
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8, 10]
    assert door.batches == [[1, 2, 3, 4, 5]], "all came before the first run"

    first = asyncio.create_task(double(6))
    await door.entered.acquire()
    await door.entered.acquire()
    others = [asyncio.create_task(double(number)) for number in (7, 8)]
    await asyncio.sleep(0)
    door.passes.release()
    door.passes.release()
    assert await asyncio.gather(first, *others) == [12, 14, 16]
    assert door.batches[1:] == [[6], [7, 8]]


def test_runs_begin_a_pause_apart_at_least() -> None:
    began = list[float]()

    async def run(asked: Sequence[int]) -> Sequence[int]:
        began.append(asyncio.get_running_loop().time())
        return asked

    async def scene() -> None:
        echo = Together(run, pause=0.5)
        for number in range(4):
            assert await echo(number) == number
        await asyncio.sleep(3)
        await echo(9)

    run_in_virtual_time(scene())
    waits = [later - earlier for earlier, later in pairwise(began)]
    assert waits == pytest.approx([0.5, 0.5, 0.5, 3.0])


async def test_an_error_reaches_every_caller_of_its_run_and_nobody_else() -> None:
    door = Door(passes=3)
    double = Together(door)
    first = asyncio.create_task(double(1))
    await door.entered.acquire()
    others = [asyncio.create_task(double(number)) for number in (2, -1)]
    assert await first == 2
    failed = await asyncio.gather(*others, return_exceptions=True)
    assert [type(error) for error in failed] == [LookupError, LookupError]
    assert await double(3) == 6


async def test_a_caller_cancelled_before_its_run_has_asked_nothing() -> None:
    door = Door()
    double = Together(door)
    first = asyncio.create_task(double(1))
    await door.entered.acquire()
    second, third = (asyncio.create_task(double(number)) for number in (2, 3))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    door.passes.release()
    door.passes.release()
    assert [await first, await third] == [2, 6]
    assert door.batches == [[1], [3]]


async def test_a_run_goes_on_for_the_others_when_one_of_its_callers_is_cancelled() -> None:
    door = Door()
    double = Together(door)
    leader, follower = (asyncio.create_task(double(number)) for number in (1, 2))
    await door.entered.acquire()
    leader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leader
    door.passes.release()
    assert await follower == 4
    assert door.batches == [[1, 2]]
