"""Carries updates to webhooks: in order for each chat, again after a fault, and runs what the answer asks."""

import asyncio
import json
import os
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
from aiohttp import hdrs

from bot.simulator.errors import Refusal
from bot.simulator.events import Events
from bot.simulator.state import Bot
from bot.simulator.updates import KEPT_FOR, Update
from bot.simulator.webhook import Webhook, with_scheme
from bot.simulator.wire import arguments_in

TIMEOUT = 60.0
"""Seconds in which a webhook must have answered."""

MAX_DELAY = 60
"""Seconds to which the pause between two attempts grows. Telegram draws it between this and its double."""

MAX_RETRY_AFTER = 3600
"""Seconds of a Retry-After header that are waited at most."""

GONE_FOR = 23 * 60 * 60
"""Seconds after which a webhook that answers 410 is deleted."""

_MAX_ANSWER = 2**20
_NOT_PERFORMED = frozenset({"deletewebhook", "setwebhook", "close", "logout"})

Perform = Callable[[Bot, str, dict[str, str]], Awaitable[None]]
"""Runs a method of the Bot API that came in the answer to an update; nobody gets its result."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back for an update: ``error`` is empty for anything between 200 and 299."""

    status: int | None = None
    error: str = ""
    retry_after: int = 0
    asked: dict[str, str] = field(default_factory=dict)


