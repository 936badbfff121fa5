"""The press of a button: reads what it asks for and hands it on. Data that is not ours changes nothing."""

from bot.core.actions import Open, Search, Show, read
from handlers import search, settings, views
from handlers.request import Request


async def button_pressed(request: Request) -> None:
    """Do what the button asks; every press is answered, also of a button that means nothing any more."""
    query = request.update.callback_query
    action = read(query.data) if query is not None and query.data is not None else None
    match action:
        case None:
            await request.notice(request.newsroom.messages.notice_unknown_button(request.language))
        case Show(article_id, view):
            await views.show_view(request, article_id, view)
        case Open(article_id, view):
            await request.notice()
            await views.open_view(request, article_id, view)
        case Search(words, page):
            await search.turn_page(request, words, page)
        case _:
            await settings.change(request, action)
