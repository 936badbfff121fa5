"""The bot as a process: how soon it is there, what it holds, and how long others wait during a broadcast."""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from benchmarks.delivery_room import FIRST_READER, TOKEN, opened_room, published, settings_of, stub
from benchmarks.simulator import serve_simulator, served
from bot.app.house import House
from bot.core.publication import PublicationKind

GOAL_START = 2.0
GOAL_IDLE, GOAL_LOADED = 120, 200
GOAL_ANSWER, GOAL_OVERTAKEN = 0.5, 2.0
STARTS = 5
COMMANDS = 100
READERS_WHO_ASK = 50


def measure_process(recipients: int, say: Callable[..., None]) -> None:
    with stub() as address, tempfile.TemporaryDirectory() as folder:
        starts = [_start(Path(folder), address) for _ in range(STARTS)]
        best, cost = min(wall for wall, _, _ in starts), min(cpu for _, cpu, _ in starts)
        idle = max(held for _, _, held in starts)
    say("start to first poll, best of five", f"{best:.2f} s", f"{GOAL_START:g} s", reached=best <= GOAL_START)
    say("its processor time", f"{cost:.2f} s")
    say("memory, idle", f"{idle:.0f} MB", f"{GOAL_IDLE} MB", reached=idle <= GOAL_IDLE)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_loaded(Path(folder), recipients, say))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_broadcast(Path(folder), recipients, say))


@contextmanager
def _bot(folder: Path, address: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": address,
        "DATABASE_URL": f"sqlite:///{folder}/kabar.db",
        "ARTICLES_DIR": f"{folder}/articles",
        **settings,
    }
    with (folder / "bot.log").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=environment, stdout=said, stderr=said
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def _said(folder: Path, words: str) -> bool:
    return words in (folder / "bot.log").read_text(encoding="utf-8")


def _start(folder: Path, address: str) -> tuple[float, float, float]:
    """Seconds until updates are fetched, processor seconds until then, and megabytes a little later."""
    began = time.perf_counter()
    with _bot(folder, address) as process:
        while not _said(folder, "bot is running"):
            assert process.poll() is None, (folder / "bot.log").read_text(encoding="utf-8")
            time.sleep(0.005)
        seconds = time.perf_counter() - began
        cost = _processor_seconds(process.pid)
        time.sleep(3)
        return seconds, cost, _megabytes(process.pid, "VmRSS")


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: int, what: str) -> float:
    found = re.search(rf"{what}:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


async def _loaded(folder: Path, recipients: int, say: Callable[..., None]) -> None:
    """The most that the bot holds in the first seconds of a broadcast at full speed."""
    with stub() as address:
        async with opened_room(settings_of(folder, address), recipients) as house:
            await published(house, PublicationKind.REGULAR)
        with _bot(folder, address, PAID_BROADCAST="true") as process:
            await _until(lambda: _said(folder, "bot is running"))
            await asyncio.sleep(20)
            held = _megabytes(process.pid, "VmHWM")
    say(
        f"memory, {recipients:,} recipients at full speed",
        f"{held:.0f} MB",
        f"{GOAL_LOADED} MB",
        reached=held <= GOAL_LOADED,
    )


async def _broadcast(folder: Path, recipients: int, say: Callable[..., None]) -> None:
    """A regular article on its way to everybody, readers who ask meanwhile, and breaking news behind it."""
    log = folder / "accepted.jsonl"
    with served(serve_simulator, log) as (port, _):
        where = f"http://127.0.0.1:{port}"
        async with opened_room(settings_of(folder, where), recipients) as house:
            await published(house, PublicationKind.REGULAR)
            with _bot(folder, where):
                begun = _lines(log)
                await _until(lambda: _lines(log) > begun + 30)
                waits = await _answers(where, log)
                overtaken = await _overtaken(house, log)
        p99 = waits[len(waits) * 99 // 100]
        say(
            "answer to a command during a broadcast",
            f"50 % {waits[len(waits) // 2] * 1e3:.0f}, 99 % {p99 * 1e3:.0f} ms",
            f"{GOAL_ANSWER * 1e3:.0f} ms",
            reached=p99 <= GOAL_ANSWER,
        )
        say(
            f"breaking news overtakes {recipients:,} rows",
            f"{overtaken:.2f} s",
            f"{GOAL_OVERTAKEN:g} s",
            reached=overtaken <= GOAL_OVERTAKEN,
        )


def _lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not true():
            await asyncio.sleep(0.02)


async def _answers(address: str, log: Path) -> list[float]:
    """Seconds from each command to its answer, in order of length."""
    asked: dict[int, list[float]] = {}
    async with aiohttp.ClientSession() as session:
        for number in range(COMMANDS):
            chat_id = FIRST_READER + 1_900 + number % READERS_WHO_ASK
            path = f"{address}/sim/chats/{chat_id}/messages"
            asked.setdefault(chat_id, []).append(time.time())
            async with session.post(path, json={"text": "/bantuan"}) as response:
                assert response.status == 200, await response.text()
            await asyncio.sleep(0.15)
    await asyncio.sleep(3)
    answered: dict[int, list[float]] = {}
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["chat_id"] in asked and row["at"] >= asked[row["chat_id"]][0]:
                answered.setdefault(row["chat_id"], []).append(row["at"])
    assert all(len(answered[chat_id]) == len(times) for chat_id, times in asked.items())
    waits = [b - a for chat_id, times in asked.items() for a, b in zip(times, answered[chat_id], strict=True)]
    return sorted(waits)


async def _overtaken(house: House, log: Path) -> float:
    """Seconds from announcing breaking news to its first message."""
    before = _lines(log)
    began = time.time()
    publication = await published(house, PublicationKind.BREAKING, sample=1, plan=False)
    found = await house.publications.one(publication)
    assert found is not None
    title = found.title or ""
    first: list[float] = []

    def is_there() -> bool:
        rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()[before:]]
        first[:] = [row["at"] for row in rows if title in row["text"]]
        return bool(first)

    await _until(is_there)
    return first[0] - began
