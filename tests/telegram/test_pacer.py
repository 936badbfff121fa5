import asyncio
import itertools

from bot.core.pacing import ONE_CHAT, ONE_CHAT_ANSWERS, ONE_GROUP, OVERALL
from bot.core.publication import Priority
from bot.telegram.pacer import Pacer, Place
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


async def _placed(pacer: Pacer, chat: int, order: list[int], priority: int = Priority.REGULAR) -> Place:
    place = await pacer.place(chat, priority, ONE_CHAT)
    order.append(chat)
    return place


def test_there_are_no_more_with_a_place_than_there_are_places_and_the_urgent_get_the_next() -> None:
    async def scene() -> None:
        pacer, order = Pacer(places=2), list[int]()
        asking = [asyncio.create_task(_placed(pacer, chat, order)) for chat in (1, 2, 3)]
        await asyncio.sleep(5)
        urgent = asyncio.create_task(_placed(pacer, 4, order, Priority.BREAKING))
        await asyncio.sleep(5)
        assert order == [1, 2]
        await (await asking[0]).turn()
        (await asking[1]).leave()
        await asyncio.wait([urgent, asking[2]])
        assert order == [1, 2, 4, 3]

    run_in_virtual_time(scene())


def test_nobody_gets_a_place_while_as_many_are_under_way_as_may_be() -> None:
    async def scene() -> None:
        pacer, order = Pacer(places=5, under_way=2), list[int]()
        sending = [await _placed(pacer, chat, order) for chat in (1, 2)]
        for place in sending:
            await place.turn()
        asking = [asyncio.create_task(_placed(pacer, chat, order)) for chat in (3, 4)]
        urgent = asyncio.create_task(_placed(pacer, 5, order, Priority.BREAKING))
        times = list[tuple[int, float]]()
        await granted(pacer, 6, times)
        await asyncio.sleep(60)
        assert order == [1, 2]
        assert times[0][1] < 1, "answers to readers have connections of their own"
        sending[0].leave()
        sending[0].leave()
        await asyncio.sleep(1)
        assert order == [1, 2, 5]
        sending[1].leave()
        (await urgent).leave()
        await asyncio.gather(*asking)
        assert order == [1, 2, 5, 3, 4]

    run_in_virtual_time(scene())


def test_those_with_a_place_begin_at_the_rate_and_the_urgent_first() -> None:
    async def scene() -> None:
        pacer, began = Pacer(places=40), list[tuple[int, float]]()

        async def begin(chat: int, priority: int) -> None:
            place = await pacer.place(chat, priority, ONE_CHAT)
            await asyncio.sleep(1)
            await place.turn()
            began.append((chat, asyncio.get_running_loop().time()))

        await asyncio.gather(
            *(begin(chat, Priority.BREAKING if chat == 30 else Priority.REGULAR) for chat in range(31))
        )
        assert began[0][0] == 30
        assert began[-1][1] - began[0][1] >= 29 * OVERALL.interval - EDGE

    run_in_virtual_time(scene())


def test_the_chat_of_a_place_waits_for_that_send_and_rests_after_it() -> None:
    async def scene() -> None:
        pacer, times = Pacer(), list[tuple[int, float]]()
        place = await pacer.place(1, Priority.REGULAR, ONE_CHAT)
        second = asyncio.create_task(pacer.place(1, Priority.REGULAR, ONE_CHAT))
        await granted(pacer, 2, times)
        await asyncio.sleep(10)
        assert not second.done()
        await place.turn()
        began = asyncio.get_running_loop().time()
        await second
        assert 1 - EDGE <= asyncio.get_running_loop().time() - began < 2

    run_in_virtual_time(scene())


def test_the_chat_of_a_place_that_is_left_need_not_rest() -> None:
    async def scene() -> None:
        pacer = Pacer(places=1)
        (await pacer.place(1, Priority.REGULAR, ONE_CHAT)).leave()
        began = asyncio.get_running_loop().time()
        place = await pacer.place(1, Priority.REGULAR, ONE_CHAT)
        place.leave()
        place.leave()
        (await pacer.place(2, Priority.REGULAR, ONE_CHAT)).leave()
        assert asyncio.get_running_loop().time() - began < 0.1

    run_in_virtual_time(scene())


def test_a_place_granted_to_somebody_who_is_cancelled_is_anothers() -> None:
    async def scene() -> None:
        pacer = Pacer(places=1)
        place = await pacer.place(2, Priority.REGULAR, ONE_CHAT)
        first = asyncio.create_task(pacer.place(1, Priority.REGULAR, ONE_CHAT))
        await asyncio.sleep(0)
        # Granted to it, which is not woken up yet.
        place.leave()
        first.cancel()
        await asyncio.wait([first])
        assert first.cancelled()
        async with asyncio.timeout(0.1):
            (await pacer.place(1, Priority.REGULAR, ONE_CHAT)).leave()

    run_in_virtual_time(scene())


def test_nobody_gets_a_place_while_turns_are_held() -> None:
    async def scene() -> None:
        pacer = Pacer()
        pacer.hold(10)
        await pacer.place(1, Priority.REGULAR, ONE_CHAT)
        assert asyncio.get_running_loop().time() >= 10

    run_in_virtual_time(scene())
