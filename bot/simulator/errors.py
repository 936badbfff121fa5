"""Telegram's refusals as exceptions: a code, a description in Telegram's words, and optional parameters."""

from collections.abc import Iterator
from contextlib import contextmanager


class Refusal(Exception):
    """A call that Telegram would answer with ``ok: false``.

    ``code`` is the HTTP status and error_code, ``description`` the whole text with its prefix
    (``Forbidden: bot was blocked by the user``), ``parameters`` the ResponseParameters object, if any.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, object] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class BadRequest(Refusal):
    """A 400 with ``reason`` behind ``Bad Request: ``.

    As in the Bot API server the first letter becomes small, unless the reason is one of the constants
    of Telegram's core (``BUTTON_DATA_INVALID``).
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        if len(reason) < 2 or not (reason[1] == "_" or "A" <= reason[1] <= "Z"):
            reason = f"{reason[:1].lower()}{reason[1:]}"
        super().__init__(400, f"Bad Request: {reason}")


@contextmanager
def within(what: str) -> Iterator[None]:
    """Puts ``what`` before the reason of a BadRequest raised inside: ``can't parse MessageEntity: ...``."""
    try:
        yield
    except BadRequest as error:
        raise BadRequest(f"{what}: {error.reason}") from error


class ControlRefusal(Exception):
    """A request to the control API that cannot be carried out; ``status`` is 4xx, ``reason`` is shown."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
