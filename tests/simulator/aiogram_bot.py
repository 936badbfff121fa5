"""A bot written with aiogram 3, as a program of its own: ADDRESS, TOKEN and, for a webhook, SECRET.

It answers commands and buttons, sends a photo and serves inline queries. It runs in an environment that has
aiogram and nothing of this project.
"""

import asyncio
import base64
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ChosenInlineResult,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)

router = Router()


@router.message(CommandStart())
async def start(message: Message, command: CommandObject) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Kutipan", callback_data="k:1")]]
    )
    await message.answer(f"<b>Selamat datang</b> {command.args or ''}", reply_markup=keyboard)


@router.callback_query(F.data.startswith("k:"))
async def quotations(query: CallbackQuery) -> None:
    await query.answer("Baik")
    assert isinstance(query.message, Message)
    await query.message.edit_text(f"Kutipan dari <i>{query.data}</i>")


@router.message(Command("foto"))
async def photo(message: Message) -> None:
    await message.answer_photo(BufferedInputFile(PICTURE, "foto.png"), caption="<b>Foto</b> hari ini")


@router.message(Command("salah"))
async def wrong(message: Message) -> None:
    try:
        await message.answer("<b>rusak")
    except TelegramBadRequest as error:
        await message.answer(f"ditolak: {error.message}", parse_mode=None)


@router.inline_query()
async def search(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text=f"Berita tentang <b>{query.query}</b>")
    article = InlineQueryResultArticle(id="b1", title=query.query, input_message_content=content)
    await query.answer([article], cache_time=0)


@router.chosen_inline_result()
async def chosen(result: ChosenInlineResult, bot: Bot) -> None:
    await bot.send_message(result.from_user.id, f"Terpilih {result.result_id}")


async def main(address: str, token: str, secret: str | None) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    bot = Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    if secret is None:
        await dispatcher.start_polling(bot, handle_signals=False)
        return
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, path="/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    updates = dispatcher.resolve_used_update_types()
    hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.set_webhook(hook, secret_token=secret, allowed_updates=updates)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None))
