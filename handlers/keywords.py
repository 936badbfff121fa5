"""/ikuti, /bisukan, and what a reader writes in reply to a prompt of ours."""

from bot.core.audience import Keyword
from bot.core.choices import KEYWORDS_LIMIT, Page, Prompt, read_keywords
from bot.core.matching import keyword_key
from bot.core.preferences import Setting
from handlers.request import Request
from handlers.settings import allowed, known, page_of, set_preference

_SETTINGS = {Prompt.QUIET: (Setting.QUIET, Page.QUIET), Prompt.ZONE: (Setting.ZONE, Page.ZONE)}


async def follow(request: Request) -> None:
    """/ikuti: follow the keywords after the command; without one ask for them."""
    await _command(request, Prompt.FOLLOW)


async def mute(request: Request) -> None:
    """/bisukan: hear nothing more of the keywords after the command; without one ask for them."""
    await _command(request, Prompt.MUTE)


async def answered(request: Request) -> bool:
    """Takes a reply to a prompt of ours; False when the message is none."""
    message = request.update.message
    asked = message.reply_to_message if message is not None else None
    if message is None or asked is None or asked.from_user is None:
        return False
    if asked.from_user.id != request.chat.get_bot().id:
        return False
    prompt = request.newsroom.messages.choices.prompt_in(asked.text or "")
    if prompt is None:
        return False
    if await allowed(request):
        await _take(request, prompt, message.text or "")
    return True


async def _command(request: Request, prompt: Prompt) -> None:
    if not await allowed(request):
        return
    if request.arguments:
        await _take(request, prompt, request.arguments)
        return
    await request.answer(request.newsroom.messages.choices.prompt(prompt, request.language))


async def _take(request: Request, prompt: Prompt, text: str) -> None:
    if prompt in _SETTINGS:
        await _set(request, prompt, text)
        return
    choices, subscribers = request.newsroom.messages.choices, request.newsroom.subscribers
    reader = await known(request)
    words = [
        Keyword(key, shown, muted)
        for shown, muted in read_keywords(text, muted=prompt is Prompt.MUTE)
        if (key := keyword_key(shown))
    ]
    if not words:
        await request.answer(choices.not_understood(prompt, reader.language))
        return
    for word in words:
        if not await subscribers.add_keyword(reader.chat_id, word, most=KEYWORDS_LIMIT):
            await request.answer(choices.too_many_keywords(reader.language))
            break
    await request.answer(await page_of(request, reader, Page.KEYWORDS))


async def _set(request: Request, prompt: Prompt, text: str) -> None:
    setting, page = _SETTINGS[prompt]
    reader = await known(request)
    changed = await set_preference(request, setting, " ".join(text.split()))
    if changed is None:
        await request.answer(request.newsroom.messages.choices.not_understood(prompt, reader.language))
        return
    await request.answer(await page_of(request, changed, page))
