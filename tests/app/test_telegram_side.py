"""How a start that Telegram refuses ends: a sentence for the operator and no trace."""

import asyncio
from pathlib import Path

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    PassportDecryptionError,
    TelegramError,
    TimedOut,
)

from bot.app.run import run_bot
from bot.app.telegram_side import persistently
from bot.config import settings_for
from bot.errors import SettingsError, TelegramRefused
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from tests.fakes.newsroom import TOKEN, world


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("bad webhook"), ChatMigrated(1), Conflict("another one"), EndPointNotFound("no method"),
        Forbidden("bot was banned"), PassportDecryptionError("odd"), TelegramError("odd"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
async def test_a_refusal_is_one_sentence_that_says_what_was_refused(error: TelegramError) -> None:
    async def refused() -> None:
        raise error

    with pytest.raises(TelegramRefused) as caught:
        await persistently(refused, asyncio.Event(), what="the command menu")
    assert str(caught.value).startswith("telegram refuses the command menu: ")
    assert error.message in str(caught.value)
    assert caught.value.__suppress_context__


async def test_an_unknown_token_is_named_by_its_setting() -> None:
    async def refused() -> None:
        raise InvalidToken

    with pytest.raises(SettingsError, match="BOT_TOKEN"):
        await persistently(refused, asyncio.Event(), what="the greeting")


async def test_an_outage_is_waited_out_until_the_stop() -> None:
    stop, tries = asyncio.Event(), 0

    async def out_of_reach() -> None:
        nonlocal tries
        tries += 1
        stop.set()
        raise TimedOut

    await persistently(out_of_reach, stop, what="the greeting")
    assert tries == 1


@pytest.mark.parametrize(
    ("method", "named"),
    [
        ("getMe", "the bot's greeting"), ("setMyCommands", "the command menu"),
        ("deleteWebhook", "to be polled"), ("getWebhookInfo", "to be polled"),
    ],
)  # fmt: skip
async def test_no_refusal_at_the_start_is_a_trace(
    tmp_path: Path, telegram: Telegram, method: str, named: str
) -> None:
    telegram.fault(
        Fault(FaultKind.REFUSAL, methods=frozenset({method}), code=400, description="Bad Request: no luck")
    )
    with pytest.raises(TelegramRefused, match=f"telegram refuses {named}: [Nn]o luck"):
        async with world(tmp_path, telegram):
            pass


async def test_a_webhook_that_telegram_refuses_is_named_with_its_setting(
    tmp_path: Path, telegram: Telegram
) -> None:
    settings = settings_for(
        {
            "bot_token": TOKEN,
            "telegram_api_url": telegram.address,
            "database_url": f"sqlite:///{tmp_path}/kabar.db",
            "articles_dir": tmp_path / "articles",
            "webhook_url": "http://bot.example.com/kabar",
            "webhook_secret": "s" * 32,
            "web_listen": "127.0.0.1:0",
        }
    )
    with pytest.raises(
        TelegramRefused, match=r"telegram refuses WEBHOOK_URL http://bot\.example\.com/kabar: .*https url"
    ):
        await run_bot(settings, stop=asyncio.Event())


async def test_telegram_asking_to_wait_between_the_greeting_and_the_first_poll_is_waited_out(
    tmp_path: Path, telegram: Telegram
) -> None:
    telegram.fault(
        Fault(FaultKind.TOO_MANY_REQUESTS, methods=frozenset({"deleteWebhook"}), seconds=1, count=1)
    )
    async with world(tmp_path, telegram) as running:
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
