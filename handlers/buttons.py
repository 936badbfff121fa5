"""The press of a button: reads what it asks for and hands it on. Data that is not ours changes nothing."""

from telegram import BotCommand, BotCommandScopeChat, CallbackQuery, Message

from bot.core.actions import (
    Action,
    DrawCard,
    Keep,
    Kept,
    Open,
    Said,
    Search,
    SetLanguage,
    Show,
    ShowQuotation,
    Topic,
    Topics,
    read,
)
from bot.core.choices import Forget
from handlers import bookmarks, quoted, rights, search, settings, topics, views
from handlers.commands import menu
from handlers.request import Request


async def button_pressed(request: Request) -> None:
    """Do what the button asks; every press is answered, also of a button that means nothing any more."""
    query = request.update.callback_query
    action = read(query.data) if query is not None and query.data is not None else None
    match action:
        case None:
            await request.notice(request.newsroom.messages.notice_unknown_button(request.language))
        case Show(article_id, view, page):
            await views.show_view(request, article_id, view, page)
        case Open(article_id, view):
            await request.notice()
            await views.open_view(request, article_id, view)
        case ShowQuotation(key):
            await request.notice()
            await quoted.open_quotation(request, key)
        case DrawCard(key, shape):
            await quoted.draw_card(request, key, shape)
        case Keep(article_id):
            await bookmarks.press(request, article_id)
        case Topics() | Topic() | Said() | Kept() | Search():
            await _turn_page(request, action)
        case _:
            await _change(request, action)


async def _turn_page(request: Request, action: Topics | Topic | Said | Kept | Search) -> None:
    match action:
        case Topics():
            await topics.show_topics(request)
        case Topic(section, page):
            await topics.show_topic(request, section, page)
        case Said(name, page):
            await quoted.turn_page(request, name, page)
        case Kept(page):
            await bookmarks.turn_page(request, page)
        case Search(words, page):
            await search.turn_page(request, words, page)


async def _change(request: Request, action: Action) -> None:
    """Change a setting, which only a button that the message really has may ask for."""
    query = request.update.callback_query
    if query is None or not _offered(query):
        await request.notice(request.newsroom.messages.notice_unknown_button(request.language))
        return
    if isinstance(action, Forget):
        await rights.forget_or_not(request, action)
        return
    await settings.change(request, action)
    if isinstance(action, SetLanguage) and await request.may_change_settings():
        await _set_menu(request, action.language)


def _offered(query: CallbackQuery) -> bool:
    """Whether the pressed button stands under its message; clients can send any data for any message."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return False
    rows = message.reply_markup.inline_keyboard
    return any(button.callback_data == query.data for row in rows for button in row)


async def _set_menu(request: Request, language: str) -> None:
    """The chat's own command menu: Telegram's choice goes by the phone's language, not by the reader's."""
    lines = menu(language, request.newsroom.messages.gettext)
    await request.chat.get_bot().set_my_commands(
        [BotCommand(name, description) for name, description in lines],
        scope=BotCommandScopeChat(request.chat.id),
    )
