"""/cari: searching the archive."""

from bot.core.message import Message
from bot.core.query import read_question
from bot.errors import BadFilter
from handlers.request import Request

PAGE = 8
"""Results on one page."""

LONGEST_QUERY = 256
"""Characters of a query that are looked at; more makes no sense and only costs."""


async def search(request: Request) -> None:
    """List what the archive has for the words and filters after the command."""
    query = request.arguments.strip()[:LONGEST_QUERY]
    messages = request.newsroom.messages
    if not query:
        await request.answer(messages.how_to_search(request.language))
        return
    try:
        message = await _results(request, query, 0)
    except BadFilter as fault:
        message = messages.bad_filter(fault, request.language)
    await request.answer(message or messages.nothing_found(query, request.language))


async def turn_page(request: Request, query: str, page: int) -> None:
    """Put page ``page`` (from 0) of the results in place of the shown one."""
    try:
        message = await _results(request, query, page)
    except BadFilter:
        # Only a made-up button asks so: no page was shown for it.
        message = None
    await request.turn_to(message)


async def _results(request: Request, query: str, page: int) -> Message | None:
    room = request.newsroom
    question = read_question(query, room.zone)
    found = await room.archive.search(question, limit=PAGE, offset=page * PAGE)
    if not found.hits:
        return None
    return room.messages.results(
        query, found.hits, total=found.total, page=page, page_size=PAGE, language=request.language
    )
