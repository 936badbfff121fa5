"""From python-telegram-bot's updates to the handlers, one chat's updates in their order."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from telegram import BotCommand, BotCommandScopeDefault, Chat, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.errors import KabarError
from handlers.buttons import button_pressed
from handlers.commands import COMMANDS, Handler, menu
from handlers.door import Door
from handlers.help import free_text, unknown_command
from handlers.inline import answer_inline
from handlers.membership import group_moved, membership_changed
from handlers.newsroom import Newsroom
from handlers.presses import Presses
from handlers.request import Request

log = structlog.get_logger(__name__)

UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER, Update.INLINE_QUERY)
"""The kinds of updates that the bot asks Telegram for."""

AT_ONCE = 1024
"""Updates in hand at the same time; those that wait for others of their chat count too."""

_Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class _Line:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    standing: int = 0


class UpdateReports(Protocol):
    """Hears of each update."""

    def handled(self, kind: str, seconds: float) -> None:
        """An update of the type ``kind`` was handled ``seconds`` after its arrival."""
        ...


class InOrderForEachChat(BaseUpdateProcessor):
    """Handles updates of different chats at once and those of one chat one after the other.

    Two quick presses under one message would otherwise race, and the older could win. Whoever asks too much
    is turned away here, before anything is looked up; every press is answered in time.
    """

    def __init__(self, reports: UpdateReports) -> None:
        super().__init__(AT_ONCE)
        self._reports = reports
        self._lines: dict[int, _Line] = {}
        self._door = Door()
        self._turn_away: Callable[[Update, bool], Awaitable[None]] | None = None
        self._under_way = set[asyncio.Task[Any]]()
        self.presses = Presses()

    def give_up(self) -> None:
        """End what is under way, answered or not: the bot stops."""
        for task in self._under_way:
            task.cancel()

    def connect(self, turn_away: Callable[[Update, bool], Awaitable[None]]) -> None:
        """Sets what is done with an update that is not served; its second argument: whether to say so."""
        self._turn_away = turn_away

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update when those before it in its chat are handled."""
        arrived = asyncio.get_running_loop().time()
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        try:
            await self._serve(update, coroutine, arrived)
        finally:
            # It may have been turned away, or given up while it stood in line.
            if isinstance(coroutine, Coroutine):
                coroutine.close()
        self._reports.handled(_kind_of(update), asyncio.get_running_loop().time() - arrived)

    async def _serve(self, update: object, coroutine: Awaitable[Any], now: float) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        admission = self._door.admit(update, now)
        if not admission.served and self._turn_away is not None:
            await self._turn_away(update, admission.tell)
            return
        if update.callback_query is None:
            await self._in_its_line(update, coroutine)
            return
        async with self.presses.owing(update.callback_query):
            await self._in_its_line(update, coroutine)

    async def _in_its_line(self, update: Update, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat
        if chat is None:
            await coroutine
            return
        line = self._lines.setdefault(chat.id, _Line())
        line.standing += 1
        try:
            async with line.turn:
                await coroutine
        finally:
            line.standing -= 1
            if not line.standing:
                del self._lines[chat.id]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _kind_of(update: object) -> str:
    """Telegram's name for the type of an update, of those that the bot asks for."""
    return next((kind for kind in UPDATES if getattr(update, kind, None) is not None), "other")


def register(application: Application[Any, Any, Any, Any, Any, Any], newsroom: Newsroom) -> None:
    """Connect every command, button, inline query and membership change to its handler."""
    processor = application.update_processor
    presses = processor.presses if isinstance(processor, InOrderForEachChat) else Presses()
    if isinstance(processor, InOrderForEachChat):
        processor.connect(_turning_away(newsroom, presses))

    def calling(handler: Handler) -> _Callback:
        async def called(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            chat = update.effective_chat
            if chat is not None:
                await handler(await _request(newsroom, presses, update, chat))

        return called

    async def asked_inline(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.inline_query is not None:
            await answer_inline(newsroom, update.inline_query)

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is not None and update.effective_chat is None:
            # Under a message that was sent in inline mode, where our own buttons are addresses.
            language = _language_of(newsroom, update)
            await presses.answer(query, newsroom.messages.notice_unknown_button(language))
            return
        await calling(button_pressed)(update, context)

    new = filters.UpdateType.MESSAGE
    for command in COMMANDS:
        application.add_handler(
            CommandHandler((*command.names, *command.also), calling(command.run), filters=new)
        )
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE & new, calling(group_moved)))
    application.add_handler(
        MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE & new, calling(unknown_command))
    )
    # In a group the bot hears what answers its own messages, and only that concerns it.
    said = (filters.ChatType.PRIVATE | filters.REPLY) & new & ~filters.StatusUpdate.ALL & ~filters.COMMAND
    application.add_handler(MessageHandler(said, calling(free_text)))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(InlineQueryHandler(asked_inline))
    application.add_handler(ChatMemberHandler(calling(membership_changed), ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(_failure(newsroom, presses))


async def set_menu(bot: ExtBot[Any], newsroom: Newsroom) -> None:
    """Tell Telegram the commands: in the default language for everybody, and in each language we speak."""
    messages = newsroom.messages
    for language in (None, *messages.languages):
        lines = menu(language or newsroom.default_language, messages.gettext)
        commands = [BotCommand(name, description) for name, description in lines]
        await bot.set_my_commands(commands, scope=BotCommandScopeDefault(), language_code=language)


async def _request(newsroom: Newsroom, presses: Presses, update: Update, chat: Chat) -> Request:
    reader = await newsroom.subscribers.get(chat.id)
    if reader is not None and not reader.reachable and update.my_chat_member is None:
        # Whoever writes to us takes messages again, also when the update that said so was missed.
        await newsroom.subscribers.set_reachable(chat.id, True, cause=None, now=newsroom.now())
    text = update.message.text if update.message is not None else None
    return Request(
        newsroom=newsroom,
        update=update,
        chat=chat,
        reader=reader,
        language=reader.language if reader is not None else _language_of(newsroom, update),
        presses=presses,
        arguments=_after_command(text) if text is not None else "",
    )


def _after_command(text: str) -> str:
    """What follows the first word, on its line or on the next."""
    parts = text.split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""


def _language_of(newsroom: Newsroom, update: Update) -> str:
    """The language that a newcomer's Telegram speaks, if we speak it too."""
    user = update.effective_user
    spoken = (user.language_code or "").split("-")[0] if user is not None else ""
    return spoken if spoken in newsroom.messages.languages else newsroom.default_language


def _turning_away(newsroom: Newsroom, presses: Presses) -> Callable[[Update, bool], Awaitable[None]]:
    async def turn_away(update: Update, tell: bool) -> None:
        """Without the database: it is what is to be spared."""
        language = _language_of(newsroom, update)
        try:
            if update.inline_query is not None:
                await update.inline_query.answer([], cache_time=0)
            elif update.callback_query is not None:
                async with presses.owing(update.callback_query):
                    await presses.answer(update.callback_query, newsroom.messages.notice_too_fast(language))
            elif tell and update.effective_chat is not None:
                log.info("somebody asks too much", chat=update.effective_chat.id)
                await Request(newsroom, update, update.effective_chat, None, language, presses).answer(
                    newsroom.messages.slow_down(language)
                )
        except TelegramError as error:
            log.warning("nobody was told to slow down", cause=error.message)

    return turn_away


def _failure(
    newsroom: Newsroom, presses: Presses
) -> Callable[[object, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]:
    async def tell_both(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The cause goes to the log, a plain sentence to the reader."""
        error = context.error
        chat = update.effective_chat if isinstance(update, Update) else None
        expected = isinstance(error, KabarError | TelegramError)
        log.error(
            "update failed",
            update=update.update_id if isinstance(update, Update) else None,
            cause=str(error),
            exc_info=None if expected else error,
        )
        if not isinstance(update, Update) or chat is None or isinstance(error, TelegramError):
            return  # telegram itself failed: another message would fail too
        if update.message is None and update.callback_query is None:
            return  # nobody asked for anything
        # Read without the database, which may be what failed.
        request = Request(newsroom, update, chat, None, _language_of(newsroom, update), presses)
        if update.callback_query is not None:
            await request.notice(newsroom.messages.notice_failure(request.language))
        else:
            await request.answer(newsroom.messages.failure(request.language))

    return tell_both
