"""/simpan and /simpanan: the articles that a reader keeps. They belong to a person, also in a group."""

from bot.core.actions import Keep, Open, Show, read
from bot.core.audience import ChatKind
from bot.core.message import Message
from bot.store.readership import Keeping
from handlers.request import Request

PAGE = 8
"""Bookmarks on one page."""


async def keep(request: Request) -> None:
    """/simpan in answer to an article's message: keep that article."""
    reading = request.newsroom.messages.reading
    article_id, reader_id = _answered_article(request), request.reader_id
    if article_id is None or reader_id is None:
        await request.answer(reading.how_to_keep(request.language))
        return
    room = request.newsroom
    done = await room.readership.keep(reader_id, article_id, now=room.now())
    await request.say(_told(request, done))


async def press(request: Request, article_id: int) -> None:
    """The button under an article: keep it, or keep it no longer."""
    room, reader_id = request.newsroom, request.reader_id
    if reader_id is None:
        await request.notice(room.messages.notice_gone(request.language))
        return
    await request.notice(_told(request, await room.readership.toggle(reader_id, article_id, now=room.now())))


async def kept(request: Request) -> None:
    """/simpanan: what the reader keeps, to nobody else's eyes."""
    if request.kind is not ChatKind.PRIVATE:
        await request.answer(request.newsroom.messages.reading.only_in_private(request.language))
        return
    await request.answer(await _kept(request, 0))


async def turn_page(request: Request, page: int) -> None:
    """Put page ``page`` (from 0) of the bookmarks in place of the shown one."""
    if request.kind is not ChatKind.PRIVATE:
        await request.notice(request.newsroom.messages.notice_unknown_button(request.language))
        return
    await request.turn_to(await _kept(request, page))


async def _kept(request: Request, page: int) -> Message:
    room = request.newsroom
    found = await room.readership.kept(request.chat.id, limit=PAGE, offset=page * PAGE)
    return room.messages.reading.kept(found, page=page, first=page * PAGE + 1, language=request.language)


def _told(request: Request, done: Keeping) -> str:
    messages = request.newsroom.messages
    match done:
        case Keeping.KEPT:
            return messages.reading.notice_kept(request.language)
        case Keeping.NO_LONGER:
            return messages.reading.notice_no_longer_kept(request.language)
        case Keeping.TOO_MANY:
            return messages.reading.notice_too_many_kept(request.language)
        case Keeping.NO_ARTICLE:
            return messages.notice_gone(request.language)


def _answered_article(request: Request) -> int | None:
    """The article under whose message the command was written, by that message's own buttons."""
    message = request.update.message
    answered = message.reply_to_message if message is not None else None
    if answered is None or answered.reply_markup is None:
        return None
    for row in answered.reply_markup.inline_keyboard:
        for button in row:
            data = button.callback_data
            match read(data) if isinstance(data, str) else None:
                case Keep(article_id) | Show(article_id) | Open(article_id):
                    return article_id
    return None
