"""A publication and its deliveries as values: the states they pass through and one piece of due work."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.core.audience import ChatKind


class PublicationKind(StrEnum):
    """Why something goes to a recipient."""

    REGULAR = "regular"
    BREAKING = "breaking"
    DIGEST = "digest"
    CORRECTION = "correction"
    RETRACTION = "retraction"


CHANGES = frozenset({PublicationKind.CORRECTION, PublicationKind.RETRACTION})
"""Kinds that change a message which a recipient has, and send none."""

AT_LEAST_ONCE = frozenset({PublicationKind.BREAKING, PublicationKind.CORRECTION, PublicationKind.RETRACTION})
"""Kinds that are sent again when nobody knows whether Telegram took them: news that must not be missed, and
changes, which do no harm when they are made twice. The others are sent at most once."""


class Priority(IntEnum):
    """Who goes first when the rate is short: the higher number."""

    DIGEST = 5
    REGULAR = 10
    CORRECTION = 15
    BREAKING = 20
    ANSWER = 30


def priority_of(kind: PublicationKind) -> Priority:
    """How urgent a publication of ``kind`` is."""
    return {
        PublicationKind.REGULAR: Priority.REGULAR,
        PublicationKind.BREAKING: Priority.BREAKING,
        PublicationKind.DIGEST: Priority.DIGEST,
        PublicationKind.CORRECTION: Priority.CORRECTION,
        PublicationKind.RETRACTION: Priority.CORRECTION,
    }[kind]


class PublicationState(StrEnum):
    """The life of a publication.

    ``PLANNED`` waits for the newsroom's word; ``APPROVED``: its recipients are being written down, and those
    that stand there already are sent to; ``RUNNING``: all are written down. ``PAUSED`` goes on where it was.
    """

    PLANNED = "planned"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    """The life of one delivery.

    ``CLAIMED``: a worker has it in hand. ``ATTEMPTING`` is written just before the send and closed by the
    answer. ``NOTHING``: there was nothing to send to this recipient.
    """

    PENDING = "pending"
    CLAIMED = "claimed"
    ATTEMPTING = "attempting"
    SENT = "sent"
    UNKNOWN = "unknown"
    GONE = "gone"
    REFUSED = "refused"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication as the newsroom sees it; ``cause`` says why it waits, rests or was ended."""

    id: int
    kind: PublicationKind
    state: PublicationState
    article_id: int | None
    revision: int | None
    cause: str | None
    announced_at: datetime
    planned_at: datetime | None
    finished_at: datetime | None
    title: str | None


@dataclass(frozen=True, slots=True)
class OpenPublication:
    """A publication that is being sent; a digest has an ``edition``, and neither article nor title."""

    id: int
    kind: PublicationKind
    priority: int
    article_id: int | None
    title: str | None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """One recipient of one publication, claimed by a worker to be sent to now.

    ``article_id``, ``title`` and ``revision`` are None for a digest, which has an ``edition``. ``attempts``
    counts the sends begun before, ``unknowns`` those of which no answer came. ``edits`` is the message in the
    chat that a correction or a retraction changes, ``answers`` the chat's first message of the same story.
    """

    id: int
    publication_id: int
    kind: PublicationKind
    priority: int
    article_id: int | None
    title: str | None
    revision: int | None
    chat_id: int
    chat_kind: ChatKind
    language: str
    silent: bool
    attempts: int
    unknowns: int = 0
    edits: int | None = None
    answers: int | None = None
    edition: str | None = None
