"""Inline mode: ``@bot putin`` in any chat offers quotations and articles.

The answer is the same for everybody, in the newspaper's own language: Telegram keeps it, and asks once.
"""

import asyncio

from telegram import (
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputTextMessageContent,
)
from telegram.constants import ParseMode

from bot.core.actions import CardShape
from bot.core.article import ArchivedArticle, ArchivedQuotation
from bot.core.listing import Listing
from bot.core.message import Message
from bot.core.query import Question, read_question
from bot.errors import BadFilter
from bot.telegram.messenger import inline_keyboard, link_preview
from handlers.newsroom import Newsroom

ARTICLES = 6
QUOTATIONS = 6
"""Articles and quotations on one page; Telegram asks for the next one when the reader comes to its end."""

LAST_PAGE = 50
CACHE_SECONDS = 60
"""How long Telegram gives the same answer without asking: a new article is offered after that."""

LONGEST_NAME = 100


async def answer_inline(newsroom: Newsroom, query: InlineQuery) -> None:
    """Offer what fits to the typed words, or the newest; any text and any offset gets an answer."""
    page = int(query.offset) if query.offset.isascii() and query.offset.isdecimal() else 0
    if page > LAST_PAGE:
        await query.answer([], cache_time=CACHE_SECONDS, is_personal=False)
        return
    words = query.query.strip()
    articles, quotations = await asyncio.gather(
        _articles(newsroom, words, page), _quotations(newsroom, words, page)
    )
    cards = await newsroom.readership.card_files([found.key for found in quotations.items], CardShape.WIDE)
    offered: list[InlineQueryResult] = []
    for found in quotations.items:
        offered.append(_quotation(newsroom, found))
        if found.key in cards:
            offered.append(_card(newsroom, found, cards[found.key]))
    offered += [_article(newsroom, archived) for archived in articles.items]
    await query.answer(
        offered,
        cache_time=CACHE_SECONDS,
        is_personal=False,
        next_offset=str(page + 1) if articles.more or quotations.more else "",
    )


async def _articles(newsroom: Newsroom, words: str, page: int) -> Listing[ArchivedArticle]:
    """One page of articles: the newest ones without words."""
    try:
        question = read_question(words, newsroom.zone)
    except BadFilter:
        question = Question(words)
    if question.empty:
        newest = await newsroom.archive.newest(limit=ARTICLES, offset=page * ARTICLES)
        found, more = newest.items, newest.more
    else:
        hits = await newsroom.archive.search(question, limit=ARTICLES, offset=page * ARTICLES)
        found, more = hits.hits, hits.total > (page + 1) * ARTICLES
    whole = await newsroom.archive.many([headline.id for headline in found])
    return Listing(tuple(whole), more)


async def _quotations(newsroom: Newsroom, words: str, page: int) -> Listing[ArchivedQuotation]:
    """One page of what the person of that name said; nothing without a name."""
    if not words:
        return Listing((), more=False)
    return await newsroom.archive.said(words[:LONGEST_NAME], limit=QUOTATIONS, offset=page * QUOTATIONS)


def _article(newsroom: Newsroom, archived: ArchivedArticle) -> InlineQueryResultArticle:
    language, messages = newsroom.default_language, newsroom.messages
    title, description = messages.reading.offered_article(archived, language)
    message = messages.push(archived, language, channel=True)
    return _text(f"a{archived.id}.{archived.revision}", title, description, message)


def _quotation(newsroom: Newsroom, found: ArchivedQuotation) -> InlineQueryResultArticle:
    reading, language = newsroom.messages.reading, newsroom.default_language
    title, description = reading.offered_quotation(found)
    return _text(f"q{_id(found)}", title, description, reading.shared_quotation(found, language))


def _card(newsroom: Newsroom, found: ArchivedQuotation, file_id: str) -> InlineQueryResultCachedPhoto:
    reading, language = newsroom.messages.reading, newsroom.default_language
    title, description = reading.offered_quotation(found)
    caption = reading.card_caption(found, language)
    return InlineQueryResultCachedPhoto(
        f"c{_id(found)}",
        file_id,
        title=title,
        description=description,
        caption=caption.html,
        parse_mode=ParseMode.HTML,
        reply_markup=inline_keyboard(caption),
    )


def _text(number: str, title: str, description: str, message: Message) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        message.html, parse_mode=ParseMode.HTML, link_preview_options=link_preview(message)
    )
    return InlineQueryResultArticle(
        number, title, content, reply_markup=inline_keyboard(message), description=description
    )


def _id(found: ArchivedQuotation) -> str:
    return f"{found.key.article_id}.{found.key.revision}.{found.key.position}"
