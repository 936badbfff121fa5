"""What runs in the processes that these tests kill: Kabar's own commands, and a local Telegram.

Each is forked off one process that has imported this module, so that hundreds of starts do not wait for
imports; from its first line on it is the command itself.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import bot.app.run
import bot.app.worker
import bot.cli.service
import bot.simulator  # noqa: F401 - imported once for all the processes
from bot.__main__ import main
from bot.app.garbage import collect_rarely
from bot.simulator import Simulator, start

FIRST_READER = 700_000_001


def kabar(command: str, environment: Mapping[str, str], log: Path) -> None:
    """`kabar COMMAND`; what it says goes to ``log``."""
    os.environ.update(environment)
    os.chdir(log.parent)
    with log.open("ab", buffering=0) as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    sys.argv = ["kabar", command]
    main()


def local_telegram(told: Connection, readers: int, groups: int, log: Path, port: int) -> None:
    """A local Telegram with readers and groups; tells its address and the groups' numbers."""
    asyncio.run(_serve(told, readers, groups, log, port))


async def _serve(told: Connection, readers: int, groups: int, log: Path, port: int) -> None:
    simulator = Simulator(accepted_log=log)
    for number in range(readers):
        reader = simulator.add_reader(f"Pembaca {number}", started=True)
        assert reader.id == FIRST_READER + number
    grouped = [simulator.add_group(f"Warga {number}").id for number in range(groups)]
    # Telegram is elsewhere: were it to wait for a core, what was sent in turn would seem to arrive together.
    collect_rarely()
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    running = await start(simulator, port=port)
    told.send((running.address, grouped))
    await asyncio.Event().wait()
