import asyncio
import itertools

from bot.core.pacing import ONE_CHAT, ONE_CHAT_ANSWERS, ONE_GROUP, OVERALL
from bot.core.publication import Priority
from bot.telegram.pacer import Pacer
from tests.fakes.virtual_time import run_in_virtual_time

EDGE = 1e-6


async def granted(pacer: Pacer, chat: int, times: list[tuple[int, float]], **options: object) -> None:
    rate = options.get("rate", ONE_CHAT)
    priority = options.get("priority", Priority.REGULAR)
    await pacer.turn(chat, priority, rate)  # type: ignore[arg-type]
    times.append((chat, asyncio.get_running_loop().time()))


def test_no_second_holds_more_than_thirty_sends_and_the_two_that_make_up_for_late_ones() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        await asyncio.gather(*(granted(pacer, chat, times) for chat in range(300)))
        moments = [moment for _, moment in times]
        assert len(moments) == 300
        for start in moments:
            assert sum(start <= moment < start + 1 - EDGE for moment in moments) <= 32
        assert moments[-1] - moments[0] < 300 * OVERALL.interval + EDGE, "the rate is used up, not only kept"

    run_in_virtual_time(scene())


def test_one_chat_gets_one_push_a_second_while_others_go_on() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        busy = [granted(pacer, 1, times) for _ in range(4)]
        others = [granted(pacer, chat, times) for chat in range(2, 40)]
        await asyncio.gather(*busy, *others)
        first = [moment for chat, moment in times if chat == 1]
        assert all(after - before >= 1 - EDGE for before, after in itertools.pairwise(first))
        assert max(moment for chat, moment in times if chat != 1) < 1.5

    run_in_virtual_time(scene())


def test_a_group_gets_twenty_pushes_a_minute() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        await asyncio.gather(*(granted(pacer, -1, times, rate=ONE_GROUP) for _ in range(25)))
        moments = [moment for _, moment in times]
        assert sum(moment < 60 - EDGE for moment in moments) == 20

    run_in_virtual_time(scene())


def test_a_reader_who_taps_quickly_is_answered_at_once() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        await asyncio.gather(*(granted(pacer, 1, times, rate=ONE_CHAT_ANSWERS) for _ in range(3)))
        assert max(moment for _, moment in times) < 0.1

    run_in_virtual_time(scene())


def test_a_reader_who_tapped_quickly_still_gets_the_news_at_once() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        await asyncio.gather(*(granted(pacer, 1, times, rate=ONE_CHAT_ANSWERS) for _ in range(3)))
        await granted(pacer, 1, times)
        assert times[-1][1] < 0.2

    run_in_virtual_time(scene())


def test_an_answer_overtakes_a_broadcast() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        broadcast = [asyncio.create_task(granted(pacer, chat, times)) for chat in range(300)]
        await asyncio.sleep(1)
        asked = asyncio.get_running_loop().time()
        await granted(pacer, 999, times, priority=Priority.ANSWER)
        assert asyncio.get_running_loop().time() - asked < 0.1
        await asyncio.gather(*broadcast)

    run_in_virtual_time(scene())


def test_a_hold_stops_everybody_until_it_is_over() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        pacer.hold(10)
        pacer.hold(3)
        await asyncio.gather(*(granted(pacer, chat, times) for chat in range(3)))
        assert min(moment for _, moment in times) >= 10

    run_in_virtual_time(scene())


def test_a_cancelled_wait_leaves_its_turn_to_others() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        waits = [asyncio.create_task(granted(pacer, chat, times)) for chat in range(30)]
        await asyncio.sleep(0)
        for wait in waits[1:29]:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        assert [chat for chat, _ in times] == [0, 29]
        assert times[-1][1] < 0.1

    run_in_virtual_time(scene())


def test_closing_lets_nobody_wait_for_ever() -> None:
    async def scene() -> None:
        pacer = Pacer()
        pacer.hold(1000)
        wait = asyncio.create_task(pacer.turn(1, Priority.REGULAR, ONE_CHAT))
        await asyncio.sleep(0)
        await pacer.close()
        await asyncio.wait([wait])
        assert wait.cancelled()

    run_in_virtual_time(scene())
