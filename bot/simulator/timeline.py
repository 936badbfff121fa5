"""What has happened at a local Telegram since it was watched, for waiting and for telling."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.simulator.shapes import message_json
from bot.simulator.simulator import Simulator
from bot.simulator.state import Message

_LONGEST = 160
_MOST = 40


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a page in the browser would be told: its number from 0, the event's name and data."""

    number: int
    kind: str
    data: dict[str, Any]


class Timeline:
    """The events so far, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._frames: asyncio.Queue[bytes | None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    async def follow(self, frames: asyncio.Queue[bytes | None]) -> None:
        """Takes in frames as server-sent events carry them, until there are no more."""
        self._frames = frames
        while (frame := await frames.get()) is not None:
            self._take(frame)

    def catch_up(self) -> int:
        """Takes in what has happened up to now; returns the number that the next event will have."""
        while self._frames is not None and not self._frames.empty():
            frame = self._frames.get_nowait()
            if frame is not None:
                self._take(frame)
        return len(self.events)

    def _take(self, frame: bytes) -> None:
        name, _, data = frame.decode("utf-8", "replace").partition("\ndata: ")
        self.events.append(Event(len(self.events), name.removeprefix("event: "), json.loads(data)))
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    async def until(self, found: Callable[[Event], bool], since: int, patience: float) -> int | None:
        """The number of the first event from ``since`` on that ``found`` takes, None if none comes."""
        looked = since
        try:
            async with asyncio.timeout(patience):
                while True:
                    for event in self.events[looked:]:
                        if found(event):
                            return event.number
                    looked = len(self.events)
                    more = asyncio.get_running_loop().create_future()
                    self._waiting.add(more)
                    await more
        except TimeoutError:
            return None

    def told(self, since: int) -> str:
        """What has come from number ``since`` on, a line for each thing worth telling."""
        lines = [line for event in self.events[since:] if (line := _line(event))]
        if not lines:
            calls = {event.data["method"] for event in self.events if event.kind == "call"}
            hint = f"before, it has called {', '.join(sorted(calls))}" if calls else "no bot has ever called"
            return f"  nothing ({hint})"
        left_out = len(lines) - _MOST
        head = [f"  ... {left_out} more before"] if left_out > 0 else []
        return "\n".join(head + lines[-_MOST:])


def _line(event: Event) -> str:
    data = event.data
    match event.kind:
        case "message" | "edit":
            message = data["message"]
            who = "the bot" if as_bot_wrote(message) else message.get("from", {}).get("first_name", "?")
            did = "wrote" if event.kind == "message" else "edited into"
            text = message.get("text") or message.get("caption") or _content(message)
            return f"  chat {data['chat_id']}: {who} {did} {_short(repr(text))}{_labels(message)}"
        case "delete":
            return f"  chat {data['chat_id']}: message {data['message_id']} was deleted"
        case "callback_answer":
            return f"  chat {data['chat_id']}: the click was answered with {data['text']!r}"
        case "call" if data["status"] != 200:
            return (
                f"  {data['method']} was refused: {_short(json.dumps(data['response'], ensure_ascii=False))}"
            )
        case _:
            return ""


def _content(message: dict[str, Any]) -> str:
    plain = {"message_id", "from", "sender_chat", "chat", "date", "reply_markup"}
    return ", ".join(sorted(message.keys() - plain))


def _labels(message: dict[str, Any]) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "".join(f" [{button['text']}]" for row in rows for button in row)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def as_bot_wrote(message: dict[str, Any]) -> bool:
    """Whether a Message object is a bot's, or a post of a channel."""
    return bool(message.get("from", {}).get("is_bot")) or "sender_chat" in message


def shown(message: Message, simulator: Simulator) -> dict[str, Any]:
    """The Message object of a message."""
    return message_json(message, simulator.user_of)
