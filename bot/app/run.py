"""The running bot: Telegram on one side, the house on the other, until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib.metadata import version

import structlog
from telegram import ChatFullInfo
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

from bot.app.channels import channels_of
from bot.app.doors import Doors, opened_doors
from bot.app.gathering import Gathering
from bot.app.house import Clock, House, open_house, wall_clock
from bot.app.sending import Sending
from bot.app.stopping import first_of, pause, work_until
from bot.app.telegram_side import KabarApplication, on_telegram, persistently
from bot.app.updates import Ownership, WebhookWatch, brought, polled
from bot.app.voice import cards_for
from bot.config import Settings
from bot.core.audience import ChatKind
from bot.core.channels import Channel
from bot.delivery.digests import DigestClock
from bot.delivery.planner import Planner
from bot.errors import StoreUnavailable
from bot.telegram.pacer import Pacer
from bot.web.metrics import Metrics
from handlers.dispatch import register, set_menu
from handlers.newsroom import Newsroom

log = structlog.get_logger(__name__)

STORE_PAUSE = 5.0
"""Seconds until a start that an outage of the database ended is tried again."""

OUTAGE_LASTS = 30.0
"""Seconds after which a database that failed is taken for whole again."""

PUSHER_PATIENCE = 60.0
"""Seconds after which a pusher that has not looked at the ledger is taken for stuck."""


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that has said hello to Telegram and gets updates; ``web`` is the address of its HTTP server."""

    username: str
    house: House
    wake: Callable[[], None]
    web: str | None


async def run_bot(
    settings: Settings,
    *,
    stop: asyncio.Event,
    ready: Callable[[RunningBot], Awaitable[None]] | None = None,
    now: Clock = wall_clock,
) -> None:
    """Run until ``stop`` is set; sends under way are then seen through.

    ``now`` is the bot's clock. Calls ``ready`` once updates come in. Raises SettingsError when the token or
    sources.toml is wrong or WEB_LISTEN cannot be served, TelegramRefused when Telegram refuses what the
    start needs, and whatever made the pusher or a watched folder fail.
    """
    gathering = Gathering(settings, now=now)
    metrics = Metrics(version=version("kabar"))
    async with (
        open_house(settings, now=now, reports=metrics) as house,
        opened_doors(settings, house, metrics, now=now) as doors,
    ):
        doors.health.watch("bot", lambda: "the bot is stopping" if stop.is_set() else None)
        while not stop.is_set():
            async with house.leadership(stop=stop) as lost:
                if lost is None:
                    return
                async with first_of(stop, lost) as over:
                    try:
                        await _lead(
                            settings,
                            house,
                            gathering,
                            doors,
                            metrics,
                            over=over,
                            stop=stop,
                            ready=ready,
                            now=now,
                        )
                    except StoreUnavailable as error:
                        # Gone again while it was taken up: whoever leads waits for it like everybody else.
                        log.error("the database does not answer; the start is tried again", cause=str(error))
                        await pause(stop, STORE_PAUSE)
    log.info("bot has stopped")


