"""/help, /privacy, and helpful answers to what is no command."""

from handlers.request import Request


async def privacy(request: Request) -> None:
    """/privacy: what is kept about a reader, in plain words."""
    await request.answer(request.newsroom.messages.privacy(request.language))


async def unknown_command(request: Request) -> None:
    """A command that is not in the table."""
    await request.answer(request.newsroom.messages.unknown_command(request.language))


async def free_text(request: Request) -> None:
    """Words without a command: say what the bot can do with them."""
    message = request.update.message
    words = message.text if message is not None else None
    await request.answer(request.newsroom.messages.free_text(words or "", request.language))
