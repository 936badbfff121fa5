"""Bots written with other makers' clients hold the same conversation, over long polling and over a webhook.

python-telegram-bot runs here over its default transport; aiogram runs in an environment of its own.
"""

import asyncio
import base64
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
import telegram as ptb
from aiohttp import web
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
)

from bot.simulator import Simulator
from bot.simulator.actors import Telegram
from bot.simulator.settings import BotSettings
from tests.simulator.conftest import TOKEN

SECRET = "rahasia-contoh_1"
AIOGRAM = Path(sys.prefix) / "aiogram" / "bin" / "python"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)

Context = ContextTypes.DEFAULT_TYPE


async def start(update: ptb.Update, context: Context) -> None:
    assert update.effective_message is not None
    keyboard = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Kutipan", callback_data="k:1")]])
    payload = " ".join(context.args or [])
    await update.effective_message.reply_text(f"<b>Selamat datang</b> {payload}", reply_markup=keyboard)


async def quotations(update: ptb.Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Baik")
    await query.edit_message_text(f"Kutipan dari <i>{query.data}</i>")


async def photo(update: ptb.Update, _: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_photo(PICTURE, caption="<b>Foto</b> hari ini", filename="foto.png")


async def wrong(update: ptb.Update, _: Context) -> None:
    assert update.effective_message is not None
    try:
        await update.effective_message.reply_text("<b>rusak")
    except ptb.error.BadRequest as error:
        await update.effective_message.reply_text(f"ditolak: {error.message}", parse_mode=None)


async def search(update: ptb.Update, _: Context) -> None:
    query = update.inline_query
    assert query is not None
    content = ptb.InputTextMessageContent(f"Berita tentang <b>{query.query}</b>")
    await query.answer([ptb.InlineQueryResultArticle("b1", query.query, content)], cache_time=0)


async def chosen(update: ptb.Update, context: Context) -> None:
    result = update.chosen_inline_result
    assert result is not None
    await context.bot.send_message(result.from_user.id, f"Terpilih {result.result_id}")


@asynccontextmanager
async def python_telegram_bot(address: str, *, over_webhook: bool) -> AsyncIterator[None]:
    builder = (
        ApplicationBuilder().token(TOKEN).base_url(f"{address}/bot").base_file_url(f"{address}/file/bot")
    )
    builder = builder.defaults(Defaults(parse_mode="HTML"))
    if over_webhook:
        builder = builder.updater(None)
    application: Any = builder.build()
    for command, handler in (("start", start), ("foto", photo), ("salah", wrong)):
        application.add_handler(CommandHandler(command, handler))
    application.add_handler(CallbackQueryHandler(quotations))
    application.add_handler(InlineQueryHandler(search))
    application.add_handler(ChosenInlineResultHandler(chosen))
    async with application:
        await application.start()
        if over_webhook:
            async with hooked(application):
                yield
        else:
            await application.updater.start_polling(allowed_updates=ptb.Update.ALL_TYPES)
            yield
            await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def hooked(application: Any) -> AsyncIterator[None]:
    async def handle(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        await application.update_queue.put(ptb.Update.de_json(await request.json(), application.bot))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await application.bot.set_webhook(hook, secret_token=SECRET, allowed_updates=ptb.Update.ALL_TYPES)
    yield
    await application.bot.delete_webhook()
    await runner.cleanup()


@asynccontextmanager
async def aiogram(address: str, *, over_webhook: bool) -> AsyncIterator[None]:
    if not AIOGRAM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs the environment of aiogram at {AIOGRAM}: make test makes it")
        pytest.skip(f"needs aiogram in an environment of its own at {AIOGRAM}: make test makes it")
    script = Path(__file__).with_name("aiogram_bot.py")
    process = await asyncio.create_subprocess_exec(
        AIOGRAM,
        "-I",
        script,
        address,
        TOKEN,
        *([SECRET] if over_webhook else []),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield
    finally:
        said = process.stderr
        if process.returncode is None:
            process.terminate()
        await process.wait()
        assert said is not None
        assert "Traceback" not in (await said.read()).decode()


class Running(Protocol):
    def __call__(self, address: str, *, over_webhook: bool) -> AbstractAsyncContextManager[None]: ...


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    settings = BotSettings(is_inline=True, wants_chosen=True)
    # A process has to start first, on whatever machine this is.
    with Telegram(Simulator(settings=settings), patience=30) as served:
        yield served


@pytest.mark.parametrize("over_webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("client", [python_telegram_bot, aiogram])
async def test_a_conversation(telegram: Telegram, client: Running, over_webhook: bool) -> None:
    reader = telegram.user("Sekar")
    async with client(telegram.address, over_webhook=over_webhook):
        await reader.send("/start a_12")
        welcome = await reader.expect("Selamat datang a_12")
        assert welcome.message["entities"][0]["type"] == "bold"
        await welcome.click("Kutipan")
        assert await reader.expect_notice() == "Baik"
        edited = await reader.expect("Kutipan dari k:1", edited=True)
        assert edited.message["message_id"] == welcome.message["message_id"]
        assert not edited.buttons
        await reader.send("/foto")
        picture = await reader.expect("Foto hari ini")
        assert picture.message["photo"][-1]["width"] == 1
        await reader.send("/salah")
        await reader.expect("ditolak: ")
        found = await reader.ask("kakao")
        assert [result["title"] for result in found.results] == ["kakao"]
        message = await found.choose("b1")
        assert message["text"] == "Berita tentang kakao"
        assert message["via_bot"]["is_bot"]
        await reader.expect("Terpilih b1")
    statuses = {
        (event.data["method"], event.data["status"])
        for event in telegram.timeline.events
        if event.kind == "call" and event.data["status"] not in {200, 0}
    }
    assert statuses == {("sendMessage", 400)}
