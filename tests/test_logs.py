"""A whole run of the program, with faults, in a process of its own: nothing it prints holds the token."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.samples import samples
from bot.simulator import Simulator, start
from bot.simulator.actors import Telegram

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


async def test_the_token_stands_nowhere_in_a_whole_runs_output(tmp_path: Path, telegram: Telegram) -> None:
    reader = telegram.user("Sekar")
    environment = os.environ | {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.address,
        "DATABASE_URL": f"sqlite:///{tmp_path}/kabar.db",
        "ARTICLES_DIR": str(tmp_path / "articles"),
        "CHANNELS": "@tidak_ada",
        "NEWCOMERS": "everything",
        "LOG_LEVEL": "DEBUG",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=Path.cwd(),
    )  # fmt: skip
    output = asyncio.create_task(process.communicate())
    await telegram.called("deleteWebhook", within=30)
    await reader.send("/start")
    await reader.expect("Selamat datang")
    (tmp_path / "articles" / "rusak.txt").write_text("bukan artikel", encoding="utf-8")
    (tmp_path / "articles" / "baik.txt").write_text(samples()[0].text, encoding="utf-8")
    await reader.expect(samples()[0].text.split("\n")[2])
    process.send_signal(signal.SIGTERM)
    text = (await output)[0].decode()
    assert process.returncode == 0, text
    assert "bot is running" in text
    assert "tidak_ada" in text
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text


async def test_a_token_that_telegram_does_not_know_ends_the_run_with_one_plain_line(tmp_path: Path) -> None:
    nowhere = await start(Simulator(tokens=frozenset()), port=0)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        env=os.environ | {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": nowhere.address,
            "DATABASE_URL": f"sqlite:///{tmp_path}/kabar.db",
            "ARTICLES_DIR": str(tmp_path / "articles"),
        },
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    text = (await process.communicate())[0].decode()
    await nowhere.stop()
    assert process.returncode == 1
    assert "BOT_TOKEN" in text
    assert "Traceback" not in text
    assert TOKEN not in text
