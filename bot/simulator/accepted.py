"""The log of accepted messages: what Telegram took from a bot, to be compared with what the bot believes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

from bot.simulator.state import Bot, Message

_accepted: ContextVar[list[Message] | None] = ContextVar("accepted", default=None)


@contextmanager
def accepting() -> Iterator[list[Message]]:
    """The messages posted by the call that is carried out inside, in their order."""
    messages: list[Message] = []
    token = _accepted.set(messages)
    try:
        yield messages
    finally:
        _accepted.reset(token)


def note_posted(message: Message) -> None:
    """Hands a posted message to the call that is being carried out, if it is a bot's."""
    messages = _accepted.get()
    if messages is not None:
        messages.append(message)


class AcceptedLog:
    """A file with one JSON object a line for every message accepted from a bot, in the order of acceptance.

    ``{"at", "bot_id", "method", "chat_id", "message_id", "text"}``: Unix time, the method as the bot wrote
    it, and the text (or caption) after parsing. A line is with the operating system before the bot's answer
    leaves, whatever becomes of the answer. An existing file is continued. OSError if it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = self._opened()

    def write(self, bot: Bot, method: str, messages: list[Message], now: float) -> None:
        """Appends the messages of one call; a closed log opens again."""
        if self._file.closed:
            self._file = self._opened()
        for message in messages:
            line = {
                "at": round(now, 6),
                "bot_id": bot.user.id,
                "method": method,
                "chat_id": message.chat.id,
                "message_id": message.message_id,
                "text": message.text,
            }
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Closes the file; what was written stays."""
        self._file.close()

    def _opened(self) -> TextIO:
        return self.path.open("a", encoding="utf-8", errors="backslashreplace")
