"""/langganan, /bahasa and /berhenti: what a reader gets, how, and in which language."""

from bot.core.actions import Action, SetLanguage, SetSilent, SetSubscribed
from bot.core.audience import Subscriber
from bot.core.choices import Ask, Change, DropKeyword, MuteStory, Page, ShowPage, ToggleSection, mark_of
from bot.core.message import Message
from bot.core.preferences import Setting, changed
from handlers.request import Request

_WITH_SECTIONS = {Page.TOPICS, Page.FIRST_TOPICS}
_WITH_KEYWORDS = {Page.MAIN, Page.KEYWORDS}


async def settings(request: Request) -> None:
    """/langganan: the settings as one message whose buttons edit it in place."""
    if await allowed(request):
        await request.answer(await page_of(request, await known(request), Page.MAIN))


async def choose_language(request: Request) -> None:
    """/bahasa: the languages as buttons."""
    await request.answer(request.newsroom.messages.choose_language(request.language))


async def stop(request: Request) -> None:
    """/berhenti: no more pushes; the settings stay for a return."""
    if await allowed(request):
        await request.newsroom.subscribers.leave(request.chat.id)
        await request.answer(request.newsroom.messages.stopped(request.language))


async def allowed(request: Request) -> bool:
    """Whether the asking person decides for this chat; says so when not."""
    if await request.may_change_settings():
        return True
    await request.answer(request.newsroom.messages.only_administrators(request.language))
    return False


async def change(request: Request, action: Action) -> None:
    """Do what a settings button asks and show the page that it belongs to as it now is."""
    messages = request.newsroom.messages
    if not await request.may_change_settings():
        await request.notice(messages.notice_only_administrators(request.language))
        return
    reader = await known(request)
    if isinstance(action, Ask):
        await request.notice()
        await request.answer(messages.choices.prompt(action.prompt, reader.language))
        return
    if isinstance(action, ShowPage):
        await request.notice()
        await request.edit(await page_of(request, reader, action.page))
        return
    if isinstance(action, MuteStory):
        muted = await request.newsroom.subscribers.mute_story(reader.chat_id, action.article_id)
        said = messages.choices.notice_story_muted if muted else messages.notice_gone
        await request.notice(said(reader.language))
        return
    changed_reader = await _changed(request, action)
    if changed_reader is None:
        await request.notice(messages.notice_unknown_button(request.language))
        return
    await request.notice(messages.notice_saved(changed_reader.language))
    await request.edit(await page_of(request, changed_reader, _page_after(action)))


def _page_after(action: Action) -> Page:
    match action:
        case Change(_, _, page) | ToggleSection(_, page):
            return page
        case DropKeyword():
            return Page.KEYWORDS
        case _:
            return Page.MAIN


async def _changed(request: Request, action: Action) -> Subscriber | None:
    """The reader after ``action``; None when it is none of ours or names a language that we do not speak."""
    room, chat_id = request.newsroom, request.chat.id
    match action:
        case SetLanguage(language) if language in room.messages.languages:
            return await room.subscribers.set_language(chat_id, language)
        case SetSubscribed(True):
            return await joined(request)
        case SetSubscribed(False):
            return await room.subscribers.leave(chat_id)
        case SetSilent(wanted):
            return await room.subscribers.set_silent(chat_id, wanted)
        case ToggleSection(section, _):
            return await room.subscribers.toggle_section(chat_id, section)
        case Change(setting, value, _):
            return await set_preference(request, setting, value)
        case DropKeyword(mark):
            return await _without_keyword(request, mark)
        case _:
            return None


async def set_preference(request: Request, setting: Setting, value: str) -> Subscriber | None:
    """The reader after ``setting`` was set to ``value``; None when that is no value of it."""
    now = request.newsroom.now()
    return await request.newsroom.subscribers.prefer(
        request.chat.id, lambda preferences: changed(preferences, setting, value, now=now)
    )


async def _without_keyword(request: Request, mark: str) -> Subscriber | None:
    subscribers = request.newsroom.subscribers
    for keyword in await subscribers.keywords(request.chat.id):
        if mark_of(keyword.key) == mark:
            await subscribers.drop_keyword(request.chat.id, keyword.key)
    return await subscribers.get(request.chat.id)


async def known(request: Request) -> Subscriber:
    """The reader's settings; whoever changes some before /start gets them without a subscription."""
    if request.reader is not None:
        return request.reader
    new = await joined(request)
    return await request.newsroom.subscribers.leave(request.chat.id) or new


async def joined(request: Request) -> Subscriber:
    """The reader, who is a subscriber from now on."""
    room = request.newsroom
    return await room.subscribers.join(
        request.chat.id,
        kind=request.kind,
        language=request.language,
        now=room.now(),
        preferences=room.newcomer,
    )


async def page_of(request: Request, reader: Subscriber, page: Page) -> Message:
    """One page of the settings, or of the first minute, as it is now."""
    room = request.newsroom
    return room.messages.choices.page(
        page,
        reader,
        now=room.now(),
        sections=await room.archive.sections() if page in _WITH_SECTIONS else (),
        keywords=await room.subscribers.keywords(reader.chat_id) if page in _WITH_KEYWORDS else (),
        first_name=request.first_name,
    )
