"""/cari: searching the archive."""

from handlers.request import Request

PAGE = 8
"""Results on one page."""

LONGEST_QUERY = 256
"""Characters of a query that are looked at; more makes no sense and only costs."""


async def search(request: Request) -> None:
    """List what the archive has for the words after the command."""
    query = request.arguments.strip()[:LONGEST_QUERY]
    messages = request.newsroom.messages
    if not query:
        await request.answer(messages.how_to_search(request.language))
        return
    found = await request.newsroom.archive.search(query, limit=PAGE)
    if not found.hits:
        await request.answer(messages.nothing_found(query, request.language))
        return
    await request.answer(
        messages.results(
            query, found.hits, total=found.total, page=0, page_size=PAGE, language=request.language
        )
    )


async def turn_page(request: Request, query: str, page: int) -> None:
    """Put page ``page`` (from 0) of the results in place of the shown one."""
    messages = request.newsroom.messages
    found = await request.newsroom.archive.search(query, limit=PAGE, offset=page * PAGE)
    if not found.hits:
        await request.notice(messages.notice_gone(request.language))
        return
    await request.notice()
    await request.edit(
        messages.results(
            query, found.hits, total=found.total, page=page, page_size=PAGE, language=request.language
        )
    )
