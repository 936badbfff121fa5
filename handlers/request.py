"""One thing that a reader asked for, and the ways to answer it."""

from dataclasses import dataclass
from html import escape

from telegram import CallbackQuery, Chat, Update
from telegram import Message as TelegramMessage
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest

from bot.core.audience import ChatKind, Subscriber
from bot.core.message import Message
from bot.telegram.answers import cannot_be_edited, nothing_to_do
from bot.telegram.messenger import inline_keyboard, keyboard, link_preview
from handlers.newsroom import Newsroom
from handlers.presses import Presses

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
    presses: Presses
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

    @property
    def reader_id(self) -> int | None:
        """The asking person's number; None when a group or a channel speaks."""
        user = self.update.effective_user
        return None if user is None or user.is_bot else user.id

    async def answer(self, message: Message) -> None:
        """Send ``message`` as a new one."""
        await self.chat.send_message(
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            link_preview_options=link_preview(message),
        )

    async def say(self, text: str) -> None:
        """Send plain ``text`` as a message."""
        await self.answer(Message(escape(text)))

    async def answer_picture(self, picture: bytes | str, caption: Message) -> str:
        """Send a picture, or one that Telegram has by its name for it; returns Telegram's name."""
        sent = await self.chat.send_photo(
            picture, caption=caption.html, parse_mode=ParseMode.HTML, reply_markup=keyboard(caption)
        )
        return sent.photo[-1].file_id

    async def answer_file(self, name: str, content: bytes, caption: str) -> None:
        """Send a file called ``name`` with plain text under it."""
        await self.chat.send_document(content, filename=name, caption=caption)

    async def turn_to(self, message: Message | None) -> None:
        """Answer the press and show ``message`` where its button stands; None: there is no such page."""
        if message is None:
            await self.notice(self.newsroom.messages.notice_gone(self.language))
            return
        await self.notice()
        await self.edit(message)

    async def edit(self, message: Message) -> None:
        """Put ``message`` in place of the one whose button was pressed; the same again is no fault.

        Where Telegram cannot change that one (too old, deleted, a picture), ``message`` comes as a new one.
        """
        query = self._query
        if not isinstance(query.message, TelegramMessage):
            await self.answer(message)
            return
        try:
            await query.edit_message_text(
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=inline_keyboard(message),
                link_preview_options=link_preview(message),
            )
        except BadRequest as error:
            if cannot_be_edited(error):
                await self.answer(message)
            elif not nothing_to_do(error):
                raise

    async def notice(self, text: str | None = None) -> None:
        """Answer the press of a button, with a short text that Telegram shows for a moment, if any.

        A text that comes too late to be shown so is sent as a message.
        """
        if not await self.presses.answer(self._query, text) and text is not None:
            await self.say(text)

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
