"""/privacy, /dataku and /hapus: what is kept about a reader, given to them, and erased."""

import json
from dataclasses import asdict

from bot.core.choices import Forget
from bot.core.message import Message
from handlers.request import Request
from handlers.settings import allowed

FILE = "kabar.json"


async def privacy(request: Request) -> None:
    """/privacy: what is kept about a reader, in plain words."""
    await request.answer(request.newsroom.messages.privacy(request.language))


async def my_data(request: Request) -> None:
    """/dataku: everything that is kept about this chat, as a file."""
    if not await allowed(request):
        return
    kept = await request.newsroom.rights.kept_about(request.chat.id)
    written = json.dumps(asdict(kept), ensure_ascii=False, indent=2, default=str)
    caption = request.newsroom.messages.choices.data_caption(request.language)
    await request.answer_file(FILE, written.encode(), caption)


async def forget(request: Request) -> None:
    """/hapus: ask once whether everything is to be erased."""
    if await allowed(request):
        await request.answer(request.newsroom.messages.choices.forget(request.language))


async def forget_or_not(request: Request, action: Forget) -> None:
    """The answer to that."""
    messages = request.newsroom.messages
    if not await request.may_change_settings():
        await request.notice(messages.notice_only_administrators(request.language))
        return
    if action.confirmed:
        await request.newsroom.subscribers.forget(request.chat.id)
    await request.notice()
    await request.edit(_said(request, erased=action.confirmed))


def _said(request: Request, *, erased: bool) -> Message:
    choices = request.newsroom.messages.choices
    return choices.forgotten(request.language) if erased else choices.kept(request.language)
