"""Sending a finished message through python-telegram-bot, with an outcome instead of an exception."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.core.message import Button, Message
from bot.core.outcome import Outcome, Sent
from bot.telegram.answers import outcome_of
from bot.telegram.pacer import GRANTED


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons under ``message`` as python-telegram-bot takes them."""
    if not message.buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in message.buttons])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.data, url=button.url)


def link_preview(message: Message) -> LinkPreviewOptions:
    """The preview that ``message`` wants, or none at all: a stray link must not make one."""
    if message.preview is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.preview, prefer_small_media=True)


class Messenger:
    """Sends to one recipient at a time; the caller has waited for its turn."""

    def __init__(self, bot: ExtBot[str]) -> None:
        self._bot = bot

    async def send(self, chat_id: int, message: Message, *, silent: bool) -> Outcome:
        """Send ``message`` and say what became of it. Never raises for anything that Telegram answers."""
        try:
            sent = await self._bot.send_message(
                chat_id,
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message),
                link_preview_options=link_preview(message),
                disable_notification=silent,
                rate_limit_args=GRANTED,
            )
        except TelegramError as error:
            return outcome_of(error)
        return Sent(sent.message_id)
