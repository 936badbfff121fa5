"""What the bot shows over HTTP, wired: the server, health, metrics, and the inbox behind the webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version

from bot.app.house import Clock, House
from bot.config import Settings
from bot.web.health import Health
from bot.web.inbox import Inbox
from bot.web.metrics import Metrics
from bot.web.pages import Pages
from bot.web.seen import Seen
from bot.web.server import Handler, serving
from bot.web.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Doors:
    """``address`` is where HTTP is served, None if nowhere; ``inbox`` is closed until updates may come."""

    address: str | None
    health: Health
    inbox: Inbox
    _seen: Seen
    _reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def read_seen(self) -> None:
        """Learn what the process that led before this one accepted. Raises StoreUnavailable."""
        await self._seen.load()

    def telegram_reached(self) -> None:
        """Updates come in from now on."""
        self._reached.set()

    def telegram_fault(self) -> str | None:
        """Why no updates come in yet; None when they do."""
        return None if self._reached.is_set() else "telegram has not been reached yet"


@asynccontextmanager
async def opened_doors(
    settings: Settings, house: House, metrics: Metrics, *, now: Clock
) -> AsyncIterator[Doors]:
    """Serve what ``settings`` ask for, from before Telegram is greeted until the last update is handled.

    Raises SettingsError when WEB_LISTEN cannot be served.
    """
    health = Health(house.database, last_update=lambda: metrics.last_update)
    async with AsyncExitStack() as closing:
        seen = Seen(house.seen_updates, now=now)
        inbox = Inbox(seen)
        webhooks: dict[str, Handler] = {}
        if settings.webhook_path is not None and settings.webhook_secret is not None:
            await closing.enter_async_context(_written(seen))
            secret = settings.webhook_secret.get_secret_value()
            webhooks[settings.webhook_path] = Webhook(inbox, secret, metrics).receive
        address = None
        if settings.listen is not None:
            pages = Pages(health, metrics, house.backlog, sources=house.sources, version=version("kabar"))
            address = await closing.enter_async_context(serving(settings.listen, pages, webhooks))
        doors = Doors(address, health, inbox, seen)
        health.watch("telegram", doors.telegram_fault)
        yield doors


@asynccontextmanager
async def _written(seen: Seen) -> AsyncIterator[None]:
    """Keep ``seen`` written down, to the last update."""
    writing = asyncio.create_task(seen.keep_written(), name="seen updates")
    try:
        yield
    finally:
        writing.cancel()
        await asyncio.wait([writing])
        await seen.write()
