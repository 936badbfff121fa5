"""When the running bot counts as unhealthy, apart from what tests/web sees over HTTP."""

import asyncio
from pathlib import Path

import pytest

from bot.app.run import OUTAGE_LASTS, PUSHER_PATIENCE, _held_up, _stuck, run_bot
from bot.config import settings_for
from bot.errors import SettingsError
from bot.simulator.actors import Telegram
from tests.fakes.newsroom import TOKEN, world


def test_a_pusher_that_no_longer_looks_is_stuck() -> None:
    assert _stuck(None) is None
    assert _stuck(PUSHER_PATIENCE - 1) is None
    assert _stuck(PUSHER_PATIENCE + 1) == "the pusher has not looked at the ledger for 61 s"


def test_a_failure_of_the_database_counts_for_a_while() -> None:
    assert _held_up(None) is None
    assert _held_up(OUTAGE_LASTS + 1) is None
    assert _held_up(3.2) == "the database failed 3 s ago: the log says how"


async def test_a_port_that_is_taken_ends_the_start_with_its_setting_named(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with world(tmp_path, telegram, web_listen="127.0.0.1:0") as running:
        taken = str(running.bot.web).removeprefix("http://")
        settings = settings_for(
            {
                "bot_token": TOKEN,
                "telegram_api_url": telegram.address,
                "database_url": f"sqlite:///{tmp_path}/other.db",
                "articles_dir": tmp_path / "articles",
                "web_listen": taken,
            }
        )
        with pytest.raises(SettingsError, match=f"WEB_LISTEN: {taken} cannot be served"):
            await run_bot(settings, stop=asyncio.Event())
