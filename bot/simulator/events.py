"""What happens in the simulator, as server-sent events for the pages that watch."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.simulator.fields import JsonObject

BACKLOG = 5_000
"""Events that a page may be behind; one that is slower is cut off, comes back and reads the state anew."""


class Events:
    """Hands each event to every listener, in order, without waiting for any."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes | None]] = set()

    def publish(self, name: str, content: Callable[[], JsonObject]) -> None:
        """Sends an event; ``content`` is called only when somebody listens."""
        if not self._listeners:
            return
        frame = f"event: {name}\ndata: {json.dumps(content(), ensure_ascii=False)}\n\n".encode(
            "utf-8", "backslashreplace"
        )
        for listener in list(self._listeners):
            self._hand(listener, frame)

    def close(self) -> None:
        """Ends all listening."""
        for listener in list(self._listeners):
            self._cut_off(listener)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[bytes | None]]:
        """A queue of frames ready to be sent; None means that nothing more comes."""
        listener: asyncio.Queue[bytes | None] = asyncio.Queue(BACKLOG)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _hand(self, listener: asyncio.Queue[bytes | None], frame: bytes) -> None:
        try:
            listener.put_nowait(frame)
        except asyncio.QueueFull:
            self._cut_off(listener)

    def _cut_off(self, listener: asyncio.Queue[bytes | None]) -> None:
        self._listeners.discard(listener)
        if listener.full():
            listener.get_nowait()
        listener.put_nowait(None)
