"""A bot written with python-telegram-bot, over its own default transport, has a conversation."""

import asyncio

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
)

from bot.simulator import RunningSimulator, Simulator, people, running
from bot.simulator.state import Chat
from tests.simulator.conftest import TOKEN


async def test_calls_and_refusals_are_understood(
    served: RunningSimulator, reader: Chat, channel: Chat
) -> None:
    async with telegram.Bot(TOKEN, base_url=f"{served.address}/bot") as bot:
        assert bot.username == "kabar_demo_bot"
        assert await bot.delete_webhook() is True
        message = await bot.send_message(reader.id, "<b>x</b>", parse_mode="HTML", protect_content=True)
        assert message.entities[0].type == "bold"
        edited = await message.edit_text("y")
        assert isinstance(edited, telegram.Message)
        assert edited.text == "y"
        post = await bot.send_message(
            "@kabar_contoh", "z", link_preview_options=telegram.LinkPreviewOptions(True)
        )
        assert post.sender_chat is not None
        assert post.sender_chat.id == channel.id
        assert await bot.delete_message(channel.id, post.message_id) is True
        with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
            await message.edit_text("y")
        with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
            await bot.send_message(5, "x")
        assert await bot.set_my_commands([("start", "Mulai")], language_code="id") is True
        (command,) = await bot.get_my_commands(language_code="id")
        assert (command.command, command.description) == ("start", "Mulai")
        assert (await bot.get_chat(channel.id)).title == "Kabar Contoh"
        assert (await bot.get_chat_member(channel.id, bot.id)).status == "administrator"
        assert (await bot.get_webhook_info()).url == ""


async def test_a_bot_without_a_valid_token_is_told_so() -> None:
    async with running(Simulator(tokens=frozenset())) as served:
        bot = telegram.Bot(TOKEN, base_url=f"{served.address}/bot")
        with pytest.raises(telegram.error.InvalidToken):
            await bot.initialize()
        await bot.shutdown()


async def test_a_running_application_answers_commands_buttons_and_blocks(
    served: RunningSimulator, simulator: Simulator
) -> None:
    seen: asyncio.Queue[str] = asyncio.Queue()

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Kutipan", callback_data="k:1")]])
        payload = " ".join(context.args or [])
        await update.effective_message.reply_text(f"Selamat datang {payload}", reply_markup=keyboard)
        await seen.put("start")

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("Baik")
        await query.edit_message_text(f"<i>{query.data}</i>", parse_mode="HTML")
        await seen.put("pressed")

    async def blocked(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.my_chat_member is not None
        await seen.put(update.my_chat_member.new_chat_member.status)

    application: Application = (  # type: ignore[type-arg]
        ApplicationBuilder().token(TOKEN).base_url(f"{served.address}/bot").build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(ChatMemberHandler(blocked, ChatMemberHandler.MY_CHAT_MEMBER))
    reader = simulator.add_reader("Budi")
    async with application, asyncio.timeout(20):
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await application.start()
        people.write(simulator, reader.id, "/start a_12")
        assert await seen.get() == "start"
        people.press(simulator, reader.id, 2, "k:1")
        assert await seen.get() == "pressed"
        people.set_blocked(simulator, reader.id, blocked=True)
        assert await seen.get() == "kicked"
        await application.updater.stop()
        await application.stop()
    assert [message.text for message in reader.messages.values()] == ["/start a_12", "k:1"]
