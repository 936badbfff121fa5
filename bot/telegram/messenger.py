"""Sending, changing and withdrawing messages through python-telegram-bot, with outcomes for exceptions."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.core.message import CAPTION_LIMIT, Button, Message, shorten
from bot.core.outcome import Outcome, Sent
from bot.telegram.answers import (
    has_no_text,
    may_not_delete,
    outcome_of,
    outcome_of_change,
    picture_failed,
    thread_is_gone,
)
from bot.telegram.news_bot import NewsBot
from bot.telegram.paced_answers import GRANTED


def keyboard(message: Message) -> InlineKeyboardMarkup | ForceReply | None:
    """What a new ``message`` comes with as python-telegram-bot takes it: buttons, or the wish for a reply."""
    if message.asks is not None:
        return ForceReply(input_field_placeholder=message.asks)
    return inline_keyboard(message)


def inline_keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons under ``message``; all that a message can be edited to have."""
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


@lru_cache(maxsize=256)
def _fields(message: Message) -> Mapping[str, str]:
    """A message without a picture in Telegram's JSON: made once for a message that goes to many."""
    fields = {
        "text": message.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": link_preview(message).to_json(),
    }
    if (attached := keyboard(message)) is not None:
        fields["reply_markup"] = attached.to_json()
    return fields


def _reply(answers: int) -> ReplyParameters:
    return ReplyParameters(answers, allow_sending_without_reply=True)


class Messenger:
    """Sends to one recipient at a time; the caller has waited for its turn.

    With ``paid`` what is sent may cost Telegram Stars: allow_paid_broadcast, up to 1,000 a second. No method
    raises for anything that Telegram answers.
    """

    def __init__(self, bot: NewsBot, *, paid: bool = False) -> None:
        self._bot = bot
        self._paid = paid or None

    async def send(
        self,
        chat_id: int,
        message: Message,
        *,
        silent: bool,
        answers: int | None = None,
        thread: int | None = None,
    ) -> Outcome:
        """Send ``message``, as a reply to the message ``answers`` if that is still there.

        A picture that Telegram cannot have is left out, and so is a forum's topic ``thread`` that is no more.
        """
        try:
            if message.picture is None:
                return Sent(await self._send_text(chat_id, message, silent, answers, thread))
            return Sent(await self._send_photo(chat_id, message, silent, answers, thread))
        except TelegramError as error:
            if message.picture is not None and picture_failed(error):
                bare = replace(message, picture=None)
                return await self.send(chat_id, bare, silent=silent, answers=answers, thread=thread)
            if thread is not None and thread_is_gone(error):
                return await self.send(chat_id, message, silent=silent, answers=answers)
            return outcome_of(error)

    async def _send_text(
        self, chat_id: int, message: Message, silent: bool, answers: int | None, thread: int | None
    ) -> int:
        fields: dict[str, str | int | bool] = {**_fields(message), "disable_notification": silent}
        if answers is not None:
            fields["reply_parameters"] = _reply(answers).to_json()
        if thread is not None:
            fields["message_thread_id"] = thread
        if self._paid:
            fields["allow_paid_broadcast"] = True
        return await self._bot.send_ready(chat_id, fields)

    async def _send_photo(
        self, chat_id: int, message: Message, silent: bool, answers: int | None, thread: int | None
    ) -> int:
        sent = await self._bot.send_photo(
            chat_id,
            message.picture or "",
            shorten(message.html, CAPTION_LIMIT),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            disable_notification=silent,
            reply_parameters=None if answers is None else _reply(answers),
            message_thread_id=thread,
            allow_paid_broadcast=self._paid,
            rate_limit_args=GRANTED,
        )
        return sent.message_id

    async def edit(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        """Make the message ``message_id`` read as ``message``; Sent also when it did already."""
        try:
            await self._bot.edit_message_text(
                message.html,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=inline_keyboard(message),
                link_preview_options=link_preview(message),
                rate_limit_args=GRANTED,
            )
        except TelegramError as error:
            if has_no_text(error):
                return await self._edit_caption(chat_id, message_id, message)
            return outcome_of_change(error, message_id)
        return Sent(message_id)

    async def _edit_caption(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        try:
            await self._bot.edit_message_caption(
                chat_id,
                message_id,
                caption=shorten(message.html, CAPTION_LIMIT),
                parse_mode=ParseMode.HTML,
                reply_markup=inline_keyboard(message),
                rate_limit_args=GRANTED,
            )
        except TelegramError as error:
            return outcome_of_change(error, message_id)
        return Sent(message_id)

    async def withdraw(self, chat_id: int, message_id: int, notice: Message) -> Outcome:
        """Delete the message ``message_id``; where that is no longer allowed, make it read as ``notice``."""
        try:
            await self._bot.delete_message(chat_id, message_id, rate_limit_args=GRANTED)
        except TelegramError as error:
            if not may_not_delete(error):
                return outcome_of_change(error, message_id)
            return await self.edit(chat_id, message_id, notice)
        return Sent(message_id)
