"""What became of one send, as values. The table from Telegram's answers to these lives in bot/telegram."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram accepted the message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """Not sent, and may be sent again after ``after`` seconds; ``everywhere`` when no chat may be sent to."""

    after: float
    cause: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection broke after the request left: Telegram may or may not have the message."""

    cause: str


@dataclass(frozen=True, slots=True)
class Gone:
    """This chat is over or closed to the bot; other chats are not concerned."""

    cause: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup; the message was not sent and belongs to ``to``."""

    to: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram refuses this message itself; sending it again brings the same answer."""

    cause: str


Outcome = Sent | Retry | Unknown | Gone | Moved | Refused

UNKNOWN_TRIES = 7
"""Tries after which a send whose answer never came is left as unknown."""

UNKNOWN_PAUSE = 5.0
"""Seconds before such a send is tried again; doubled with each try."""


def settled(outcome: Outcome, *, attempts: int) -> Outcome:
    """What to record for ``outcome`` of try number ``attempts`` (from 1): an unknown one is tried again.

    At least once: a recipient may see a message twice when Telegram took it and the answer was lost, and
    misses one only after UNKNOWN_TRIES lost answers.
    """
    if isinstance(outcome, Unknown) and attempts < UNKNOWN_TRIES:
        return Retry(UNKNOWN_PAUSE * 2 ** (attempts - 1), outcome.cause)
    return outcome
