"""/start: a newcomer's first minute, coming back, and opening what a deep link points to."""

from bot.core.actions import Campaign, Open, ShowQuotation, Topic, read_payload
from bot.core.choices import Page
from handlers.quoted import open_quotation
from handlers.request import Request
from handlers.settings import allowed, joined, page_of
from handlers.topics import open_topic
from handlers.views import latest, open_view


async def start(request: Request) -> None:
    """Subscribe the chat, ask what may come, show the latest article; with a payload only open what it names.

    In a group its administrators are asked, by whom it was added too.
    """
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
    if not await allowed(request):
        return
    reader = await joined(request)
    await request.answer(await page_of(request, reader, Page.FIRST))
    if await room.archive.latest() is not None:
        await latest(request)
