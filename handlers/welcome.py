"""/start: subscribing, coming back, and opening what a deep link points to."""

from bot.core.actions import read_payload
from handlers.request import Request
from handlers.views import open_view


async def start(request: Request) -> None:
    """Subscribe the chat and show the latest article; with a payload only open what it names."""
    room = request.newsroom
    if request.arguments:
        target = read_payload(request.arguments)
        if target is not None:
            await open_view(request, target.article_id, target.view)
            return
    if not await request.may_change_settings():
        await request.answer(room.messages.only_administrators(request.language))
        return
    await room.subscribers.join(request.chat.id, kind=request.kind, language=request.language, now=room.now())
    await request.answer(room.messages.welcome(request.language, first_name=request.first_name))
