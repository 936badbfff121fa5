"""One thing that a reader asked for, and the ways to answer it."""

from dataclasses import dataclass

from telegram import CallbackQuery, Chat, Update
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import TelegramError

from bot.core.audience import ChatKind, Subscriber
from bot.core.message import Message
from bot.telegram.answers import nothing_to_do
from bot.telegram.messenger import keyboard, link_preview
from handlers.newsroom import Newsroom

_KINDS = {
    ChatType.PRIVATE: ChatKind.PRIVATE,
    ChatType.GROUP: ChatKind.GROUP,
    ChatType.SUPERGROUP: ChatKind.GROUP,
    ChatType.CHANNEL: ChatKind.CHANNEL,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What one update asks, who asks it, and in which language to answer.

    ``reader`` is None for a chat that never subscribed. ``arguments`` is what follows the command.
    """

    newsroom: Newsroom
    update: Update
    chat: Chat
    reader: Subscriber | None
    language: str
    arguments: str = ""

    @property
    def kind(self) -> ChatKind:
        """What kind of chat asks."""
        return _KINDS[ChatType(self.chat.type)]

    @property
    def first_name(self) -> str:
        """The asking person's first name, or the group's title."""
        user = self.update.effective_user
        return user.first_name if user is not None else (self.chat.title or "")

    async def answer(self, message: Message) -> None:
        """Send ``message`` as a new one."""
        await self.chat.send_message(
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            link_preview_options=link_preview(message),
        )

    async def edit(self, message: Message) -> None:
        """Put ``message`` in place of the one whose button was pressed; the same again is no fault."""
        query = self._query
        try:
            await query.edit_message_text(
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message),
                link_preview_options=link_preview(message),
            )
        except TelegramError as error:
            if not nothing_to_do(error):
                raise

    async def notice(self, text: str | None = None) -> None:
        """Answer the press of a button, with a short text that Telegram shows for a moment, if any."""
        try:
            await self._query.answer(text)
        except TelegramError as error:
            if not nothing_to_do(error):
                raise

    async def may_change_settings(self) -> bool:
        """Whether the asking person decides for this chat: in a group only its administrators do."""
        if self.kind is ChatKind.PRIVATE:
            return True
        message = self.update.effective_message
        if message is not None and message.sender_chat is not None and message.sender_chat.id == self.chat.id:
            return self.update.callback_query is None  # an anonymous administrator writes as the group
        user = self.update.effective_user
        if user is None:
            return False
        member = await self.chat.get_member(user.id)
        return member.status in {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}

    @property
    def _query(self) -> CallbackQuery:
        query = self.update.callback_query
        if query is None:
            raise RuntimeError("only the press of a button can be edited or noticed")
        return query
