"""What a delivery costs: the whole path beside bare aiohttp, planning beside a bare INSERT, memory, waiting.

Everything that is compared runs in one run and in turns. Telegram is a stub, or the local Telegram, in a
process of its own on the first core; the bot runs on the others. Where the machine is busy, processor time
says more than rates.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import aiohttp

from benchmarks.delivery_planning import measure_planning
from benchmarks.delivery_process import measure_process
from benchmarks.delivery_room import TOKEN, opened_room, published, settings_of, stub
from benchmarks.simulator import pin
from bot.app import telegram_side
from bot.app.garbage import collect_rarely
from bot.app.house import wall_clock
from bot.app.sending import Sending
from bot.app.telegram_side import PAID_CONNECTIONS, on_telegram
from bot.core.pacing import PAID, Rate
from bot.core.publication import PublicationKind, PublicationState
from bot.delivery.planner import LOOK_EVERY
from bot.logs import configure_logs
from bot.render.languages import Languages
from bot.telegram.messenger import keyboard, link_preview
from bot.telegram.pacer import SHORTEST_PAUSE
from bot.web.metrics import Metrics

GOAL_COST = 3.0
GOAL_RATE = 1_000

FLAT_OUT = Rate(5_000, 1.0, burst=250)
"""More than one core does: like bare aiohttp, which waits for no turn."""


def say(what: str, value: str, goal: str = "", *, reached: bool | None = None) -> None:
    verdict = "" if reached is None else (", reached" if reached else ", MISSED")
    print(f"{what:<46}{value:>22}   {f'goal {goal}{verdict}' if goal else ''}", flush=True)


async def bare(address: str, body: dict[str, str], sends: int) -> float:
    """Processor seconds of one send with nothing but aiohttp."""
    connector = aiohttp.TCPConnector(limit=PAID_CONNECTIONS)
    waiting = iter(range(sends))
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def client() -> None:
            for number in waiting:
                sent = body | {"chat_id": str(700_000_001 + number)}
                async with session.post(f"{address}/bot{TOKEN}/sendMessage", json=sent) as response:
                    assert response.status == 200
                    await response.read()

        before = time.process_time()
        await asyncio.gather(*(client() for _ in range(100)))
        return (time.process_time() - before) / sends


async def paced(address: str, body: dict[str, str], sends: int) -> float:
    """The same at the rate of PAID_BROADCAST: a loop that rests between sends pays for each waking up."""
    connector = aiohttp.TCPConnector(limit=PAID_CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

        async def client(number: int) -> None:
            sent = body | {"chat_id": str(700_000_001 + number)}
            async with session.post(f"{address}/bot{TOKEN}/sendMessage", json=sent) as response:
                await response.read()

        began, before = time.perf_counter(), time.process_time()
        sending = list[asyncio.Task[None]]()
        while len(sending) < sends:
            due = int((time.perf_counter() - began) / PAID.interval) + 1
            for number in range(len(sending), min(due, sends)):
                sending.append(asyncio.create_task(client(number)))
            await asyncio.sleep(SHORTEST_PAUSE)
        await asyncio.gather(*sending)
        return (time.process_time() - before) / sends


async def whole(address: str, sends: int) -> tuple[float, float]:
    """Processor seconds of one delivery from its claim to its closed row, and deliveries in a second."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder), address, paid_broadcast=True)
        async with opened_room(settings, sends) as house:
            publication = await published(house, PublicationKind.REGULAR)
            metrics, stop = Metrics(version="0"), asyncio.Event()
            async with on_telegram(settings, house, stop, metrics) as (application, pacer):
                sending = Sending(settings, house, application.bot, pacer, metrics, now=wall_clock)
                began, before = time.perf_counter(), time.process_time()
                pushing = asyncio.create_task(sending.pusher.run())
                # As often as the planner looks.
                while not await house.publications.finish(now=wall_clock()):
                    await asyncio.sleep(LOOK_EVERY)
                cost, rate = (
                    (time.process_time() - before) / sends,
                    sends / (time.perf_counter() - began),
                )
                sending.pusher.stop()
                await pushing
                await pacer.close()
            found = await house.publications.one(publication)
            assert found is not None
            assert found.state is PublicationState.DONE
            return cost, rate


async def _body(address: str) -> dict[str, str]:
    """What a delivery posts: the fields of one send, as they go over the wire."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder), address, paid_broadcast=True)
        async with opened_room(settings, 1) as house:
            await published(house, PublicationKind.REGULAR)
            metrics = Metrics(version="0")
            async with on_telegram(settings, house, asyncio.Event(), metrics) as (application, pacer):
                sending = Sending(settings, house, application.bot, pacer, metrics, now=wall_clock)
                archived = await house.archive.by_id(1)
                assert archived is not None
                message = sending.messages.push(archived, Languages(default="id").default, channel=False)
    markup = keyboard(message)
    preview = link_preview(message).to_json()
    fields = {"text": message.html, "parse_mode": "HTML", "link_preview_options": preview}
    fields |= {"disable_notification": "false", "allow_paid_broadcast": "true"}
    return fields | ({} if markup is None else {"reply_markup": markup.to_json()})


def measure_path(sends: int, rounds: int) -> None:
    found = list[tuple[float, float, float]]()
    with stub() as address:
        pin(set(range(1, os.cpu_count() or 1)) or {0})
        body = asyncio.run(_body(address))
        for _ in range(rounds):
            bare_cost = asyncio.run(bare(address, body, sends))
            with patch.object(telegram_side, "PAID", FLAT_OUT):
                found.append((bare_cost, *asyncio.run(whole(address, sends))))
        bare_paced = asyncio.run(paced(address, body, sends))
        paced_cost, paced_rate = asyncio.run(whole(address, sends))
    bare_cost, whole_cost = (min(run[place] for run in found) for place in (0, 1))
    ratio = statistics.median(run[1] / run[0] for run in found)
    say("bare aiohttp, processor time of a send", f"{bare_cost * 1e6:.0f} us")
    say("claimed row to closed row, SQLite", f"{whole_cost * 1e6:.0f} us")
    ratios = ", ".join(f"{run[1] / run[0]:.2f}" for run in found)
    say("ratio", f"{ratio:.2f} ({ratios})", f"{GOAL_COST:g}", reached=ratio <= GOAL_COST)
    fastest = max(run[2] for run in found)
    say(
        "one process on one core, flat out",
        f"{fastest:.0f}/s",
        f"{GOAL_RATE}/s",
        reached=fastest >= GOAL_RATE,
    )
    say(f"with PAID_BROADCAST, which lets {1 / PAID.interval:.0f}/s", f"{paced_rate:.0f}/s")
    say("its processor time of a delivery", f"{paced_cost * 1e6:.0f} us")
    say(
        "beside bare aiohttp at that rate",
        f"{paced_cost / bare_paced:.2f}",
        f"{GOAL_COST:g}",
        reached=paced_cost / bare_paced <= GOAL_COST,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sends", type=int, default=20_000, help="in each run of the whole path")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--recipients", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["path", "planning", "process"], help="one part alone")
    asked = parser.parse_args()
    configure_logs("INFO")
    collect_rarely()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if asked.only in {None, "path"}:
        measure_path(asked.sends, asked.rounds)
    if asked.only in {None, "planning"}:
        measure_planning(asked.recipients, say)
    if asked.only in {None, "process"}:
        measure_process(asked.recipients, say)


if __name__ == "__main__":
    main()
