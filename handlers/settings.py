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
    messages = request.newsroom.messages
    if not await request.may_change_settings():
        await request.notice(messages.notice_only_administrators(request.language))
        return
    await _known(request)
    changed = await _changed(request, action)
    if changed is None:
        await request.notice(messages.notice_unknown_button(request.language))
        return
    await request.notice(messages.notice_saved(changed.language))
    await request.edit(await _settings(request, changed))


async def _changed(request: Request, action: Action) -> Subscriber | None:
    """The reader after ``action``; None when it is none of ours or names a language that we do not speak."""
    room, chat_id = request.newsroom, request.chat.id
    match action:
        case SetLanguage(language) if language in room.messages.languages:
            return await room.subscribers.set_language(chat_id, language)
        case SetSubscribed(True):
            return await _joined(request)
        case SetSubscribed(False):
            return await room.subscribers.leave(chat_id)
        case SetSilent(wanted):
            return await room.subscribers.set_silent(chat_id, wanted)
        case ToggleSection(section):
            return await room.subscribers.toggle_section(chat_id, section)
        case _:
            return None


async def _known(request: Request) -> Subscriber:
    """The reader's settings; whoever changes some before /start gets them without a subscription."""
    if request.reader is not None:
        return request.reader
    joined = await _joined(request)
    return await request.newsroom.subscribers.leave(request.chat.id) or joined


async def _joined(request: Request) -> Subscriber:
    room = request.newsroom
    return await room.subscribers.join(
        request.chat.id, kind=request.kind, language=request.language, now=room.now()
    )


async def _settings(request: Request, reader: Subscriber) -> Message:
    sections = await request.newsroom.archive.sections()
    return request.newsroom.messages.settings(reader, sections, reader.language)
