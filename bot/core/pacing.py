"""Rate limits as arithmetic: GCRA, the generic cell rate algorithm. State and time in, a time out.

Source: ITU-T I.371, annex A; the same form as brandur/throttled and redis-cell.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` sends in ``period`` seconds, of which ``burst`` may follow each other at once."""

    count: int
    period: float
    burst: int = 1

    @property
    def interval(self) -> float:
        """Seconds between two sends at the full rate."""
        return self.period / self.count


OVERALL = Rate(30, 1.02, burst=2)
"""All chats together: 30 a second (core.telegram.org/bots/faq, "My bot is hitting limits").

A process wakes up a little late for each turn; the burst, a twentieth, lets it make up for that. Sends that
leave at the full rate may arrive a little closer together, hence the fiftieth below it, which is half a send.
"""

PAID = Rate(1000, 1.02, burst=20)
"""All chats together with allow_paid_broadcast (the same page), with the same fiftieth below it."""

ONE_CHAT = Rate(1, 1.0)
"""Pushes to one private chat or channel."""

ONE_GROUP = Rate(20, 60.0)
"""Pushes to one group."""

TURN_WAIT = 0.5
"""Seconds that a marked push waits for its turn; then it goes back, for it counts as under way."""

ONE_CHAT_ANSWERS = Rate(1, 1.0, burst=3)
"""Answers in one private chat: "short bursts pass", and a reader who taps quickly makes them."""

ONE_GROUP_ANSWERS = Rate(20, 60.0, burst=3)
"""Answers in one group."""

ONE_READER = Rate(1, 1.0, burst=20)
"""What one person may ask: a reader who turns pages quickly stays below it, a script does not."""

ONE_TYPING = Rate(2, 1.0, burst=40)
"""Inline queries of one person: Telegram sends one for nearly every letter."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When a send may start, and the state to keep for the next one."""

    at: float
    spent_until: float


def take_turn(spent_until: float, now: float, rate: Rate) -> Turn:
    """The next turn under ``rate``.

    ``spent_until`` is the state that the last Turn left (0.0 for a new one); all times are seconds of one
    monotonic clock. Taking turns in this way never puts more than ``burst`` sends into one interval.
    """
    tolerance = (rate.burst - 1) * rate.interval
    at = max(now, spent_until - tolerance)
    return Turn(at, max(spent_until, at) + rate.interval)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Turns taken from a rate that several share: seconds until the first, and for which nobody may send."""

    wait: float
    held: float


@dataclass(frozen=True, slots=True)
class Patience:
    """What is remembered of one person's asking; ``told`` from a refusal until it is patient again."""

    spent_until: float = 0.0
    told: bool = False


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether something asked is served, whether to say that it was too much, and what to remember."""

    served: bool
    tell: bool
    patience: Patience


def admit(patience: Patience, now: float, rate: Rate) -> Admission:
    """A token bucket of ``rate.burst`` tokens that fills at ``rate``; what is refused takes no token.

    Somebody is told once, and again only after the bucket was half full in between.
    """
    turn = take_turn(patience.spent_until, now, rate)
    if turn.at > now:
        return Admission(False, not patience.told, Patience(patience.spent_until, told=True))
    rested = turn.spent_until - now <= rate.burst * rate.interval / 2
    return Admission(True, False, Patience(turn.spent_until, told=patience.told and not rested))
