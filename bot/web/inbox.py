"""Where updates arrive that Telegram brings: each is taken once, or left for Telegram to bring again."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, Protocol

Deliver = Callable[[Mapping[str, Any]], bool]
"""Puts one update into the application's queue; False when there is no room."""


class Taken(Enum):
    """What became of an update that arrived."""

    ACCEPTED = auto()
    SEEN_BEFORE = auto()
    NOT_NOW = auto()


class Seen(Protocol):
    """The updates that were accepted, for as long as Telegram may repeat them."""

    def __contains__(self, update_id: int, /) -> bool:
        """Whether the update was accepted before."""
        ...

    def add(self, update_id: int) -> None:
        """Remember that it is accepted."""
        ...


class Inbox:
    """Closed until ``open`` and after ``close``: what arrives meanwhile is left with Telegram."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._deliver: Deliver | None = None

    def open(self, deliver: Deliver) -> None:
        """Hand what arrives to ``deliver`` from now on."""
        self._deliver = deliver

    def close(self) -> None:
        """Take nothing more; what was accepted is in the queue."""
        self._deliver = None

    def take(self, update_id: int, update: Mapping[str, Any]) -> Taken:
        """Accept ``update``, unless it was accepted before or cannot be now.

        Nothing is awaited between the question and the answer, so that of two copies that arrive together
        only one is accepted.
        """
        if update_id in self._seen:
            return Taken.SEEN_BEFORE
        if self._deliver is None or not self._deliver(update):
            return Taken.NOT_NOW
        self._seen.add(update_id)
        return Taken.ACCEPTED
