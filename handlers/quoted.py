"""/kutipan: who said what, one quotation by itself, and its card."""

import structlog
from telegram.error import BadRequest

from bot.core.actions import CardShape
from bot.core.article import ArchivedQuotation, QuotationKey
from bot.core.message import Message
from bot.render.cards import CannotDraw
from handlers.request import Request
from handlers.views import latest_quotations

log = structlog.get_logger(__name__)

PAGE = 6
"""Quotations on one page."""

LONGEST_NAME = 100
"""Characters of a name that are looked at."""


async def quotations(request: Request) -> None:
    """/kutipan: the latest article's quotations; with a name, all that this person was quoted with."""
    name = request.arguments.strip()[:LONGEST_NAME]
    if not name:
        await latest_quotations(request)
        return
    message = await _said(request, name, 0)
    await request.answer(message or request.newsroom.messages.reading.nobody_said(name, request.language))


async def turn_page(request: Request, name: str, page: int) -> None:
    """Put page ``page`` (from 0) of what somebody said in place of the shown one."""
    await request.turn_to(await _said(request, name, page))


async def open_quotation(request: Request, key: QuotationKey) -> None:
    """Send one quotation by itself, as a new message."""
    found = await request.newsroom.archive.quotation(key)
    messages = request.newsroom.messages
    if found is None:
        await request.answer(messages.not_found(request.language))
        return
    await request.answer(messages.reading.quotation(found, request.language))


async def draw_card(request: Request, key: QuotationKey, shape: CardShape) -> None:
    """Send one quotation as a picture, drawn only the first time that anybody asks for it."""
    room = request.newsroom
    found = await room.archive.quotation(key)
    if found is None:
        await request.notice(room.messages.notice_gone(request.language))
        return
    await request.notice(room.messages.reading.notice_drawing(request.language))
    caption = room.messages.reading.card_caption(found, request.language)
    known = await room.readership.card_file(key, shape)
    if known is None or not await _sent_again(request, known, caption):
        await _draw(request, found, shape, caption)


async def _sent_again(request: Request, file_id: str, caption: Message) -> bool:
    try:
        await request.answer_picture(file_id, caption)
    except BadRequest as error:
        if "file" not in error.message.lower():
            raise
        return False  # another bot's name for it, or one that Telegram has forgotten
    return True


async def _draw(request: Request, found: ArchivedQuotation, shape: CardShape, caption: Message) -> None:
    room = request.newsroom
    try:
        picture = await room.cards.draw(found, shape)
    except CannotDraw as error:
        log.info("card cannot be drawn", cause=str(error))
        await request.say(room.messages.reading.notice_cannot_draw(request.language))
        return
    file_id = await request.answer_picture(picture, caption)
    await room.readership.set_card_file(found.key, shape, file_id)


async def _said(request: Request, name: str, page: int) -> Message | None:
    found = await request.newsroom.archive.said(name, limit=PAGE, offset=page * PAGE)
    if not found.items:
        return None
    return request.newsroom.messages.reading.said(
        name, found, page=page, first=page * PAGE + 1, language=request.language
    )
