"""/topik: the sections, and the articles of one of them."""

from bot.core.message import Message
from handlers.request import Request

PAGE = 8
"""Articles on one page."""


async def topics(request: Request) -> None:
    """/topik: every section as a button; with a section's name, its newest articles."""
    newsroom, written = request.newsroom, request.arguments
    if written:
        sections = await newsroom.archive.sections()
        if named := newsroom.messages.reading.topic_named(written, sections, request.language):
            await open_topic(request, named)
            return
    message = await _topics(request)
    await request.answer(message or request.newsroom.messages.empty_archive(request.language))


async def show_topics(request: Request) -> None:
    """Put all sections in place of the shown message."""
    message = await _topics(request)
    await request.turn_to(message)


async def show_topic(request: Request, section: str, page: int) -> None:
    """Put page ``page`` (from 0) of a section in place of the shown message."""
    await request.turn_to(await _topic(request, section, page))


async def open_topic(request: Request, section: str) -> None:
    """Send a section's newest articles as a new message."""
    message = await _topic(request, section, 0)
    await request.answer(message or request.newsroom.messages.not_found(request.language))


async def _topics(request: Request) -> Message | None:
    sections = await request.newsroom.archive.sections()
    return request.newsroom.messages.reading.topics(sections, request.language) if sections else None


async def _topic(request: Request, section: str, page: int) -> Message | None:
    found = await request.newsroom.archive.newest(section=section, limit=PAGE, offset=page * PAGE)
    if not found.items:
        return None
    return request.newsroom.messages.reading.topic(
        section, found, page=page, first=page * PAGE + 1, language=request.language
    )