async def _lead(
    settings: Settings,
    house: House,
    gathering: Gathering,
    doors: Doors,
    metrics: Metrics,
    *,
    over: asyncio.Event,
    stop: asyncio.Event,
    ready: Callable[[RunningBot], Awaitable[None]] | None,
    now: Clock,
) -> None:
    """Run as the one process that takes updates and articles, until ``over`` is set.

    ``stop`` ends the whole process, which leaves less time.
    """
    async with on_telegram(settings, house, over, metrics) as (application, pacer):
        if over.is_set():
            return
        bot = application.bot
        sending = Sending(settings, house, bot, pacer, metrics, now=now)
        planner = Planner(
            publications=house.publications,
            old_rows=house.ledger,
            desk=sending.desk,
            post=sending.outbox.post,
            wake_senders=sending.pusher.wake,
            keep_days=settings.retention_days,
            now=now,
        )
        newsroom = Newsroom(
            archive=house.archive,
            subscribers=house.subscribers,
            readership=house.readership,
            cards=cards_for(settings),
            messages=sending.messages,
            default_language=settings.language,
            now=now,
            zone=settings.time_zone,
            rights=house.rights,
            newcomer=settings.newcomer,
            desk=sending.desk,
            post=sending.outbox.post,
        )
        register(application, newsroom)
        await persistently(
            lambda: _introduce(application, newsroom, settings, house), over, what="the command menu"
        )
        if over.is_set():
            return
        await doors.read_seen()
        async with _updates(settings, application, pacer, doors, metrics, over, now):
            if over.is_set():
                return
            doors.telegram_reached()
            log.info(
                "bot is running",
                username=bot.username,
                channels=len(channels_of(settings)),
                updates="polling" if settings.webhook_url is None else "webhook",
                web=doors.address,
            )
            if ready is not None:
                await ready(RunningBot(bot.username, house, planner.wake, doors.address))
            doors.health.watch("pusher", lambda: _stuck(metrics.looked_ago))
            doors.health.watch("work", lambda: _held_up(metrics.failed_ago))
            taking = gathering.run(house, sending.desk, sending.outbox, wake=planner.wake)
            digests = DigestClock(
                house.digests, desk=sending.desk, post=sending.outbox.post, wake_planner=planner.wake, now=now
            )
            others = planner.run(), digests.run(), taking, sending.outbox.run()
            await work_until(over, sending.pusher, *others, stop=stop)


def _updates(
    settings: Settings,
    application: KabarApplication,
    pacer: Pacer,
    doors: Doors,
    metrics: Metrics,
    stop: asyncio.Event,
    now: Clock,
) -> AbstractAsyncContextManager[None]:
    """Updates by webhook if there is one, else by polling."""
    ownership = Ownership()
    doors.health.watch("updates", ownership.fault)
    if settings.webhook_url is None or settings.webhook_secret is None:
        return polled(application, pacer, ownership, stop)
    watch = WebhookWatch(settings.webhook_url, application.bot, metrics, ownership, now)
    secret = settings.webhook_secret.get_secret_value()
    return brought(application, pacer, doors.inbox, watch, stop, secret=secret)


def _held_up(failed_ago: float | None) -> str | None:
    # A full disk can still be read: only the work itself shows that it cannot be written.
    if failed_ago is None or failed_ago > OUTAGE_LASTS:
        return None
    return f"the database failed {failed_ago:.0f} s ago: the log says how"


def _stuck(looked_ago: float | None) -> str | None:
    if looked_ago is None or looked_ago < PUSHER_PATIENCE:
        return None
    return f"the pusher has not looked at the ledger for {looked_ago:.0f} s"


async def _introduce(
    application: KabarApplication, newsroom: Newsroom, settings: Settings, house: House
) -> None:
    """Set the command menu and make the configured channels recipients, each as it is described."""
    found = dict[int, tuple[ChatFullInfo, Channel]]()
    for channel in channels_of(settings):
        try:
            chat = await application.bot.get_chat(channel.chat)
        except (BadRequest, Forbidden) as error:
            log.error("channel cannot be posted to", channel=channel.chat, cause=error.message)
        else:
            found[chat.id] = chat, channel
    languages = {chat_id: channel.language for chat_id, (_, channel) in found.items()}
    await house.subscribers.set_channels(languages, now=newsroom.now())
    for chat_id, (chat, channel) in found.items():
        kind = ChatKind.CHANNEL if chat.type == ChatType.CHANNEL else ChatKind.GROUP
        await house.channels.describe(chat_id, kind, channel, zone=settings.time_zone.key)
        if channel.topics:
            await _make_topics(application, newsroom, house, chat_id, channel)
    await set_menu(application.bot, newsroom)


async def _make_topics(
    application: KabarApplication, newsroom: Newsroom, house: House, chat_id: int, channel: Channel
) -> None:
    """Open a topic for each section of the forum that has none yet."""
    opened = (await house.channels.style(chat_id)).threads
    for section in channel.sections:
        if section in opened:
            continue
        name = newsroom.messages.section_name(section, channel.language)
        try:
            topic = await application.bot.create_forum_topic(chat_id, name)
        except (BadRequest, Forbidden) as error:
            log.error("topic cannot be opened", channel=channel.chat, section=section, cause=error.message)
            return
        await house.channels.add_topic(chat_id, section, topic.message_thread_id)
