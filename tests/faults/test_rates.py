"""Several workers under one rate: what Telegram sees of them in every second."""

import asyncio
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from bot.core.audience import ChatKind
from bot.core.pacing import OVERALL, PAID, Rate
from bot.core.publication import PublicationKind
from bot.store.subscribers import Subscribers
from tests.faults.accepted import busiest
from tests.faults.conftest import Report
from tests.faults.newsroom import newsroom, subscriber
from tests.faults.programs import FIRST_READER
from tests.store.servers import Server

WORKERS = 4


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


async def test_after_a_429_no_worker_begins_a_send_until_it_is_over(
    tmp_path: Path, full: bool, report: Report, postgresql: Server
) -> None:
    rounds, asked = (10, 5) if full else (1, 3)
    late = total = 0
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, 3_000 if full else 180) as room:
            running = [room.processes.start("run" if number == 0 else "worker") for number in range(WORKERS)]
            for one in running:
                await one.says("is running")
            publication = await room.publish(PublicationKind.BREAKING)
            for _ in range(rounds):
                await room.telegram.accepted.more_than(len(room.telegram.accepted.messages()) + 60)
                await room.telegram.fault("too_many_requests", seconds=asked, lasting=True, count=1)
                await room.telegram.accepted.more_than(len(room.telegram.accepted.messages()) + 3)
                state = await room.telegram.ask("GET", "state")
                refused = [call["at"] - call["ms"] / 1000 for call in state["calls"] if call["status"] == 429]
                # What was on its way when the first of them was refused could not know.
                new = [at for at in refused if at > refused[-1] - asked - 1]
                late += sum(at > new[0] + 0.5 for at in new)
                total += len(new)
            await room.done(publication, within=200 if full else 60)
            assert [await one.terminate() for one in running] == [0] * WORKERS, room.processes.said()
            found = await room.comparison(publication)
    report(f"{rounds} times 429 for {asked} s: {total} sends refused, of which {late} began later; {found}")
    assert 0 < total <= rounds * 2 * WORKERS
    assert late == 0
    assert (found.lost, found.copies, found.unknown) == (0, 0, 0)


async def test_a_chat_and_a_group_are_never_sent_to_faster_than_telegram_allows(
    tmp_path: Path, full: bool, report: Report, postgresql: Server
) -> None:
    articles = 14 if full else 4
    with postgresql.new_database() as url:
        async with newsroom(tmp_path, url, 3, groups=2) as room:
            await room.telegram.ask("PUT", "limits", {"enabled": True})
            groups = [subscriber(chat_id, kind=ChatKind.GROUP) for chat_id in room.telegram.groups]
            await Subscribers(room.database).import_many(groups)
            running = [room.processes.start("run" if number == 0 else "worker") for number in range(WORKERS)]
            for one in running:
                await one.says("is running")
            published = [
                await room.publish(PublicationKind.REGULAR, sample=number) for number in range(articles)
            ]
            for publication in published:
                await room.done(publication, within=120)
            assert [await one.terminate() for one in running] == [0] * WORKERS, room.processes.said()
            state = await room.telegram.ask("GET", "state")
            messages = room.telegram.accepted.messages()
    refused = [call for call in state["calls"] if call["status"] == 429]
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
    assert len(messages) == articles * 5
    assert refused == []
    assert shortest["chat"] > 0.5
    assert shortest["group"] > 2
