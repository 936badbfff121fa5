"""A publication and its deliveries as values: the states they pass through and one piece of due work."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.core.audience import ChatKind


class PublicationKind(StrEnum):
    """Why something is sent."""

    REGULAR = "regular"
    BREAKING = "breaking"


class Priority(IntEnum):
    """Who goes first when the rate is short: the higher number."""

    REGULAR = 10
    BREAKING = 20
    ANSWER = 30


def priority_of(kind: PublicationKind) -> Priority:
    """How urgent a publication of ``kind`` is."""
    return Priority.BREAKING if kind is PublicationKind.BREAKING else Priority.REGULAR


class PublicationState(StrEnum):
    """The life of a publication: its recipients are written down, then sent to, then it is done."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"


class DeliveryState(StrEnum):
    """The life of one delivery. ``ATTEMPTING`` is written before the send and closed by the answer."""

    PENDING = "pending"
    ATTEMPTING = "attempting"
    SENT = "sent"
    UNKNOWN = "unknown"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """One recipient of one publication that may be sent to now; ``attempts`` counts the tries before."""

    id: int
    publication_id: int
    article_id: int
    priority: int
    chat_id: int
    chat_kind: ChatKind
    language: str
    silent: bool
    attempts: int
