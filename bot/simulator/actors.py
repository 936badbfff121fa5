"""People and chats of a local Telegram for tests: what somebody sends, and what a bot is expected to answer.

The Telegram is served over HTTP from a thread of its own, so that a bot may run anywhere: in the test's event
loop, in a thread, in a process. The actors are awaited in the test's loop.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.simulator import asking, people
from bot.simulator.faults import Fault
from bot.simulator.inline import InlineQuery
from bot.simulator.server import running
from bot.simulator.simulator import Simulator
from bot.simulator.state import Chat
from bot.simulator.timeline import Event, Timeline, as_bot_wrote, shown

PATIENCE = 20.0
"""Seconds to wait for what should come at once."""

Got = TypeVar("Got")


class Telegram:
    """A local Telegram that is served while the ``with`` block runs; ``address`` is the bot's API address.

    ``simulator`` is the Telegram itself: while it is served, touch it inside ``do`` alone. ``patience`` is
    how many seconds ``expect`` waits.
    """

    def __init__(self, simulator: Simulator | None = None, *, patience: float = PATIENCE) -> None:
        self.simulator = simulator or Simulator()
        self.patience = patience
        self.address = ""
        self.timeline = Timeline()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self._run, name="local-telegram")
        self._ready: Future[str] = Future()

    def __enter__(self) -> Self:
        self._thread.start()
        self.address = self._ready.result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)

    async def _serve(self) -> None:
        async with running(self.simulator) as served:
            self._loop = asyncio.get_running_loop()
            stopped = asyncio.Event()
            self._stop = stopped.set
            with self.simulator.events.listen() as frames:
                watching = asyncio.create_task(self.timeline.follow(frames))
                self._ready.set_result(served.address)
                await stopped.wait()
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    def do(self, what: Callable[[], Got]) -> Got:
        """Runs ``what`` where the Telegram runs, between two of its calls, and returns its result."""
        loop = self._there()

        async def there() -> Got:
            return what()

        return asyncio.run_coroutine_threadsafe(there(), loop).result()

    async def perform(self, what: Coroutine[Any, Any, Got]) -> Got:
        """Runs a coroutine where the Telegram runs, while the test's loop goes on."""
        __tracebackhide__ = True
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(what, self._there()))

    def _there(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("this Telegram is not served: use it in a with block")
        return self._loop

    # Who is there

    def user(
        self, first_name: str, *, username: str | None = None, language: str = "id", started: bool = False
    ) -> "Actor":
        """A new reader in a private chat with the bot, which may write first only if ``started``."""
        return self.at(
            self.do(
                lambda: self.simulator.add_reader(
                    first_name, username=username, language_code=language, started=started
                )
            )
        )

    def channel(self, title: str, username: str | None = None) -> "Actor":
        """A new channel whose administrator the bot is."""
        return self.at(self.do(lambda: self.simulator.add_channel(title, username)))

    def group(self, title: str, username: str | None = None) -> "Actor":
        """A new group with the bot and every reader in it; with a username it is a supergroup."""
        return self.at(self.do(lambda: self.simulator.add_group(title, username)))

    def at(self, chat: Chat) -> "Actor":
        """The actor of a chat that is there already."""
        return Actor(self, chat.id, chat.title or (chat.reader.first_name if chat.reader else str(chat.id)))

    # What the bot's owner settles

    def botfather(
        self,
        *,
        inline: bool | None = None,
        inline_feedback: bool | None = None,
        privacy: bool | None = None,
        can_join_groups: bool | None = None,
    ) -> None:
        """Sets switches of every bot, also of those that have not called yet; None leaves one as it is."""
        wanted = {
            "is_inline": inline,
            "wants_chosen": inline_feedback,
            "has_privacy": privacy,
            "can_join_groups": can_join_groups,
        }
        simulator = self.simulator

        def settle() -> None:
            for settings in (simulator.settings, *(bot.settings for bot in simulator.bots.values())):
                for name, value in wanted.items():
                    if value is not None:
                        setattr(settings, name, value)
            for bot in simulator.bots.values():
                simulator.tell_bot_changed(bot)

        self.do(settle)

    # What goes wrong

    def fault(self, fault: Fault) -> int:
        """Orders a fault; returns its number."""
        return self.do(lambda: self.simulator.faults.add(fault))

    # What happens

    async def until(
        self, found: Callable[[Event], bool], *, what: str, since: int = 0, within: float | None = None
    ) -> Event:
        """The first event from number ``since`` on that ``found`` takes; AssertionError names what came."""
        __tracebackhide__ = True
        patience = self.patience if within is None else within
        number = await self.perform(self.timeline.until(found, since, patience))
        if number is None:
            came = self.timeline.told(since)
            raise AssertionError(f"{what} did not come within {patience:g} s; what came:\n{came}")
        return self.timeline.events[number]

    async def bot_is_there(self) -> None:
        """Waits until a bot has called once; AssertionError if none does."""
        __tracebackhide__ = True
        if not self.simulator.bots:
            await self.until(lambda event: event.kind == "bot", what=f"a bot's first call to {self.address}")

    async def called(self, method: str, *, within: float | None = None) -> dict[str, Any]:
        """The first call of ``method`` so far, or the next one: its request, status and response."""
        __tracebackhide__ = True
        event = await self.until(
            lambda event: event.kind == "call" and event.data["method"].lower() == method.lower(),
            what=f"a call of {method}",
            within=within,
        )
        return event.data


@dataclass(slots=True)
class Actor:
    """One chat: a reader's private one, a group or a channel. What is expected comes after the last act."""

    telegram: Telegram
    chat_id: int
    name: str
    since: int = 0
    _taken: set[int] = field(default_factory=set)

    async def send(
        self, text: str, *, by: "Actor | None" = None, to: "Answer | None" = None
    ) -> dict[str, Any]:
        """Writes ``text``, as a reply ``to`` a message of the bot. Returns the Message.

        In a group the reader ``by`` writes, by default the first.

        Waits for a bot that has not called yet: nobody would receive what is written before.
        """
        __tracebackhide__ = True
        await self.telegram.bot_is_there()
        simulator = self.telegram.simulator
        user_id, reply_to = by.chat_id if by else None, to.message["message_id"] if to else None
        return await self.act(
            lambda: shown(people.write(simulator, self.chat_id, text, user_id, reply_to=reply_to), simulator)
        )

    async def expect(self, part: str = "", *, edited: bool = False, within: float | None = None) -> "Answer":
        """The bot's next message in this chat whose text or caption contains ``part``, or edit of one.

        Every message is given out once. AssertionError says what did come instead.
        """
        __tracebackhide__ = True
        kind = "edit" if edited else "message"

        def fits(event: Event) -> bool:
            return (
                event.kind == kind
                and event.data["chat_id"] == self.chat_id
                and event.number not in self._taken
                and as_bot_wrote(event.data["message"])
                and part in text_of(event.data["message"])
            )

        named = f"{'an edit' if edited else 'a message'}{f' with {part!r}' if part else ''}"
        what = f"{named} in the chat of {self.name}"
        event = await self.telegram.until(fits, since=self.since, what=what, within=within)
        self._taken.add(event.number)
        return Answer(self, event.data["message"])

    async def expect_notice(self, *, within: float | None = None) -> str:
        """The text that the bot answers a click with; empty when it answers without one."""
        __tracebackhide__ = True
        event = await self.telegram.until(
            lambda event: event.kind == "callback_answer" and event.data["chat_id"] == self.chat_id,
            since=self.since,
            what=f"an answer to the click in the chat of {self.name}",
            within=within,
        )
        return event.data["text"] or ""

    async def ask(self, query: str, *, within: float | None = None) -> "Results":
        """Types ``query`` behind the bot's name, in inline mode, and waits for what it offers."""
        __tracebackhide__ = True
        await self.telegram.bot_is_there()
        simulator = self.telegram.simulator

        def typed() -> InlineQuery:
            bot, user = next(iter(simulator.bots.values())), simulator.users[self.chat_id]
            return asking.ask(simulator, bot, user, query, chat_type="sender")

        asked = await self.act(typed)
        if asked.answer is None:
            await self.telegram.until(
                lambda event: event.kind == "inline_answer" and event.data["inline_query_id"] == asked.id,
                since=self.since,
                what=f"an answer to the inline query {query!r} of {self.name}",
                within=within,
            )
        return Results(self, asked)

    async def block(self) -> None:
        """Blocks the bot."""
        await self.act(lambda: people.set_blocked(self.telegram.simulator, self.chat_id, blocked=True))

    async def unblock(self) -> None:
        """Lets the bot write again."""
        await self.act(lambda: people.set_blocked(self.telegram.simulator, self.chat_id, blocked=False))

    def received(self) -> list[dict[str, Any]]:
        """Every message of the bot in this chat as it first came, in order."""
        return [
            event.data["message"]
            for event in self.telegram.timeline.events
            if event.kind == "message"
            and event.data["chat_id"] == self.chat_id
            and as_bot_wrote(event.data["message"])
        ]

    async def act(self, act: Callable[[], Got]) -> Got:
        """Does something where the Telegram runs; what is expected next comes after it."""
        __tracebackhide__ = True

        async def there() -> Got:
            self.since = self.telegram.timeline.catch_up()
            return act()

        return await self.telegram.perform(there())


@dataclass(frozen=True, slots=True)
class Answer:
    """A message of the bot as it stands in the chat; ``message`` is the Message object of the Bot API."""

    actor: Actor
    message: dict[str, Any]

    @property
    def text(self) -> str:
        """Its text or caption, without tags."""
        return text_of(self.message)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Its inline buttons, row by row."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def button(self, label: str) -> dict[str, Any]:
        """The first button whose label contains ``label``; AssertionError names those that there are."""
        __tracebackhide__ = True
        for button in self.buttons:
            if label in button["text"]:
                return button
        labels = ", ".join(repr(button["text"]) for button in self.buttons) or "none"
        raise AssertionError(f"no button {label!r}; there are: {labels}")

    async def reply(self, text: str, *, by: "Actor | None" = None) -> dict[str, Any]:
        """Writes ``text`` in reply to this message, as ``send`` of the actor does. Returns the Message."""
        __tracebackhide__ = True
        return await self.actor.send(text, by=by, to=self)

    async def click(self, label: str, *, by: "Actor | None" = None) -> None:
        """Clicks the button whose label contains ``label``; what is expected next comes after it.

        In a group the reader ``by`` does, by default the first.
        """
        __tracebackhide__ = True
        button = self.button(label)
        if "callback_data" not in button:
            raise AssertionError(f"a click on {button['text']!r} tells the bot nothing: {json.dumps(button)}")
        actor, number = self.actor, self.message["message_id"]
        simulator, user_id = actor.telegram.simulator, by.chat_id if by else None
        await actor.act(
            lambda: people.press(simulator, actor.chat_id, number, button["callback_data"], user_id)
        )


@dataclass(frozen=True, slots=True)
class Results:
    """What a bot offers to an inline query."""

    actor: Actor
    query: InlineQuery

    @property
    def results(self) -> list[dict[str, Any]]:
        """The InlineQueryResult objects as the bot gave them."""
        return [result.shown for result in self.query.answer.results] if self.query.answer else []

    async def choose(self, result_id: str) -> dict[str, Any]:
        """Sends a result into the reader's own chat; returns the Message."""
        actor = self.actor
        simulator = actor.telegram.simulator

        def chosen() -> dict[str, Any]:
            chat = simulator.chats[actor.chat_id]
            return shown(asking.choose(simulator, self.query, result_id, chat), simulator)

        return await actor.act(chosen)


def text_of(message: dict[str, Any]) -> str:
    """The text or caption of a Message object."""
    text: str = message.get("text") or message.get("caption") or ""
    return text
