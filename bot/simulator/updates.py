"""The updates that wait for one bot, and the long poll that waits for updates."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.simulator.errors import Refusal
from bot.simulator.fields import JsonObject

KEPT_FOR = 24 * 60 * 60
"""Seconds for which an update waits for its bot."""

ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that a bot receives only when it names them in allowed_updates."""

_FIRST_ID = 100_000_001
# An offset this far ahead of the queue is taken for one of another queue, and ignored.
_FUTURE = 10
_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
# Telegram answers the first of several fighting pollers at once and lets the others wait.
_CONFLICT_PAUSE = 3.0


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its number, the Unix time it was made, its kind and content."""

    update_id: int
    at: float
    kind: str
    content: JsonObject

    def as_json(self) -> JsonObject:
        """The Update object of the Bot API."""
        return {"update_id": self.update_id, self.kind: self.content}


class Updates:
    """A queue of updates, read from a given number on, which forgets what lies before that number.

    ``on_new`` is told of each update that comes in, if somebody carries them to a webhook.
    """

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] = ()
        self.on_new: Callable[[Update], None] | None = None
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._next_id = _FIRST_ID
        self._poll: asyncio.Future[None] | None = None
        self._next_conflict_at = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits at this moment."""
        return self._poll is not None and not self._poll.done()

    def wants(self, kind: str) -> bool:
        """Whether the bot has asked for updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST

    def add(self, kind: str, content: JsonObject, now: float) -> None:
        """Appends an update and wakes the poll that waits for it."""
        self.expire(now)
        update = self._waiting[self._next_id] = Update(self._next_id, now, kind, content)
        self._next_id += 1
        self.wake()
        if self.on_new is not None:
            self.on_new(update)

    def waiting(self) -> Iterator[Update]:
        """The updates that wait, oldest first."""
        return iter(list(self._waiting.values()))

    def holds(self, update_id: int) -> bool:
        """Whether an update still waits."""
        return update_id in self._waiting

    def forget(self, update_id: int) -> None:
        """Takes one update out of the queue."""
        self._waiting.pop(update_id, None)

    def wake(self) -> None:
        """Ends the waiting of a long poll: there is something to read, or the server closes."""
        if self._poll is not None and self.is_polled:
            self._poll.set_result(None)

    def clear(self) -> None:
        """Forgets everything that waits."""
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, timeout: int, now: float) -> list[Update]:  # noqa: ASYNC109
        """The first ``limit`` updates from ``offset`` on, waiting up to ``timeout`` seconds for one.

        Updates before ``offset`` are forgotten; a negative one forgets all but the last ``-offset``. A poll
        that has to wait ends one that waits already with 409, as two running copies of a bot would see.
        """
        self.expire(now)
        offset = self._confirm(offset)
        ready = self._from(offset, limit)
        if ready or not timeout:
            return ready
        self.end_poll(_OTHER_POLLER)
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await mine
        except TimeoutError:
            pass
        except Refusal:
            await self.pause_after_conflict()
            raise
        finally:
            if self._poll is mine:
                self._poll = None
        return self._from(offset, limit)

    def _confirm(self, offset: int) -> int:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
            return 0
        if offset > self._next_id + _FUTURE:
            return 0
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)
        return offset

    def _from(self, offset: int, limit: int) -> list[Update]:
        found: list[Update] = []
        for update in self._waiting.values():
            if len(found) == limit:
                break
            if update.update_id >= offset:
                found.append(update)
        return found

    def end_poll(self, reason: str) -> None:
        """Ends the long poll that waits, if one does, with 409 and ``reason``."""
        if self._poll is not None and self.is_polled:
            self._poll.set_exception(Refusal(409, reason))

    async def pause_after_conflict(self) -> None:
        """Waits before the answer 409, unless it is the first in a while."""
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict_at:
            await asyncio.sleep(_CONFLICT_PAUSE)
        else:
            self._next_conflict_at = now + _CONFLICT_PAUSE

    def expire(self, now: float) -> None:
        """Forgets updates that have waited longer than KEPT_FOR."""
        while self._waiting and next(iter(self._waiting.values())).at < now - KEPT_FOR:
            self._waiting.popitem(last=False)
