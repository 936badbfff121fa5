"""SIGTERM and Ctrl-C, sent to a bot in a process of its own."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from tests.fakes.newsroom import TOKEN


async def _started(address: str, folder: Path) -> asyncio.subprocess.Process:
    settings = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": address,
        "DATABASE_URL": f"sqlite:///{folder}/kabar.db",
        "ARTICLES_DIR": str(folder / "articles"),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=os.environ | settings, stderr=asyncio.subprocess.PIPE
    )


async def _until_said(process: asyncio.subprocess.Process, part: str) -> None:
    assert process.stderr is not None
    async with asyncio.timeout(30):
        while part not in (await process.stderr.readline()).decode():
            assert not process.stderr.at_eof()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_the_bot_at_once(
    tmp_path: Path, telegram: Telegram, number: signal.Signals
) -> None:
    # An answer that never comes holds up an orderly stop for as long as the connection is waited for.
    silence = telegram.fault(Fault(FaultKind.SILENCE, methods=frozenset({"sendMessage"})))
    reader = telegram.user("Sekar")
    process = await _started(telegram.address, tmp_path)
    try:
        await _until_said(process, "bot is running")
        await reader.send("/start")
        async with asyncio.timeout(30):
            while not telegram.do(lambda: telegram.simulator.faults.fired(silence)):
                await asyncio.sleep(0.02)
            # Two signals of one kind that arrive together are one, so it is sent until it has worked.
            while process.returncode is None:
                process.send_signal(number)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await process.wait()
        assert process.returncode == -number
        assert process.stderr is not None
        assert "stopped at once" in (await process.stderr.read()).decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_refusal_at_the_start_is_one_line_and_no_trace(tmp_path: Path, telegram: Telegram) -> None:
    refused = Fault(
        FaultKind.REFUSAL, methods=frozenset({"getMe"}), code=403, description="Forbidden: bot was banned"
    )
    telegram.fault(refused)
    process = await _started(telegram.address, tmp_path)
    _, said = await process.communicate()
    assert process.returncode == 1
    assert said.decode().splitlines()[-1].startswith("kabar: telegram refuses the bot's greeting: ")
    assert "Traceback" not in said.decode()
