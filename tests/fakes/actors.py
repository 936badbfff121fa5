"""Readers and channels of the local Telegram, driven over its control API as a browser drives it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

PATIENCE = 10.0
"""Seconds to wait for what should come at once."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a page in the browser would be told."""

    kind: str
    data: dict[str, Any]


@dataclass(slots=True)
class Stage:
    """Everything that has happened at one local Telegram since it was watched, and waiting for more."""

    address: str
    session: aiohttp.ClientSession
    events: list[Event] = field(default_factory=list)
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def watch(self) -> None:
        """Take in events until cancelled."""
        kind, lines = "", list[str]()
        async with self.session.get(f"{self.address}/sim/events", timeout=_NO_TIMEOUT) as response:
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event:"):
                    kind = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    lines.append(line.removeprefix("data:").strip())
                elif not line and lines:
                    self.events.append(Event(kind, json.loads("\n".join(lines))))
                    lines.clear()
                    async with self._more:
                        self._more.notify_all()

    async def until(self, found: Callable[[Event], bool], *, since: int = 0, what: str) -> Event:
        """The first event from number ``since`` on that ``found`` takes; fails with all that did come."""
        looked = since
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    while looked < len(self.events):
                        if found(self.events[looked]):
                            return self.events[looked]
                        looked += 1
                    async with self._more:
                        if looked == len(self.events):
                            await self._more.wait()
        except TimeoutError:
            came = "\n".join(f"  {event.kind}: {_brief(event)}" for event in self.events[since:])
            raise AssertionError(f"{what} did not come; what came:\n{came or '  nothing'}") from None

    async def post(self, path: str, **body: object) -> dict[str, Any]:
        """Ask the control API; fails when it refuses."""
        async with self.session.post(f"{self.address}/sim/{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status < 400, f"{path}: {answer}"
            return answer

    async def state(self) -> dict[str, Any]:
        """What a page reads when it opens."""
        async with self.session.get(f"{self.address}/sim/state") as response:
            state: dict[str, Any] = await response.json()
            return state


@dataclass(slots=True)
class Actor:
    """One chat: what is written in it and what the bot answers."""

    stage: Stage
    chat_id: int
    since: int = 0

    async def send(self, text: str) -> None:
        """Write ``text``; what is expected afterwards must come after it."""
        self.since = len(self.stage.events)
        await self.stage.post(f"chats/{self.chat_id}/messages", text=text)

    async def expect(self, part: str, *, edited: bool = False) -> "Shown":
        """The next message of the bot, or edit of one, whose text contains ``part``."""

        def fits(event: Event) -> bool:
            message = event.data.get("message")
            return (
                event.kind == ("edit" if edited else "message")
                and event.data.get("chat_id") == self.chat_id
                and message is not None
                and _is_bots(message)
                and part in message.get("text", "")
            )

        what = f"{'an edit' if edited else 'a message'} with {part!r} in chat {self.chat_id}"
        event = await self.stage.until(fits, since=self.since, what=what)
        return Shown(self, event.data["message"])

    async def expect_notice(self) -> str:
        """The text of the next answer to the press of a button; empty when it has none."""
        event = await self.stage.until(
            lambda event: event.kind == "callback_answer" and event.data.get("chat_id") == self.chat_id,
            since=self.since,
            what="an answer to the press of a button",
        )
        return event.data.get("text") or ""

    async def block(self) -> None:
        """Block the bot."""
        await self.stage.post(f"chats/{self.chat_id}/block")

    async def unblock(self) -> None:
        """Let the bot write again."""
        await self.stage.post(f"chats/{self.chat_id}/unblock")

    def received(self) -> list[dict[str, Any]]:
        """Every message of the bot in this chat so far, in its order."""
        return [
            event.data["message"]
            for event in self.stage.events
            if event.kind == "message"
            and event.data["chat_id"] == self.chat_id
            and _is_bots(event.data["message"])
        ]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as a reader sees it."""

    actor: Actor
    message: dict[str, Any]

    @property
    def text(self) -> str:
        """Its text, without the tags."""
        text: str = self.message["text"]
        return text

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Its buttons, row by row."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def button(self, label: str) -> dict[str, Any]:
        """The button whose label contains ``label``."""
        found = [button for button in self.buttons if label in button["text"]]
        assert found, f"no button {label!r} among {[button['text'] for button in self.buttons]}"
        return found[0]

    async def press(self, label: str) -> None:
        """Press the button whose label contains ``label``."""
        data = self.button(label)["callback_data"]
        actor = self.actor
        actor.since = len(actor.stage.events)
        message_id = self.message["message_id"]
        await actor.stage.post(f"chats/{actor.chat_id}/callbacks", message_id=message_id, data=data)


_NO_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_read=None)


def _is_bots(message: dict[str, Any]) -> bool:
    return bool(message.get("from", {}).get("is_bot")) or "sender_chat" in message


def _brief(event: Event) -> str:
    return json.dumps(event.data, ensure_ascii=False)[:300]


@asynccontextmanager
async def watched(address: str) -> AsyncIterator[Stage]:
    """The stage of the local Telegram at ``address``, being watched."""
    async with aiohttp.ClientSession() as session:
        stage = Stage(address, session)
        watching = asyncio.create_task(stage.watch())
        try:
            yield stage
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
