"""Two processes that share one rate, on a clock that jumps."""

import asyncio

from bot.core.pacing import ONE_CHAT, OVERALL, PAID, Rate, Reserved
from bot.core.publication import Priority
from bot.errors import StoreUnavailable
from bot.telegram.pacer import Pacer
from bot.telegram.slots import STALE_SECONDS, SharedSlots
from tests.fakes.virtual_time import run_in_virtual_time
from tests.telegram.test_pacer import EDGE, granted


class OneRow:
    """The shared row, with the loop's clock for the database's."""

    def __init__(self) -> None:
        self._spent_until = 0.0
        self._held_until = 0.0
        self.broken = False

    async def reserve(self, count: int, rate: Rate) -> Reserved:
        if self.broken:
            raise StoreUnavailable("gone")
        now = asyncio.get_running_loop().time()
        at = max(self._spent_until, self._held_until, now)
        self._spent_until = at + count * rate.interval
        return Reserved(at - now, max(0.0, self._held_until - now))

    async def hold(self, seconds: float) -> None:
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)


def _worst_second(moments: list[float]) -> int:
    return max(sum(start <= moment < start + 1 - EDGE for moment in moments) for start in moments)


def test_two_processes_together_keep_the_rate_and_use_it_up() -> None:
    async def scene(rate: Rate, sends: int) -> None:
        row, times = OneRow(), list[tuple[int, float]]()
        pacers = [Pacer(SharedSlots(row, rate)) for _ in range(2)]
        await asyncio.gather(*(granted(pacers[chat % 2], chat, times) for chat in range(sends)))
        moments = sorted(moment for _, moment in times)
        assert _worst_second(moments) <= 1.05 * rate.count
        assert moments[-1] - moments[0] < sends / rate.count + 0.1

    run_in_virtual_time(scene(OVERALL, 200))
    run_in_virtual_time(scene(PAID, 3000))


def test_a_429_in_one_process_holds_the_other() -> None:
    async def scene() -> None:
        row, times = OneRow(), list[tuple[int, float]]()
        one, other = (Pacer(SharedSlots(row, OVERALL)) for _ in range(2))
        sending = [asyncio.create_task(granted(other, chat, times)) for chat in range(60)]
        await asyncio.sleep(0.5)
        one.hold(5.0)
        told = asyncio.get_running_loop().time()
        await asyncio.gather(*sending)
        late = [moment for _, moment in times if told + 2 / OVERALL.count < moment < told + 5 - EDGE]
        assert late == [], "but for what was already granted"

    run_in_virtual_time(scene())


def test_a_process_that_rests_keeps_nobody_else_from_sending() -> None:
    async def scene() -> None:
        row, times = OneRow(), list[tuple[int, float]]()
        one, other = (Pacer(SharedSlots(row, OVERALL)) for _ in range(2))
        one.rest(1000)
        await asyncio.gather(*(granted(other, chat, times) for chat in range(60)))
        assert times[-1][1] < 60 / OVERALL.count + 1
        assert (round(one.held()), other.held()) == (1000 - round(times[-1][1]), 0.0)

    run_in_virtual_time(scene())


def test_a_process_that_has_heard_of_a_hold_elsewhere_gives_nobody_a_place() -> None:
    async def scene() -> None:
        row = OneRow()
        one, other = (Pacer(SharedSlots(row, OVERALL)) for _ in range(2))
        one.hold(20.0)
        await asyncio.sleep(0)
        sending = asyncio.create_task(granted(other, 1, []))
        await asyncio.sleep(1)
        assert other.held() > 18
        await other.place(2, Priority.REGULAR, ONE_CHAT)
        assert asyncio.get_running_loop().time() >= 20
        await sending

    run_in_virtual_time(scene())


def test_a_process_that_was_stopped_does_not_use_the_slots_of_that_time() -> None:
    async def scene() -> None:
        row = OneRow()
        slots = SharedSlots(row, PAID)
        await slots.next(1000)
        await asyncio.sleep(STALE_SECONDS + 1)
        fresh = await slots.next(1000)
        assert fresh >= asyncio.get_running_loop().time() - EDGE

    run_in_virtual_time(scene())


def test_an_answer_does_not_stand_behind_a_broadcast_of_another_process() -> None:
    async def scene() -> None:
        row, times = OneRow(), list[tuple[int, float]]()
        broadcast, answers = (Pacer(SharedSlots(row, OVERALL)) for _ in range(2))
        sending = [asyncio.create_task(granted(broadcast, chat, times)) for chat in range(300)]
        await asyncio.sleep(1)
        asked = asyncio.get_running_loop().time()
        await granted(answers, 1000, times, priority=Priority.ANSWER)
        assert asyncio.get_running_loop().time() - asked < 0.1
        await asyncio.gather(*sending)

    run_in_virtual_time(scene())


def test_while_the_row_cannot_be_asked_nobody_sends_and_then_it_goes_on() -> None:
    async def scene() -> None:
        row, times = OneRow(), list[tuple[int, float]]()
        pacer = Pacer(SharedSlots(row, OVERALL))
        row.broken = True
        waiting = asyncio.create_task(granted(pacer, 1, times))
        await asyncio.sleep(3.5)
        assert times == []
        row.broken = False
        await waiting
        assert times[0][1] < 5

    run_in_virtual_time(scene())
