"""Looking at one article: its summary, full story, quotations and related articles."""

from bot.core.actions import View
from bot.core.article import ArchivedArticle
from bot.core.message import Message
from handlers.request import Request

RELATED = 8
"""Related articles listed at most."""


async def show_view(request: Request, article_id: int, view: View) -> None:
    """Turn the message whose button was pressed into ``view`` of the article."""
    message = await _view(request, article_id, view)
    if message is None:
        await request.notice(request.newsroom.messages.notice_gone(request.language))
        return
    await request.notice()
    await request.edit(message)


async def open_view(request: Request, article_id: int, view: View) -> None:
    """Send ``view`` of the article as a new message."""
    message = await _view(request, article_id, view)
    await request.answer(message or request.newsroom.messages.not_found(request.language))


async def latest(request: Request) -> None:
    """/terbaru: the newest article, with buttons to older ones."""
    newest = await request.newsroom.archive.latest()
    await _answer_about(request, newest, View.SUMMARY)


async def quotations(request: Request) -> None:
    """/kutipan: the quotations of the newest article."""
    newest = await request.newsroom.archive.latest()
    await _answer_about(request, newest, View.QUOTATIONS)


async def _answer_about(request: Request, archived: ArchivedArticle | None, view: View) -> None:
    if archived is None:
        await request.answer(request.newsroom.messages.empty_archive(request.language))
        return
    await request.answer(await _written(request, archived, view))


async def _view(request: Request, article_id: int, view: View) -> Message | None:
    archived = await request.newsroom.archive.by_id(article_id)
    return None if archived is None else await _written(request, archived, view)


async def _written(request: Request, archived: ArchivedArticle, view: View) -> Message:
    room, language = request.newsroom, request.language
    match view:
        case View.FULL:
            return room.messages.full_story(archived, language)
        case View.QUOTATIONS:
            return room.messages.quotations(archived, language)
        case View.RELATED:
            headlines = await room.archive.related(archived.id, limit=RELATED)
            return room.messages.related(archived, headlines, language)
        case View.SUMMARY:
            beside = await room.archive.neighbours(archived.id)
            return room.messages.latest(archived, language, older=beside.older, newer=beside.newer)