class Webhooks:
    """The webhooks that are set, each with the tasks that carry its updates.

    ``sleep`` waits the given seconds between two attempts; tests put in one that does not wait.
    """

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[object]], events: Events
    ) -> None:
        self.clock = clock
        self.sleep = sleep
        self.events = events
        self.perform: Perform | None = None
        self._carriers: dict[str, _Carrier] = {}
        self._calls: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def set(self, bot: Bot, webhook: Webhook) -> None:
        """Sends what waits for ``bot``, and all that comes, to ``webhook``. Needs a running event loop."""
        self.remove(bot)
        bot.webhook = webhook
        carrier = self._carriers[bot.token] = _Carrier(self, bot, webhook)
        carrier.start()

    def remove(self, bot: Bot) -> None:
        """Ends the webhook of ``bot``, if it has one; its updates wait for getUpdates."""
        bot.webhook = None
        carrier = self._carriers.pop(bot.token, None)
        if carrier is not None:
            carrier.stop()

    async def close(self) -> None:
        """Ends everything that is on its way."""
        for carrier in self._carriers.values():
            carrier.bot.webhook = None
            await carrier.stopped()
        self._carriers.clear()
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def carry_out(self, bot: Bot, asked: dict[str, str]) -> None:
        """Begins the call that came in an answer; neither further updates nor the webhook's end stop it."""
        method = asked.get("method", "")
        name = method.lower()
        if self.perform is None or not name or name in _NOT_PERFORMED or name.startswith("get"):
            return
        arguments = {name: value for name, value in asked.items() if name != "method"}
        call = asyncio.ensure_future(self.perform(bot, method, arguments))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    def session(self) -> aiohttp.ClientSession:
        """The session that all webhooks share."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=TIMEOUT), connector=aiohttp.TCPConnector(limit=0)
            )
        return self._session


class _Carrier:
    """Carries the updates of one bot: those of one chat one after the other, several chats at once."""

    def __init__(self, webhooks: Webhooks, bot: Bot, webhook: Webhook) -> None:
        self.webhooks = webhooks
        self.bot = bot
        self.webhook = webhook
        self._lanes: dict[object, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(webhook.max_connections)

    def start(self) -> None:
        self.bot.updates.on_new = self._accept
        for update in self.bot.updates.waiting():
            self._accept(update)

    def stop(self) -> None:
        self.bot.updates.on_new = None
        for task in list(self._tasks):
            task.cancel()

    async def stopped(self) -> None:
        tasks = list(self._tasks)
        self.stop()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, update: Update) -> None:
        key = _lane(update.content)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[key] = deque([update])
        task = asyncio.get_running_loop().create_task(self._empty(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, key: object) -> None:
        lane = self._lanes[key]
        while lane:
            if not await self._deliver(lane[0]):
                return
            self.bot.updates.forget(lane.popleft().update_id)
        del self._lanes[key]

    async def _deliver(self, update: Update) -> bool:
        """Sends an update until it is taken, or too old: at once after the first fault, then ever later.

        False if the webhook has come to its end meanwhile.
        """
        delay, failures = 1, 0
        while self.bot.updates.holds(update.update_id):
            answer = await self._sent(update)
            if not answer.error:
                self._tell_page(update, answer, None)
                self.webhooks.carry_out(self.bot, answer.asked)
                return True
            if self.bot.webhook is not self.webhook:
                return False
            pause = answer.retry_after
            if not pause and failures:
                pause = delay = min(MAX_DELAY, delay * 2)
            failures += 1
            is_over = self.webhooks.clock() + pause > update.at + KEPT_FOR
            self._tell_page(update, answer, None if is_over else pause)
            if is_over:
                return True
            await self.webhooks.sleep(pause)
        return True

    async def _sent(self, update: Update) -> _Answer:
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret
        body = json.dumps(update.as_json(), ensure_ascii=False, separators=(",", ":")).encode()
        async with self._free:
            answer = await self._posted(body, headers)
        if answer.error:
            self.webhook.failed_at, self.webhook.failure = self.webhooks.clock(), answer.error
        if answer.status is not None:
            self._note_gone(answer.status)
        return answer

    async def _posted(self, body: bytes, headers: Mapping[str, str]) -> _Answer:
        # A certificate of this machine's own address is one that its owner has signed.
        checks_certificate = not self.webhook.is_local
        try:
            async with self.webhooks.session().post(
                with_scheme(self.webhook.url),
                data=body,
                headers=headers,
                allow_redirects=False,
                ssl=checks_certificate,
            ) as response:
                return await _read(response)
        except TimeoutError:
            return _Answer(error="Read timeout expired")
        except (aiohttp.ClientError, OSError, UnicodeError) as error:  # No host is called like that.
            return _Answer(error=_reason(error))

    def _note_gone(self, status: int) -> None:
        webhook, now = self.webhook, self.webhooks.clock()
        if status != 410:
            webhook.gone_since = None
        elif webhook.gone_since is None:
            webhook.gone_since = now
        elif now > webhook.gone_since + GONE_FOR:
            self.webhooks.remove(self.bot)

    def _tell_page(self, update: Update, answer: _Answer, pause: int | None) -> None:
        self.webhooks.events.publish(
            "webhook",
            lambda: {
                "at": self.webhooks.clock(),
                "update_id": update.update_id,
                "status": answer.status,
                "error": answer.error or None,
                "retry_in": pause if answer.error else None,
            },
        )


async def _read(response: aiohttp.ClientResponse) -> _Answer:
    if not 200 <= response.status <= 299:
        error = f"Wrong response from the webhook: {response.status} {response.reason or ''}".rstrip()
        return _Answer(response.status, error, _retry_after(response))
    try:
        body = await response.content.readexactly(_MAX_ANSWER)
    except asyncio.IncompleteReadError as whole:
        body = whole.partial
    asked: dict[str, str] = {}
    with suppress(Refusal):  # An answer that is no call is none, as for Telegram.
        asked = arguments_in(response.content_type, body)
    return _Answer(response.status, asked=asked)


def _retry_after(response: aiohttp.ClientResponse) -> int:
    said = response.headers.get(hdrs.RETRY_AFTER, "")
    return min(int(said), MAX_RETRY_AFTER) if said.isascii() and said.isdigit() else 0


def _reason(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError | UnicodeError):
        return "Failed to resolve host: Name or service not known"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"SSL error: {error}"
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return "Connection closed"


def _lane(content: Mapping[str, object]) -> object:
    """What keeps updates in order: the chat that they are about, else the user whom they come from."""
    for holder in (content, content.get("message")):
        chat = holder.get("chat") if isinstance(holder, dict) else None
        if isinstance(chat, dict):
            return chat.get("id")
    sender = content.get("from")
    return sender.get("id") if isinstance(sender, dict) else None
