"""Telegram's rates: how many messages a bot may send, over all and in one chat, before it has to wait.

Telegram publishes "about 30 messages per second" over all, 1,000 for paid broadcasts, one per second in a
chat with short bursts, 20 per minute in a group (core.telegram.org/bots/faq), and no exact rule. Here each
rate is a bucket (GCRA): ``burst`` messages at once, then ``count`` in each ``period``.
"""

import math
from dataclasses import dataclass, field, fields, replace

from bot.simulator.errors import ControlRefusal, Refusal
from bot.simulator.fields import JsonObject
from bot.simulator.state import Chat, ChatType

_KEPT = 10_000
"""Chats remembered before those that may send again at once are forgotten."""

_MOST = 1_000_000_000

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` messages in ``period`` seconds, of which ``burst`` may come at once."""

    count: int
    period: float
    burst: int

    def __post_init__(self) -> None:
        if not (1 <= self.count <= _MOST and 1 <= self.burst <= _MOST and 0 < self.period <= _MOST):
            raise ControlRefusal(400, f"count, burst and period of a rate must be positive, {_MOST} at most")

    def wait(self, spent_until: float, now: float) -> float:
        """Seconds until one more message may come; ``spent_until`` is what ``spend`` gave, 0.0 at first."""
        return max(0.0, spent_until - (self.burst - 1) * self.period / self.count - now)

    def spend(self, spent_until: float, now: float, messages: int) -> float:
        """The state after ``messages`` more."""
        return max(spent_until, now) + messages * self.period / self.count

    def as_json(self) -> JsonObject:
        """The rate as the control API shows it."""
        return {"count": self.count, "period": self.period, "burst": self.burst}


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one Telegram. Channels count as chats: for them Telegram publishes nothing."""

    overall: Rate = Rate(30, 1.0, 30)
    paid: Rate = Rate(1000, 1.0, 1000)
    chat: Rate = Rate(1, 1.0, 3)
    group: Rate = Rate(20, 60.0, 20)

    def of(self, chat: Chat) -> Rate:
        """The rate of one chat."""
        return self.group if chat.type in _GROUPS else self.chat


@dataclass(slots=True)
class _Spent:
    """What one bot has sent: for each bucket the time until which it is spent."""

    overall: float = 0.0
    paid: float = 0.0
    chats: dict[int, float] = field(default_factory=dict)


class Limits:
    """Holds every bot to the rates, as long as ``enabled``; times are Unix seconds."""

    def __init__(self, rates: Rates | None = None) -> None:
        self.enabled = rates is not None
        self.rates = rates or Rates()
        self._spent: dict[int, _Spent] = {}
        self._seen = 0.0

    def check(self, bot_id: int, chat: Chat, now: float, *, paid: bool = False) -> None:
        """Refuses with 429 while the bot may not send into ``chat``."""
        if not self.enabled:
            return
        if now < self._seen:
            self._spent.clear()  # The clock was set back: what was sent lies in its future.
        self._seen = now
        spent = self._spent.setdefault(bot_id, _Spent())
        rates = self.rates
        wait = max(
            rates.paid.wait(spent.paid, now) if paid else rates.overall.wait(spent.overall, now),
            rates.of(chat).wait(spent.chats.get(chat.id, 0.0), now),
        )
        if wait > 0:
            raise too_many_requests(wait)

    def count(self, bot_id: int, chat: Chat, now: float, messages: int, *, paid: bool = False) -> None:
        """Takes note of accepted messages."""
        if not self.enabled or not messages:
            return
        spent = self._spent.setdefault(bot_id, _Spent())
        rates = self.rates
        if paid:
            spent.paid = rates.paid.spend(spent.paid, now, messages)
        else:
            spent.overall = rates.overall.spend(spent.overall, now, messages)
        if len(spent.chats) > _KEPT and chat.id not in spent.chats:
            spent.chats = {chat_id: until for chat_id, until in spent.chats.items() if until > now}
        spent.chats[chat.id] = rates.of(chat).spend(spent.chats.get(chat.id, 0.0), now, messages)

    def change(self, wanted: JsonObject) -> None:
        """Takes over ``enabled`` and any part of the rates, as ``as_json`` shows them; ControlRefusal."""
        names = {one.name for one in fields(Rates)}
        rates = self.rates
        for name, value in wanted.items():
            if name == "enabled":
                continue
            if name not in names:
                raise ControlRefusal(400, f"there is no rate {name!r}: {', '.join(sorted(names))}")
            rates = replace(rates, **{name: _changed(getattr(rates, name), name, value)})
        enabled = wanted.get("enabled", self.enabled)
        if not isinstance(enabled, bool):
            raise ControlRefusal(400, "enabled must be true or false")
        self.enabled, self.rates = enabled, rates
        self._spent.clear()

    def as_json(self) -> JsonObject:
        """Whether limits are on, and every rate."""
        shown: JsonObject = {"enabled": self.enabled}
        for one in fields(Rates):
            shown[one.name] = getattr(self.rates, one.name).as_json()
        return shown


def too_many_requests(wait: float) -> Refusal:
    """The refusal of Telegram that asks to wait, in whole seconds."""
    seconds = max(1, math.ceil(wait))
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def _changed(rate: Rate, name: str, value: object) -> Rate:
    if not isinstance(value, dict) or not value:
        raise ControlRefusal(400, f"{name} must be an object with count, period or burst")
    count, period, burst = (value.get(part, getattr(rate, part)) for part in ("count", "period", "burst"))
    if unknown := value.keys() - {"count", "period", "burst"}:
        raise ControlRefusal(400, f"a rate has count, period and burst, not {min(unknown)!r}")
    if any(isinstance(part, bool) or not isinstance(part, int) for part in (count, burst)):
        raise ControlRefusal(400, f"count and burst of {name} must be whole numbers")
    if isinstance(period, bool) or not isinstance(period, int | float):
        raise ControlRefusal(400, f"period of {name} must be a number of seconds")
    # Compared before it becomes a float, which an endless number of digits cannot.
    return Rate(count, float(min(period, 2 * _MOST)), burst)
