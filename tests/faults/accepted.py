"""What Telegram accepted, as its log says, compared with what the ledger believes."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bot.core.publication import DeliveryState
from bot.store.ledger import Entry

LOOK_EVERY = 0.01


@dataclass(frozen=True, slots=True)
class Message:
    """One accepted message; ``at`` is Unix time."""

    at: float
    chat_id: int
    message_id: int
    text: str


@dataclass(slots=True)
class Accepted:
    """The local Telegram's log of accepted messages."""

    path: Path
    _read: int = 0
    _messages: list[Message] = field(default_factory=list)

    def messages(self) -> Sequence[Message]:
        """Every message so far, in the order of acceptance."""
        if self.path.exists():
            with self.path.open("rb") as log:
                log.seek(self._read)
                for line in log:
                    if not line.endswith(b"\n"):
                        break
                    self._read += len(line)
                    row = json.loads(line)
                    self._messages.append(Message(row["at"], row["chat_id"], row["message_id"], row["text"]))
        return self._messages

    async def more_than(self, count: int, *, within: float = 60) -> None:
        """Wait until more than ``count`` messages were accepted."""
        async with asyncio.timeout(within):
            while len(self.messages()) <= count:
                await asyncio.sleep(LOOK_EVERY)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One publication: what the log says beside what the ledger says.

    ``lost``: readers with no message and no word of doubt in the ledger, and readers without a row.
    ``copies``: messages beyond the first, ``most`` the messages of whoever got most. ``unknown`` of the
    ledger, ``unknown_lacking`` those of them who got nothing. ``unwritten``: recipients with a message of
    which the ledger does not know.
    ``invented``: rows that are sent with a message that Telegram does not know.
    """

    recipients: int
    accepted: int
    lost: int
    copies: int
    most: int
    unknown: int
    unknown_lacking: int
    unwritten: int
    invented: int
    open: int
    seconds_in_flight: float

    def __str__(self) -> str:
        told = (
            f"{self.recipients} recipients, {self.accepted} messages accepted: lost {self.lost},"
            f" copies {self.copies} (of one recipient at most {self.most}), unknown {self.unknown}"
        )
        return f"{told} ({self.unknown_lacking} of them got nothing)" if self.unknown else told


_UNSURE = {DeliveryState.UNKNOWN}
_OPEN = {DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING}


def compared(readers: Set[int], entries: Iterable[Entry], accepted: Sequence[Message]) -> Comparison:
    """The rows of one publication beside the messages of its text.

    ``readers`` are the chats that were to get it. A row or a message of any other fails.
    """
    rows = {entry.chat_id: entry for entry in entries}
    got = Counter(message.chat_id for message in accepted)
    assert readers >= rows.keys() | got.keys(), "it goes to nobody else"
    known = {(message.chat_id, message.message_id) for message in accepted}
    sent = [row for row in rows.values() if row.state is DeliveryState.SENT]
    unknown = {row.chat_id for row in rows.values() if row.state in _UNSURE}
    spans = [
        (row.finished_at - row.attempted_at).total_seconds()
        for row in sent
        if row.finished_at is not None and row.attempted_at is not None
    ]
    return Comparison(
        recipients=len(rows),
        accepted=len(accepted),
        lost=sum(
            chat_id not in rows or (chat_id not in got and chat_id not in unknown) for chat_id in readers
        ),
        copies=len(accepted) - len(got),
        most=max(got.values(), default=0),
        unknown=len(unknown),
        unknown_lacking=sum(chat_id not in got for chat_id in unknown),
        unwritten=sum(
            chat_id not in rows or rows[chat_id].state not in {DeliveryState.SENT, *_UNSURE}
            for chat_id in got
        ),
        invented=sum((row.chat_id, row.message_id) not in known for row in sent),
        open=sum(row.state in _OPEN for row in rows.values()),
        seconds_in_flight=sum(spans) / len(spans) if spans else 0.0,
    )


def busiest(times: Sequence[float], *, window: float = 1.0) -> int:
    """The most of ``times`` that lie within one ``window`` of seconds, wherever it begins."""
    most = first = 0
    for last, time in enumerate(times):
        while times[first] <= time - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def shortest_gap(times: Sequence[float]) -> float:
    """The shortest time between two that follow each other."""
    return min((later - earlier for earlier, later in pairwise(times)), default=float("inf"))
