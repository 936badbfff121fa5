"""What the handlers need from the rest of the house, as narrow Protocols."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.article import ArchivedArticle, Headline
from bot.core.audience import ChatKind, Subscriber
from bot.render.messages import Messages
from bot.store.archive import Neighbours
from bot.store.search import SearchPage


class Archive(Protocol):
    """The articles."""

    async def latest(self) -> ArchivedArticle | None:
        """The newest article."""
        ...

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        """One article's newest revision."""
        ...

    async def neighbours(self, article_id: int) -> Neighbours:
        """The ids of the articles just older and just newer."""
        ...

    async def search(self, query: str, *, limit: int, offset: int = 0) -> SearchPage:
        """One page of the articles that ``query`` finds; any text is a query."""
        ...

    async def related(self, article_id: int, *, limit: int) -> Sequence[Headline]:
        """Articles that belong with this one."""
        ...

    async def sections(self) -> tuple[str, ...]:
        """The sections that the archive has articles of."""
        ...


class Subscribers(Protocol):
    """The readers and their settings."""

    async def get(self, chat_id: int) -> Subscriber | None:
        """The reader, if known."""
        ...

    async def join(self, chat_id: int, *, kind: ChatKind, language: str, now: datetime) -> Subscriber:
        """Subscribe, or come back with the settings kept."""
        ...

    async def leave(self, chat_id: int) -> Subscriber | None:
        """End the pushes; the settings stay."""
        ...

    async def set_language(self, chat_id: int, language: str) -> Subscriber | None:
        """Speak another language from now on."""
        ...

    async def set_silent(self, chat_id: int, wanted: bool) -> Subscriber | None:
        """Push without a sound, or with one."""
        ...

    async def toggle_section(self, chat_id: int, section: str | None) -> Subscriber | None:
        """Add a section to the wanted ones or take it out; None wants all."""
        ...

    async def set_reachable(
        self, chat_id: int, reachable: bool, *, cause: str | None, now: datetime
    ) -> Subscriber | None:
        """The chat takes messages, or no longer does."""
        ...

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """The group became a supergroup."""
        ...


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything that a handler may use."""

    archive: Archive
    subscribers: Subscribers
    messages: Messages
    default_language: str
    now: Callable[[], datetime]
