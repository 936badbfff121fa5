"""Inline mode as records: what readers asked of a bot, what it answered, and the messages that came of it."""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.simulator.entities import Formatted
from bot.simulator.fields import JsonObject
from bot.simulator.media import Media
from bot.simulator.state import Bot, Message, User

KEPT = 1000
"""Queries that are remembered."""


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result: as the bot gave it (``shown``), and the message that it becomes when it is chosen.

    ``has_content`` tells that it becomes a text, not a file with the text as its caption.
    """

    id: str
    shown: JsonObject
    text: Formatted
    media: Media | None = None
    preview: JsonObject | None = None
    markup: JsonObject | None = None
    has_content: bool = False


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """An answer; it is kept for ``cache_time`` seconds, for all readers unless it is personal."""

    results: tuple[InlineResult, ...]
    next_offset: str = ""
    cache_time: int = 300
    is_personal: bool = False
    button: JsonObject | None = None


@dataclass(slots=True)
class InlineQuery:
    """What a reader has typed behind a bot's name at the Unix time ``at``, and its answer, if it has one."""

    id: str
    bot: Bot
    user: User
    text: str
    offset: str
    at: float
    answer: InlineAnswer | None = None

    def answer_json(self) -> JsonObject | None:
        """The answer as the control API shows it."""
        answer = self.answer
        if answer is None:
            return None
        return {
            "inline_query_id": self.id,
            "user_id": self.user.id,
            "query": self.text,
            "offset": self.offset,
            "results": [result.shown for result in answer.results],
            "next_offset": answer.next_offset,
            "cache_time": answer.cache_time,
            "is_personal": answer.is_personal,
            "button": answer.button,
        }


@dataclass(slots=True)
class InlineMode:
    """The last queries by number, messages by the names that bots know them by, and answers to be kept."""

    queries: OrderedDict[str, InlineQuery] = field(default_factory=OrderedDict)
    messages: dict[str, Message] = field(default_factory=dict)
    _kept: dict[tuple[int, str, str, int | None], tuple[float, InlineAnswer]] = field(default_factory=dict)

    def add(self, query: InlineQuery) -> None:
        """Remembers a query; the oldest is forgotten when there are too many."""
        self.queries[query.id] = query
        while len(self.queries) > KEPT:
            self.queries.popitem(last=False)

    def keep(self, query: InlineQuery, answer: InlineAnswer, now: float) -> None:
        """Keeps an answer for as long as its bot allows."""
        whose = query.user.id if answer.is_personal else None
        self._kept[query.bot.user.id, query.text, query.offset, whose] = (now + answer.cache_time, answer)

    def kept(self, bot: Bot, user: User, text: str, offset: str, now: float) -> InlineAnswer | None:
        """The answer that Telegram would give again without asking the bot."""
        for whose in (user.id, None):
            until, answer = self._kept.get((bot.user.id, text, offset, whose), (0.0, None))
            if answer is not None and now < until:
                return answer
        return None
