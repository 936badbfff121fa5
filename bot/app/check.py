"""What works and what does not: settings, database, templates, token and channels, each tried for real."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

from telegram import Bot, ChatMember
from telegram.constants import ChatMemberStatus
from telegram.error import InvalidToken, TelegramError

from bot.app.channels import channels_of
from bot.app.house import open_house
from bot.app.updates import same_address
from bot.app.voice import messages_for
from bot.config import Settings
from bot.core.analysis import analyse
from bot.core.article import ArchivedArticle
from bot.core.audience import ChatKind, Subscriber
from bot.core.channels import Channel
from bot.core.choices import Page
from bot.core.rmid import parse_page
from bot.errors import KabarError
from bot.samples import samples
from bot.sources.guard import Guard
from bot.sources.profiles import load_profiles
from bot.sources.register import read_sources
from bot.telegram.transport import AiohttpRequest


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it works, and a sentence about it."""

    works: bool
    subject: str
    text: str


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything that `kabar run` needs; a fault in one does not hide the others."""
    yield await _database(settings)
    yield _templates(settings)
    yield _folder(settings)
    yield _sources(settings)
    if settings.bot_token is None:
        yield Finding(False, "token", "BOT_TOKEN is not set; @BotFather gives you one")
        return
    request = AiohttpRequest()
    await request.initialize()
    try:
        bot = Bot(settings.token, base_url=f"{settings.telegram_api_url}/bot", request=request)
        token = await _token(bot, settings)
        yield token
        if token.works:
            yield await _updates(bot, settings)
            try:
                channels = channels_of(settings)
            except KabarError as error:
                yield Finding(False, "channels", str(error))
                return
            for channel in channels:
                yield await _channel(bot, channel)
            if not channels:
                yield Finding(True, "channels", "none are set: only subscribers are sent to")
    finally:
        await request.shutdown()


async def _database(settings: Settings) -> Finding:
    try:
        async with open_house(settings) as house:
            counted = await house.subscribers.count()
    except KabarError as error:
        return Finding(False, "database", str(error))
    return Finding(True, "database", f"open; {counted.active} active subscribers of {counted.total}")


def _templates(settings: Settings) -> Finding:
    try:
        languages = _rendered(settings)
    except KabarError as error:
        return Finding(False, "templates", str(error))
    whose = f"ours and those in {settings.templates_dir}" if settings.templates_dir else "ours"
    return Finding(True, "templates", f"{whose}, in {', '.join(languages)}")


def _rendered(settings: Settings) -> tuple[str, ...]:
    """The languages; a sample article is written in each, which finds what compiling does not."""
    messages = messages_for(settings, "kabar_bot")
    (sample, *_) = samples()
    article = parse_page(sample.text, name=sample.name, url=sample.url)
    archived = ArchivedArticle(
        1, 2, article, analyse(article.paragraphs, title=article.title), article.published_at, 1
    )
    now = article.published_at
    for language in messages.languages:
        for channel in (False, True):
            messages.push(archived, language, channel=channel)
        messages.latest(archived, language, older=1, newer=2)
        messages.retracted(article.title, language)
        messages.desk_refused(article.title, "-", language)
        reader = Subscriber(1, ChatKind.PRIVATE, language, True, True, False, frozenset(), now)
        for page in Page:
            messages.choices.page(page, reader, now=now, first_name="Sari")
    return messages.languages


def _folder(settings: Settings) -> Finding:
    folder = settings.articles_dir
    if folder.is_dir():
        try:
            next(folder.iterdir(), None)
        except OSError as error:
            return Finding(False, "articles", f"ARTICLES_DIR {folder} cannot be read: {error.strerror}")
        return Finding(True, "articles", f"{folder} is watched while the bot runs")
    if folder.exists():
        return Finding(False, "articles", f"ARTICLES_DIR {folder} is not a folder")
    above = next(path for path in folder.absolute().parents if path.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        return Finding(False, "articles", f"ARTICLES_DIR {folder} cannot be made in {above} by this user")
    return Finding(True, "articles", f"{folder} is made when the bot starts")


def _sources(settings: Settings) -> Finding:
    try:
        profiles = load_profiles(settings.profiles_dir)
        sources = read_sources(settings.sources_file)
        for source in sources:
            if not source.is_folder:
                Guard(settings.allowed_places).checked(source.address, at=source.address)
    except KabarError as error:
        return Finding(False, "sources", str(error))
    known = f"profiles: {', '.join(profile.name for profile in profiles) or 'none'}"
    if not sources:
        return Finding(True, "sources", f"none are named in {settings.sources_file}; {known}")
    reach = "" if settings.sources_contact else "; SOURCES_CONTACT is empty, so their owners cannot reach you"
    return Finding(True, "sources", f"{len(sources)} in {settings.sources_file}; {known}{reach}")


async def _token(bot: Bot, settings: Settings) -> Finding:
    try:
        me = await bot.get_me()
    except InvalidToken:
        return Finding(False, "token", f"{settings.telegram_api_url} does not know this token")
    except TelegramError as error:
        return Finding(False, "token", f"{settings.telegram_api_url} cannot be asked: {error.message}")
    return Finding(True, "token", f"this is @{me.username} at {settings.telegram_api_url}")


async def _updates(bot: Bot, settings: Settings) -> Finding:
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        return Finding(False, "updates", f"telegram does not say where they go: {error.message}")
    if settings.webhook_url is None:
        taken = f"; the webhook {info.url}, which is set now, is taken away at the start" if info.url else ""
        return Finding(True, "updates", f"fetched by polling{taken}")
    if not same_address(info.url, settings.webhook_url):
        instead = f", which takes the place of {info.url}" if info.url else ""
        return Finding(True, "updates", f"brought to {settings.webhook_url} from the start on{instead}")
    if info.pending_update_count and info.last_error_message:
        waiting = f"{info.pending_update_count} wait, the last try failed with: {info.last_error_message}"
        return Finding(False, "updates", f"telegram cannot bring them to {info.url}: {waiting}")
    return Finding(True, "updates", f"brought to {info.url}")


async def _channel(bot: Bot, channel: Channel) -> Finding:
    subject = f"channel {channel.chat}"
    try:
        chat = await bot.get_chat(channel.chat)
        member = await bot.get_chat_member(chat.id, int(bot.token.partition(":")[0]))
    except TelegramError as error:
        return Finding(False, subject, f"{error.message}; is the name right, and is the bot a member?")
    if not _may_post(member):
        return Finding(False, subject, f"the bot is {member.status}: make it an administrator who may post")
    if channel.topics and not (chat.is_forum and _may_open_topics(member)):
        return Finding(
            False, subject, "topics need a forum whose administrator the bot is, with topics allowed"
        )
    return Finding(True, subject, f"“{chat.title}” can be posted to")


def _may_post(member: ChatMember) -> bool:
    if member.status == ChatMemberStatus.OWNER:
        return True
    # None in groups, where every administrator may write.
    return member.status == ChatMemberStatus.ADMINISTRATOR and (
        getattr(member, "can_post_messages", None) is not False
    )


def _may_open_topics(member: ChatMember) -> bool:
    return member.status == ChatMemberStatus.OWNER or bool(getattr(member, "can_manage_topics", False))
