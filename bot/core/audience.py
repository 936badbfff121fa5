"""Who reads, and what each of them asked for. Values and decisions only; the store keeps them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.preferences import EVERY_ARTICLE, Preferences


class ChatKind(StrEnum):
    """What kind of chat a recipient is."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One recipient and what it asked for.

    ``subscribed`` is the reader's wish, ``reachable`` whether the chat still takes messages: blocking the bot
    changes only the second, so the wish and the settings survive it. ``sections`` names the sections wanted;
    empty means all. ``language`` is a code such as ``id``.
    """

    chat_id: int
    kind: ChatKind
    language: str
    subscribed: bool
    reachable: bool
    silent: bool
    sections: frozenset[str]
    joined_at: datetime
    preferences: Preferences = EVERY_ARTICLE

    @property
    def active(self) -> bool:
        """Whether new articles go to this chat."""
        return self.subscribed and self.reachable


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or a few that a reader follows or, with ``muted``, wants to hear nothing of.

    ``key`` is what it is compared as (``matching.keyword_key``); ``text`` is as the reader wrote it.
    """

    key: str
    text: str
    muted: bool
