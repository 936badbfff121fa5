"""/start: subscribing, coming back, and opening what a deep link points to."""

from bot.core.actions import Campaign, Open, ShowQuotation, Topic, read_payload
from handlers.quoted import open_quotation
from handlers.request import Request
from handlers.topics import open_topic
from handlers.views import open_view


async def start(request: Request) -> None:
    """Subscribe the chat and show the latest article; with a payload that names something only open that."""
    room = request.newsroom
    match read_payload(request.arguments):
        case Open(article_id, view):
            await open_view(request, article_id, view)
            return
        case ShowQuotation(key):
            await open_quotation(request, key)
            return
        case Topic(section):
            await open_topic(request, section)
            return
        case Campaign(name):
            await room.readership.arrived(name, day=room.today)
    if not await request.may_change_settings():
        await request.answer(room.messages.only_administrators(request.language))
        return
    await room.subscribers.join(request.chat.id, kind=request.kind, language=request.language, now=room.now())
    await request.answer(room.messages.welcome(request.language, first_name=request.first_name))
