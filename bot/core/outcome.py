"""What became of one send, as values. The table from Telegram's answers to these lives in bot/telegram."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram accepted the message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """To be sent again after ``after`` seconds.

    Until then no chat may be sent to: by nobody when Telegram asked for it (``everywhere``), by this process
    when it may be at fault itself (``here``). Nothing was sent, unless ``unanswered``: then nobody knows.
    """

    after: float
    cause: str
    everywhere: bool = False
    here: bool = False
    unanswered: bool = False


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


@dataclass(frozen=True, slots=True)
class Absent:
    """The message that was to be changed is no longer in the chat; the chat itself is well."""

    cause: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to send to this recipient, such as an empty digest, and nothing was sent."""

    cause: str


Outcome = Sent | Retry | Unknown | Gone | Moved | Refused | Absent | Nothing

UNKNOWN_TRIES = 7
"""Lost answers after which a delivery is left as unknown, though it may be sent again."""

UNKNOWN_PAUSE = 5.0
"""Seconds before such a send is tried again; doubled with each try."""

KILLED_PAUSE = 5.0
"""Seconds before a send is tried again in whose middle the program was killed. What kills it may be that very
message, so others go first; and one in whose middle it was killed twice is not tried a third time."""


def settled(outcome: Outcome, *, unknowns: int, again: bool) -> Outcome:
    """What to record for ``outcome``, before which ``unknowns`` answers of this delivery were lost.

    With ``again`` (at least once) a send whose answer was lost is tried again: a recipient may see a message
    twice, and misses one only after UNKNOWN_TRIES lost answers. Without (at most once) it stays unknown.
    """
    if again and isinstance(outcome, Unknown) and unknowns + 1 < UNKNOWN_TRIES:
        return Retry(UNKNOWN_PAUSE * 2**unknowns, outcome.cause, unanswered=True)
    return outcome
