"""Several workers under one rate: what Telegram sees of them in every second."""

import asyncio
import signal
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.core.pacing import OVERALL, PAID, Rate
from bot.core.publication import PublicationKind
from bot.telegram.slots import STALE_SECONDS
from tests.faults.accepted import busiest
from tests.faults.conftest import Report
from tests.faults.newsroom import Newsroom, newsroom
from tests.faults.programs import FIRST_READER
from tests.store.servers import Server

WORKERS = 4

HEARD_WITHIN = WORKERS * OVERALL.interval + STALE_SECONDS + 0.1
"""Seconds after a refusal in which a send may still begin: a worker hears of it with its next reservation.
By then each has one turn reserved at most, an interval behind another's, which it uses no more than
STALE_SECONDS late. The last tenth is for the way of the refusal to the database and of a send to
Telegram."""


@pytest.mark.parametrize("rate", [OVERALL, PAID], ids=["30", "1000"])
async def test_workers_together_keep_to_the_rate_while_one_of_them_stands_still(
    tmp_path: Path, full: bool, report: Report, postgresql: Server, rate: Rate
) -> None:
    seconds, stands_still = (60, 5.0) if full else (6, 2.0)
    if rate is PAID and not full:
        seconds = 2
    readers = rate.count * seconds
    with postgresql.new_database() as url:
        async with newsroom(
            tmp_path, url, readers, PAID_BROADCAST="true" if rate is PAID else "false"
        ) as room:
            running = [room.processes.start("run" if number == 0 else "worker") for number in range(WORKERS)]
            for one in running:
                await one.says("is running")
            publication = await room.publish(PublicationKind.BREAKING)
            await room.telegram.accepted.more_than(readers // 4)
            running[-1].signal(signal.SIGSTOP)
            await asyncio.sleep(stands_still)
            running[-1].signal(signal.SIGCONT)
            await room.done(publication, within=seconds * 10 + 60)
            assert [await one.terminate() for one in running] == [0] * WORKERS, room.processes.said()
            found = await room.comparison(publication)
            times = sorted(message.at for message in room.telegram.accepted.messages())
    span = times[-1] - times[0]
    most = busiest(times)
    middle = [time for time in times if time <= times[-1] - min(stands_still, span / 4)]
    mean = (len(middle) - 1) / (middle[-1] - middle[0])
    report(f"{found}; {mean:.1f} a second, at most {most} in one second")
    assert (found.lost, found.copies) == (0, 0)
    # Seen at Telegram's end, where a busy machine lets what was sent in time arrive together.
    assert most <= rate.count * (1.05 if full else 1.5) + 1
    if full:
        assert mean >= rate.count * 0.95


@pytest.mark.parametrize("lasting", [False, True], ids=["one is refused", "all are refused"])
async def test_after_a_429_no_worker_begins_a_send_until_it_is_over(
    tmp_path: Path, full: bool, report: Report, postgresql: Server, lasting: bool
) -> None:
    rounds, asked = (10, 5) if full else (1, 3)
    refused, begun = 0, list[float]()
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, 3_000 if full else 180) as room:
            running = [room.processes.start("run" if number == 0 else "worker") for number in range(WORKERS)]
            for one in running:
                await one.says("is running")
            publication = await room.publish(PublicationKind.BREAKING)
            for _ in range(rounds):
                await room.telegram.accepted.more_than(len(room.telegram.accepted.messages()) + 60)
                ordered = time.time()
                await room.telegram.fault("too_many_requests", seconds=asked, lasting=lasting, count=1)
                await asyncio.sleep(asked + 1)
                calls = [call for call in await _sends(room) if call["at"] > ordered]
                answered = [call["at"] for call in calls if call["status"] == 429]
                # From the moment at which the first refusal left Telegram to that at which it is over.
                after = [call["at"] - call["ms"] / 1000 - answered[0] for call in calls]
                begun += [seconds for seconds in after if 0 < seconds < asked]
                refused += len(answered)
            await room.done(publication, within=200 if full else 60)
            assert [await one.terminate() for one in running] == [0] * WORKERS, room.processes.said()
            found = await room.comparison(publication)
    report(
        f"{rounds} times 429 for {asked} s: {refused} sends refused; {len(begun)} begun after the first"
        f" refusal left Telegram, the last {max(begun, default=0):.2f} s after; {found}"
    )
    assert max(begun, default=0) <= HEARD_WITHIN
    assert (found.lost, found.copies, found.unknown) == (0, 0, 0)


async def _sends(room: Newsroom) -> list[Any]:
    """The last calls that were to send, as Telegram saw them, in the order in which it answered."""
    state = await room.telegram.ask("GET", "state")
    return [call for call in state["calls"] if call["method"] == "sendMessage"]


async def test_a_chat_and_a_group_are_never_sent_to_faster_than_telegram_allows(
    tmp_path: Path, full: bool, report: Report, postgresql: Server
) -> None:
    articles = 14 if full else 4
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, 3, groups=2) as room:
            await room.telegram.ask("PUT", "limits", {"enabled": True})
            running = [room.processes.start("run" if number == 0 else "worker") for number in range(WORKERS)]
            for one in running:
                await one.says("is running")
            published = [
                await room.publish(PublicationKind.REGULAR, sample=number) for number in range(articles)
            ]
            for publication in published:
                await room.done(publication, within=120)
            assert [await one.terminate() for one in running] == [0] * WORKERS, room.processes.said()
            found = [await room.comparison(publication) for publication in published]
            refused = [call for call in await _sends(room) if call["status"] == 429]
            messages = room.telegram.accepted.messages()
    chats = [FIRST_READER, FIRST_READER + 1, FIRST_READER + 2]
    shortest = {
        name: min(
            later - earlier
            for chat_id in ids
            for earlier, later in pairwise([one.at for one in messages if one.chat_id == chat_id])
        )
        for name, ids in (("chat", chats), ("group", room.telegram.groups))
    }
    report(
        f"{len(messages)} messages; between two of one chat {shortest['chat']:.2f} s or more,"
        f" of one group {shortest['group']:.2f} s or more; {len(refused)} refused"
    )
    assert all((one.lost, one.copies, one.unknown) == (0, 0, 0) for one in found)
    assert len(messages) == articles * len(room.readers)
    # Seen at Telegram's end, where the first of two may arrive a little late.
    assert shortest["chat"] > 0.95
    assert shortest["group"] > 2.9
    # This says something of the chats alone: a group is refused nothing before the 21st message at once.
    assert refused == []
