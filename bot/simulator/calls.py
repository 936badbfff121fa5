"""The last calls that went over the wire, for the panel of the page. The token is masked in all of them."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.simulator.fields import JsonObject, parse_json

KEPT = 500
"""How many calls are remembered."""

MAX_SHOWN = 20_000
"""Letters of an argument and bytes of an answer that are remembered."""

MASK = "<token>"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: when (Unix time), which method, what came and what was answered, in how many milliseconds."""

    id: int
    at: float
    method: str
    status: int
    ms: float
    request: dict[str, str]
    response: bytes
    token: str = field(repr=False)

    def as_json(self) -> JsonObject:
        """The call as the page shows it. Arguments that hold JSON are JSON; what was too long is cut text."""
        shown: JsonObject = {
            "id": self.id,
            "at": self.at,
            "path": f"/bot{MASK}/{self.method}",
            "method": self.method,
            "status": self.status,
            "ms": round(self.ms, 2),
            "request": {name: _opened(value) for name, value in self.request.items()},
            "response": _answer(self.response),
        }
        if self.token and self.token in json.dumps(shown):
            masked = parse_json(json.dumps(shown).replace(self.token, MASK))
            if isinstance(masked, dict):
                return masked
        return shown


class CallLog:
    """The last KEPT calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._next_id = 1

    def add(
        self,
        *,
        at: float,
        method: str,
        status: int,
        ms: float,
        request: dict[str, str],
        response: bytes,
        token: str,
    ) -> Call:
        """Remembers a call and returns it with its number."""
        shortened = {name: _shortened(value) for name, value in request.items()}
        # One byte more shows that there was more.
        call = Call(self._next_id, at, method, status, ms, shortened, response[: MAX_SHOWN + 1], token)
        self._next_id += 1
        self._calls.append(call)
        return call

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)


def _shortened(value: str) -> str:
    return value if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]}…"


def _answer(body: bytes) -> object:
    """An answer as JSON, or as its first letters if it is a web server's page or was too long to keep."""
    if len(body) > MAX_SHOWN:
        return body[:MAX_SHOWN].decode(errors="replace") + "…"
    try:
        return parse_json(body)
    except ValueError:
        return body.decode(errors="replace")


def _opened(value: str) -> object:
    """``value`` as the JSON object or array that it holds, else as the text it is."""
    if not value.startswith(("{", "[")):
        return value
    try:
        return parse_json(value)
    except ValueError:
        return value
