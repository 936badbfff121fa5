"""Kabar's commands and a local Telegram as processes that can be killed, stopped, woken and ended."""

import asyncio
import itertools
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import aiohttp

from tests.faults.accepted import LOOK_EVERY, Accepted
from tests.faults.programs import kabar, local_telegram

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["tests.faults.programs"])


@dataclass(frozen=True, slots=True)
class Running:
    """One process."""

    process: ForkServerProcess
    log: Path

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.is_alive()

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    async def kill(self) -> None:
        """End it without warning."""
        self.process.kill()
        await self.ended()

    async def terminate(self) -> int:
        """Ask it to end; its exit code."""
        self.process.terminate()
        return await self.ended()

    async def ended(self, *, within: float = 60) -> int:
        """Its exit code, once it is over."""
        await asyncio.to_thread(self.process.join, within)
        assert self.process.exitcode is not None, f"{self.log.name} did not end within {within} s"
        return self.process.exitcode

    async def says(self, words: str, *, within: float = 60) -> None:
        """Wait until its log has these words."""
        async with asyncio.timeout(within):
            while words not in self.said():
                assert self.is_alive(), self.said()
                await asyncio.sleep(LOOK_EVERY)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


@dataclass(slots=True)
class Processes:
    """Starts processes in one folder, and ends those that are left."""

    folder: Path
    environment: Mapping[str, str]
    started: list[Running] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def start(self, command: str, **settings: str) -> Running:
        """`kabar COMMAND` with the settings of all and ``settings``."""
        log = self.folder / f"{next(self._numbers):04}-{command}.log"
        environment = dict(self.environment) | settings
        process = _forking.Process(target=kabar, args=(command, environment, log), daemon=True, name=log.stem)
        process.start()
        running = Running(process, log)
        self.started.append(running)
        return running

    async def end(self) -> None:
        for running in self.started:
            if running.is_alive():
                await running.kill()
            running.process.close()

    def said(self) -> str:
        """What all of them said, one after the other."""
        return "".join(running.said() for running in self.started)


@dataclass(frozen=True, slots=True)
class LocalTelegram:
    """A local Telegram in a process of its own, and the log of what it accepted."""

    address: str
    groups: tuple[int, ...]
    accepted: Accepted
    process: ForkServerProcess

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """An answer of its control API."""
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, f"{self.address}/sim/{path}", json=body) as response,
        ):
            answer = await response.json()
            assert response.status < 300, answer
            return answer

    async def fault(self, kind: str, **options: Any) -> int:
        """Order a fault; its number."""
        ordered = await self.ask("POST", "faults", {"kind": kind, **options})
        number: int = ordered["id"]
        return number

    async def slow(self, seconds: float) -> None:
        """Answer each send only after ``seconds``."""
        await self.fault("delay", distribution={"name": "constant", "seconds": seconds})

    async def kill(self) -> None:
        self.process.kill()
        await asyncio.to_thread(self.process.join)


@asynccontextmanager
async def local_telegram_with(
    readers: int, log: Path, *, groups: int = 0, port: int = 0
) -> AsyncIterator[LocalTelegram]:
    """A local Telegram with so many readers, who have started the bot, and groups."""
    told, tells = _forking.Pipe(duplex=False)
    process = _forking.Process(target=local_telegram, args=(tells, readers, groups, log, port), daemon=True)
    process.start()
    tells.close()
    try:
        address, grouped = await asyncio.to_thread(told.recv)
        yield LocalTelegram(address, tuple(grouped), Accepted(log), process)
    finally:
        told.close()
        process.kill()
        await asyncio.to_thread(process.join)
        process.close()
