"""Faults that can be had on demand: which calls they befall, and how often. What they do is fault_effects'.

Whether a fault befalls a call depends on its seed, the call's method and chat, and how many such calls came
before: the same calls meet the same faults again, in whatever order different chats are served.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from itertools import count

from bot.simulator.api.table import bot_api
from bot.simulator.delays import Distribution, distribution
from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.sends import is_send
from bot.simulator.state import Chat


class FaultKind(StrEnum):
    """What can go wrong."""

    TOO_MANY_REQUESTS = "too_many_requests"
    FORBIDDEN = "forbidden"
    REFUSAL = "refusal"
    SERVER_ERROR = "server_error"
    RESET = "reset"
    SILENCE = "silence"
    DELAY = "delay"


FORBIDDEN = {
    "blocked": "bot was blocked by the user",
    "deactivated": "user is deactivated",
    "not_started": "bot can't initiate conversation with a user",
    "kicked_from_group": "bot was kicked from the group chat",
    "kicked_from_supergroup": "bot was kicked from the supergroup chat",
    "kicked_from_channel": "bot was kicked from the channel chat",
    "not_in_group": "bot is not a member of the group chat",
    "not_in_supergroup": "bot is not a member of the supergroup chat",
    "not_in_channel": "bot is not a member of the channel chat",
    "group_deleted": "the group chat was deleted",
}
"""Telegram's texts behind ``Forbidden: ``, by the names that a fault's ``reason`` takes."""

SENDS = "sends"
"""In place of methods' names: those that put messages into a chat."""

EVERYTHING = "all"
"""In place of methods' names: every method, getUpdates and getMe included."""

MAX_SECONDS = 2**31 - 1
"""The longest wait that a bot can be asked for."""

_STATUSES = frozenset({500, 502, 503, 504})
_AFTERWARDS = frozenset({FaultKind.SERVER_ERROR, FaultKind.RESET, FaultKind.SILENCE, FaultKind.DELAY})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ControlRefusal for options that do not go together.

    ``methods`` are names, or SENDS, or EVERYTHING; ``chat_id`` (a number or @username) narrows it to one
    chat. It befalls a matching call with ``probability``, and ``count`` times at most. With ``accepted`` the
    call is carried out first and its answer is what gets lost, late or replaced.

    TOO_MANY_REQUESTS asks to wait for ``seconds``; if ``lasting`` it refuses all matching calls until they
    are over. FORBIDDEN has a ``reason`` (a key of FORBIDDEN), REFUSAL a ``code`` and ``description``,
    SERVER_ERROR a ``status`` and comes as an HTML ``page`` or as JSON, DELAY a ``distribution`` as
    delays.distribution takes it.
    """

    kind: FaultKind
    methods: str | frozenset[str] = SENDS
    chat_id: int | str | None = None
    probability: float = 1.0
    count: int | None = None
    seed: int = 0
    accepted: bool = False
    seconds: int = 1
    lasting: bool = False
    reason: str = "blocked"
    code: int = 400
    description: str = ""
    status: int = 502
    page: bool = False
    distribution: JsonObject = field(default_factory=lambda: {"name": "constant", "seconds": 1})

    def __post_init__(self) -> None:
        for wrong, text in (
            (not 0 <= self.probability <= 1, f"probability {self.probability} must be from 0 to 1"),
            (self.count is not None and self.count < 1, f"count {self.count} must be positive"),
            (
                not 1 <= self.seconds <= MAX_SECONDS,
                f"seconds {float(min(self.seconds, 2**53)):g} must be from 1 to {MAX_SECONDS}",
            ),
            (self.reason not in FORBIDDEN, f"reason {self.reason!r} must be one of {', '.join(FORBIDDEN)}"),
            (self.status not in _STATUSES, f"status {self.status} must be one of {sorted(_STATUSES)}"),
            (self.kind is FaultKind.REFUSAL and not self.description, "a refusal needs a description"),
            (not 400 <= self.code <= 499, f"code {self.code} must be from 400 to 499"),
            (
                self.accepted and self.kind not in _AFTERWARDS,
                f"{self.kind} cannot come after the call was accepted",
            ),
            (
                isinstance(self.methods, str) and self.methods not in {SENDS, EVERYTHING},
                f'methods must be "{SENDS}", "{EVERYTHING}" or a list of names, not {self.methods!r}',
            ),
        ):
            if wrong:
                raise ControlRefusal(400, text)
        if not isinstance(self.methods, str):
            _check_names(self.methods)
        distribution(self.distribution)

    def concerns(self, method: str, chat: Chat | None) -> bool:
        """Whether a call of ``method`` (in small letters) for ``chat`` may meet this fault."""
        if isinstance(self.methods, frozenset):
            fits = method in {name.lower() for name in self.methods}
        else:
            fits = self.methods == EVERYTHING or is_send(method)
        if not fits or self.chat_id is None:
            return fits
        if chat is None:
            return False
        if isinstance(self.chat_id, int):
            return chat.id == self.chat_id
        return (chat.username or "").lower() == self.chat_id.removeprefix("@").lower()


def _check_names(methods: frozenset[str]) -> None:
    """ControlRefusal for names of no method: the fault would wait for ever."""
    if not methods:
        raise ControlRefusal(400, "methods names none")
    if unknown := sorted(name for name in methods if name.lower() not in bot_api().methods):
        raise ControlRefusal(400, f"the Bot API has no method {', '.join(unknown)}")


@dataclass(slots=True)
class _Standing:
    """A fault that has been ordered, and what has become of it."""

    id: int
    fault: Fault
    delay: Distribution
    fired: int = 0
    until: float = 0.0
    seen: dict[tuple[str, int], int] = field(default_factory=dict)

    def lasts(self, now: float) -> bool:
        # A clock that was set back is not in the time that was meant.
        return self.until - self.fault.seconds <= now < self.until

    def is_spent(self) -> bool:
        return self.fault.count is not None and self.fired >= self.fault.count

    def as_json(self) -> JsonObject:
        fault = self.fault
        shown: JsonObject = {"id": self.id, "kind": fault.kind.value, "fired": self.fired}
        shown["methods"] = fault.methods if isinstance(fault.methods, str) else sorted(fault.methods)
        for name in ("chat_id", "probability", "count", "seed"):
            shown[name] = getattr(fault, name)
        return shown | {name: getattr(fault, name) for name in OPTIONS[fault.kind]}


OPTIONS: dict[FaultKind, tuple[str, ...]] = {
    FaultKind.TOO_MANY_REQUESTS: ("seconds", "lasting"),
    FaultKind.FORBIDDEN: ("reason",),
    FaultKind.REFUSAL: ("code", "description"),
    FaultKind.SERVER_ERROR: ("status", "page", "accepted"),
    FaultKind.RESET: ("accepted",),
    FaultKind.SILENCE: ("accepted",),
    FaultKind.DELAY: ("distribution", "accepted"),
}
"""The options that each kind has beside those of all."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A fault that befalls a call, for how many ``seconds`` where it is about time."""

    fault: Fault
    seconds: float


