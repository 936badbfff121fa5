"""/langganan, /bahasa and /berhenti: what a reader gets, how, and in which language."""

from bot.core.actions import Action, SetLanguage, SetSilent, SetSubscribed, ToggleSection
from bot.core.audience import Subscriber
from bot.core.message import Message
from handlers.request import Request


async def settings(request: Request) -> None:
    """/langganan: the settings as one message whose buttons edit it in place."""
    if not await request.may_change_settings():
        await request.answer(request.newsroom.messages.only_administrators(request.language))
        return
    await request.answer(await _settings(request, await _known(request)))


async def choose_language(request: Request) -> None:
    """/bahasa: the languages as buttons."""
    await request.answer(request.newsroom.messages.choose_language(request.language))


async def stop(request: Request) -> None:
    """/berhenti: no more pushes; the settings stay for a return."""
    if not await request.may_change_settings():
        await request.answer(request.newsroom.messages.only_administrators(request.language))
        return
    await request.newsroom.subscribers.leave(request.chat.id)
    await request.answer(request.newsroom.messages.stopped(request.language))


async def change(request: Request, action: Action) -> None:
    """Do what a settings button asks and show the settings as they now are."""
    room = request.newsroom
    if not await request.may_change_settings():
        await request.notice(room.messages.notice_only_administrators(request.language))
        return
    await _known(request)
    chat_id, language = request.chat.id, request.language
    match action:
        case SetLanguage(wanted) if wanted in room.messages.languages:
            language = wanted
            await room.subscribers.set_language(chat_id, wanted)
        case SetSubscribed(True):
            await room.subscribers.join(chat_id, kind=request.kind, language=language, now=room.now())
        case SetSubscribed(False):
            await room.subscribers.leave(chat_id)
        case SetSilent(wanted):
            await room.subscribers.set_silent(chat_id, wanted)
        case ToggleSection(section):
            await room.subscribers.toggle_section(chat_id, section)
        case _:
            await request.notice(room.messages.notice_unknown_button(language))
            return
    await request.notice(room.messages.notice_saved(language))
    now = await room.subscribers.get(chat_id)
    if now is not None:
        await request.edit(await _settings(request, now))


async def _known(request: Request) -> Subscriber:
    """The reader's settings; whoever changes settings before /start gets some, without a subscription."""
    if request.reader is not None:
        return request.reader
    room = request.newsroom
    reader = await room.subscribers.join(
        request.chat.id, kind=request.kind, language=request.language, now=room.now()
    )
    await room.subscribers.leave(request.chat.id)
    return reader


async def _settings(request: Request, reader: Subscriber) -> Message:
    sections = await request.newsroom.archive.sections()
    return request.newsroom.messages.settings(reader, sections, reader.language)
