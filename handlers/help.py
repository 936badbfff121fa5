"""Helpful answers to what is no command."""

from bot.core.audience import ChatKind
from handlers.keywords import answered
from handlers.request import Request


async def unknown_command(request: Request) -> None:
    """A command that is not in the table."""
    await request.answer(request.newsroom.messages.unknown_command(request.language))


async def free_text(request: Request) -> None:
    """Words without a command: the answer to a question of ours, or say what the bot can do with them."""
    if await answered(request) or request.kind is not ChatKind.PRIVATE:
        return
    message = request.update.message
    words = message.text if message is not None else None
    await request.answer(request.newsroom.messages.free_text(words or "", request.language))
