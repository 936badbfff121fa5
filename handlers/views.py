"""Looking at one article: its summary, full story, quotations and related articles."""

import structlog

from bot.core.actions import View
from bot.core.article import ArchivedArticle
from bot.core.message import Message
from bot.core.query import Question
from bot.errors import StoreUnavailable
from handlers.request import Request

log = structlog.get_logger(__name__)

LONGEST_QUERY = 256
"""Characters of a query that are looked at."""

RELATED = 8
"""Related articles listed at most."""


async def show_view(request: Request, article_id: int, view: View, page: int = 0) -> None:
    """Turn the message whose button was pressed into page ``page`` (from 0) of ``view`` of the article."""
    message = await _view(request, article_id, view, page)
    await request.turn_to(message)
    if message is not None and view is View.FULL and not page:
        await _count(request, article_id)


async def open_view(request: Request, article_id: int, view: View) -> None:
    """Send ``view`` of the article as a new message."""
    message = await _view(request, article_id, view)
    await request.answer(message or request.newsroom.messages.not_found(request.language))
    if message is not None:
        await _count(request, article_id)


async def latest(request: Request) -> None:
    """/terbaru: the newest article, with buttons to older ones."""
    newest = await request.newsroom.archive.latest()
    await _answer_about(request, newest, View.SUMMARY)


async def timeline(request: Request) -> None:
    """/cerita: how the event of the newest article developed, or of the first that the words find."""
    words = request.arguments.strip()[:LONGEST_QUERY]
    archive = request.newsroom.archive
    if not words:
        await _answer_about(request, await archive.latest(), View.TIMELINE)
        return
    found = await archive.search(Question(words), limit=1)
    if not found.hits:
        await request.answer(request.newsroom.messages.nothing_found(words, request.language))
        return
    await _answer_about(request, await archive.by_id(found.hits[0].id), View.TIMELINE)


async def latest_quotations(request: Request) -> None:
    """The quotations of the newest article."""
    newest = await request.newsroom.archive.latest()
    await _answer_about(request, newest, View.QUOTATIONS)


async def _answer_about(request: Request, archived: ArchivedArticle | None, view: View) -> None:
    if archived is None:
        await request.answer(request.newsroom.messages.empty_archive(request.language))
        return
    await request.answer(await _written(request, archived, view, 0))


async def _count(request: Request, article_id: int) -> None:
    """Count the opening, after the answer: readers wait for no count and miss none that failed."""
    try:
        await request.newsroom.readership.opened(article_id, day=request.newsroom.today)
    except StoreUnavailable as error:
        log.warning("opening was not counted", article=article_id, cause=str(error))


async def _view(request: Request, article_id: int, view: View, page: int = 0) -> Message | None:
    archived = await request.newsroom.archive.by_id(article_id)
    return None if archived is None else await _written(request, archived, view, page)


async def _written(request: Request, archived: ArchivedArticle, view: View, page: int) -> Message:
    room, language = request.newsroom, request.language
    match view:
        case View.FULL:
            return room.messages.full_story(archived, language, page)
        case View.QUOTATIONS:
            return room.messages.quotations(archived, language, page)
        case View.RELATED:
            headlines = await room.archive.related(archived.id, limit=RELATED)
            return room.messages.related(archived, headlines, language)
        case View.TIMELINE:
            story = await room.archive.story(archived.id)
            return room.messages.reading.timeline(archived, story, language)
        case View.SUMMARY:
            beside = await room.archive.neighbours(archived.id)
            return room.messages.latest(archived, language, older=beside.older, newer=beside.newer)
