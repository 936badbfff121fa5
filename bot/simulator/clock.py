"""The local Telegram's time, which can be set to another hour while it goes on."""

from collections.abc import Callable
from datetime import datetime

from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject

_LATEST = 2**31 - 1
"""The last second that a Bot API date can say."""


class MovableClock:
    """Called, it gives Unix seconds: those of ``base``, and ``offset`` more."""

    def __init__(self, base: Callable[[], float]) -> None:
        self._base = base
        self.offset = 0.0

    def __call__(self) -> float:
        """The time as Unix seconds."""
        return self._base() + self.offset

    def move(self, offset: float) -> None:
        """Sets the time ``offset`` seconds ahead of the base; ControlRefusal if Telegram has no such date."""
        if not 0 <= self._base() + offset <= _LATEST:
            raise ControlRefusal(400, f"offset_seconds {offset} leads to a time that Telegram cannot write")
        self.offset = offset

    def move_to(self, at: str) -> None:
        """Sets the time to an ISO time with its offset from UTC, such as ``2023-09-15T18:00:00+07:00``."""
        try:
            time = datetime.fromisoformat(at)
        except ValueError as error:
            raise ControlRefusal(
                400, f"at {at!r} is no ISO time such as 2023-09-15T18:00:00+07:00"
            ) from error
        if time.tzinfo is None:
            raise ControlRefusal(400, f"at {at!r} needs its offset from UTC, such as +07:00")
        self.move(time.timestamp() - self._base())

    def as_json(self) -> JsonObject:
        """The clock as the control API shows it."""
        return {"offset_seconds": self.offset, "now": self()}
