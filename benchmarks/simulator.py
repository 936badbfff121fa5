"""How fast the local Telegram is beside a bare aiohttp handler, and how much memory a million chats take.

It runs alone in its process on one core; the clients, on the other cores, hold 100 connections and send news
of one text to many readers, as a broadcast does. Both servers get the same bytes in the same run, in turns,
and the rates are their medians.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import asyncio

from aiohttp import web

from bot.simulator import Simulator, start
from bot.simulator.state import Message

TOKEN = "123456:AAH-example_token-of-no-bot-at-all_x"  # noqa: S105 - of no bot
CONNECTIONS = 100
GOAL_RATE = 2_500
GOAL_MEMORY = 1.0
READERS = 20_000

TEXT = (
    "<b>Panen kakao Candramala naik, koperasi kebanjiran pesanan</b>\n<i>Ekonomi Bisnis</i>\n\n"
    + "Koperasi di Candramala menerima pesanan dua kali lipat dari tahun lalu, kata pengurusnya. " * 4
    + "\n\n<blockquote expandable>“Gudang kami penuh, tetapi truk belum datang.”</blockquote>\n— <b>Rara"
    " Wening</b>, ketua koperasi\n\nhttps://contoh.example/kakao"
)
KEYBOARD = {
    "inline_keyboard": [
        [
            {"text": "Baca lengkap", "callback_data": "full:1"},
            {"text": "Kutipan", "callback_data": "quotes:1"},
        ],
        [{"text": "Situs", "url": "https://contoh.example/kakao"}],
    ]
}


def requests(count: int) -> list[bytes]:
    """``count`` requests of sendMessage as they go over the wire, to one reader after the other."""
    prepared = []
    for number in range(count):
        body = json.dumps(
            {
                "chat_id": 700_000_001 + number % READERS,
                "text": TEXT,
                "parse_mode": "HTML",
                "reply_markup": KEYBOARD,
                "disable_notification": False,
            }
        ).encode()
        head = (
            f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        prepared.append(head.encode() + body)
    return prepared


# The servers, each in a process of its own


async def serve_simulator(told: Connection, accepted_log: Path | None) -> None:
    simulator = Simulator(accepted_log=accepted_log)
    for number in range(READERS):
        simulator.add_reader(f"Pembaca {number}", started=True)
    running = await start(simulator)
    told.send(int(running.address.rpartition(":")[2]))
    await asyncio.Event().wait()


async def serve_bare(told: Connection, _: Path | None) -> None:
    answer = json.dumps({"ok": True, "result": {"message_id": 1, "text": "x" * 600}}).encode()

    async def handle(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=answer, content_type="application/json")

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.send(runner.addresses[0][1])
    await asyncio.Event().wait()


Server = Callable[[Connection, Path | None], Coroutine[Any, Any, None]]


def run_server(server: Server, told: Connection, accepted_log: Path | None) -> None:
    pin({0})
    asyncio.run(server(told, accepted_log))


@contextmanager
def served(server: Server, accepted_log: Path | None = None) -> Iterator[tuple[int, int]]:
    """The port of a server, and the number of its process."""
    told, tells = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=run_server, args=(server, tells, accepted_log), daemon=True)
    process.start()
    try:
        yield told.recv(), process.pid or 0
    finally:
        process.kill()
        process.join()


def pin(cores: set[int]) -> None:
    """Keeps this process on ``cores``, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        available = os.sched_getaffinity(0)
        os.sched_setaffinity(0, cores & available or available)


# The clients: bare sockets, so that they cost less than what they measure


async def rate(port: int, prepared: list[bytes]) -> float:
    """Accepted messages in a second over 100 connections, each sending its next when the last is answered."""
    waiting = iter(prepared)

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return len(prepared) / (time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class Run:
    """Messages in a second, and processor time of the server for one of them in microseconds."""

    rate: float
    cpu: float


async def measured(port: int, process: int, prepared: list[bytes]) -> Run:
    before = processor_seconds(process)
    accepted = await rate(port, prepared)
    return Run(accepted, (processor_seconds(process) - before) / len(prepared) * 1e6)


def processor_seconds(process: int) -> float:
    """User and system time of a process; 0.0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_rates(messages: int, rounds: int) -> None:
    prepared = requests(messages)
    with (
        served(serve_simulator) as simulator,
        served(serve_simulator, Path(os.devnull)) as logging,
        served(serve_bare) as bare,
    ):
        servers = {"simulator": simulator, "simulator with its log": logging, "bare handler": bare}
        pin(set(range(1, os.cpu_count() or 1)) or {0})
        runs: dict[str, list[Run]] = {name: [] for name in servers}
        for _ in range(rounds):
            for name, (port, process) in servers.items():
                runs[name].append(asyncio.run(measured(port, process, prepared)))
    rates = {name: statistics.median(run.rate for run in found) for name, found in runs.items()}
    costs = {name: statistics.median(run.cpu for run in found) for name, found in runs.items()}
    for name, found in runs.items():
        all_runs = ", ".join(f"{run.rate:.0f}" for run in found)
        print(f"{name:<24}{rates[name]:>8.0f} sendMessage/s {costs[name]:>6.0f} us of its core ({all_runs})")
    print(f"{'ratio to bare handler':<24}{rates['simulator'] / rates['bare handler']:>8.2f}")
    verdict = "reached" if rates["simulator"] >= GOAL_RATE else "MISSED"
    print(f"{'goal':<24}{GOAL_RATE:>8} sendMessage/s: {verdict}")
    if costs["simulator"] and 1e6 / costs["simulator"] > rates["simulator"] * 1.5:
        print(
            "this machine was busy: the server waited for its core; its processor time is the better number"
        )


# Memory


def hold_chats(told: Connection, count: int) -> None:
    before = memory()
    simulator = Simulator()
    chats = [simulator.add_reader(f"Pembaca {number}", started=True) for number in range(count)]
    empty = memory()
    text = "Berita"
    for chat in chats:
        simulator.post(Message(0, chat, simulator.now(), text))
    told.send((before, empty, memory()))


def memory() -> float:
    """Gigabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e9


def measure_memory(count: int) -> None:
    told, tells = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=hold_chats, args=(tells, count))
    process.start()
    before, empty, full = told.recv()
    process.join()
    verdict = "reached" if empty < GOAL_MEMORY else "MISSED"
    print(f"{'memory':<24}{empty:>8.2f} GB for {count:,} chats ({before:.2f} GB before them)")
    print(f"{'':<24}{full:>8.2f} GB with a message in each")
    print(f"{'goal':<24}{GOAL_MEMORY:>8.2f} GB for the chats: {verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000, help="in each run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chats", type=int, default=1_000_000)
    asked = parser.parse_args()
    multiprocessing.set_start_method("spawn")
    measure_rates(asked.messages, asked.rounds)
    if Path("/proc/self/statm").exists():
        measure_memory(asked.chats)


if __name__ == "__main__":
    main()