class Faults:
    """The faults that stand, in the order in which they were added; ``changed`` is told of every change."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._standing: list[_Standing] = []
        self._ids = count(1)
        self._changed = changed

    def __len__(self) -> int:
        return len(self._standing)

    def add(self, fault: Fault) -> int:
        """Orders a fault; returns its number."""
        number = next(self._ids)
        self._standing.append(_Standing(number, fault, distribution(fault.distribution)))
        self._changed()
        return number

    def remove(self, number: int) -> None:
        """Takes one fault back; ControlRefusal if there is none of the number."""
        left = [one for one in self._standing if one.id != number]
        if len(left) == len(self._standing):
            raise ControlRefusal(404, f"there is no fault {number}")
        self._standing = left
        self._changed()

    def clear(self) -> None:
        """Takes all faults back."""
        self._standing.clear()
        self._changed()

    def fired(self, number: int) -> int:
        """How many calls the fault of a number has befallen."""
        return next((one.fired for one in self._standing if one.id == number), 0)

    def as_json(self) -> list[JsonObject]:
        """The faults as the control API shows them."""
        return [one.as_json() for one in self._standing]

    def befalling(self, method: str, chat: Chat | None, now: float) -> list[Incident]:
        """What befalls a call that has come: delays, and at most one fault that decides its end."""
        incidents: list[Incident] = []
        for one in self._standing:
            incident = _incident(one, method, chat, now)
            if incident is None:
                continue
            incidents.append(incident)
            if one.fault.kind is not FaultKind.DELAY:
                break
        if incidents:
            self._changed()
        return incidents


def _incident(one: _Standing, method: str, chat: Chat | None, now: float) -> Incident | None:
    fault = one.fault
    if not fault.concerns(method, chat):
        return None
    if one.lasts(now):
        return Incident(fault, one.until - now)
    if one.is_spent():
        return None
    draw = _draw(one, method, chat) if fault.probability < 1 or fault.kind is FaultKind.DELAY else 0.0
    if draw >= fault.probability:
        return None
    one.fired += 1
    if fault.kind is FaultKind.DELAY:
        # What is left of the draw is uniform again.
        return Incident(fault, one.delay(draw / fault.probability))
    if fault.lasting:
        one.until = now + fault.seconds
    return Incident(fault, fault.seconds)


def _draw(one: _Standing, method: str, chat: Chat | None) -> float:
    """A number from [0, 1) that belongs to the seed, the method, the chat and the number of the call."""
    key = method, chat.id if chat else 0
    number = one.seen[key] = one.seen.get(key, 0) + 1
    mark = blake2b(f"{one.fault.seed}/{method}/{key[1]}/{number}".encode(), digest_size=8)
    return int.from_bytes(mark.digest()) / 2**64


def read_fault(wanted: JsonObject) -> Fault:
    """The fault that a JSON object describes; ControlRefusal for an unknown or mistyped field."""
    kind = wanted.get("kind")
    if not isinstance(kind, str) or kind not in set(FaultKind):
        raise ControlRefusal(400, f"there is no fault {kind!r}: {', '.join(FaultKind)}")
    known = FaultKind(kind)
    allowed = {*_COMMON, *OPTIONS[known]}
    options: dict[str, object] = {}
    for name, value in wanted.items():
        if name == "kind" or (value is None and name in {"chat_id", "count"}):
            continue
        if name not in allowed:
            raise ControlRefusal(400, f"{known} has no {name!r}: {', '.join(sorted(allowed))}")
        if isinstance(value, bool) is not (name in _FLAGS) or not isinstance(value, _TYPES[name]):
            raise ControlRefusal(400, f"{name} of a fault cannot be {value!r}")
        options[name] = frozenset(map(str, value)) if isinstance(value, list) else value
    return Fault(known, **options)  # type: ignore[arg-type] # The types were checked above.


_COMMON = ("methods", "chat_id", "probability", "count", "seed")
_FLAGS = frozenset({"accepted", "lasting", "page"})
_TYPES: dict[str, type | tuple[type, ...]] = {
    "methods": (str, list),
    "chat_id": (int, str),
    "probability": (int, float),
    "count": int,
    "seed": int,
    "accepted": bool,
    "seconds": int,
    "lasting": bool,
    "reason": str,
    "code": int,
    "description": str,
    "status": int,
    "page": bool,
    "distribution": dict,
}
