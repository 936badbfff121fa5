"""What the handlers need from the rest of the house, as narrow Protocols."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from bot.core.actions import CardShape
from bot.core.article import ArchivedArticle, ArchivedQuotation, Headline, QuotationKey
from bot.core.audience import ChatKind, Keyword, Subscriber
from bot.core.listing import Listing
from bot.core.preferences import Preferences
from bot.core.query import Question
from bot.render.messages import Messages
from bot.store.archive import Neighbours
from bot.store.readership import Keeping
from bot.store.rights import KeptAbout
from bot.store.search import SearchPage


class Archive(Protocol):
    """The articles."""

    async def latest(self) -> ArchivedArticle | None:
        """The newest article."""
        ...

    async def by_id(self, article_id: int) -> ArchivedArticle | None:
        """One article's newest revision."""
        ...

    async def many(self, article_ids: Sequence[int]) -> Sequence[ArchivedArticle]:
        """The newest revisions of several articles, in the given order."""
        ...

    async def neighbours(self, article_id: int) -> Neighbours:
        """The ids of the articles just older and just newer."""
        ...

    async def search(self, question: Question, *, limit: int, offset: int = 0) -> SearchPage:
        """One page of the articles that ``question`` finds."""
        ...

    async def newest(self, *, section: str | None = None, limit: int, offset: int = 0) -> Listing[Headline]:
        """The newest articles, of ``section`` alone if it is given."""
        ...

    async def said(self, name: str, *, limit: int, offset: int = 0) -> Listing[ArchivedQuotation]:
        """What the people with each word of ``name`` in their names were quoted with, the newest first."""
        ...

    async def quotation(self, key: QuotationKey) -> ArchivedQuotation | None:
        """One quotation, unless its article was corrected since."""
        ...

    async def story(self, article_id: int) -> Sequence[Headline]:
        """All articles about the same event, the oldest first."""
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

    async def join(
        self, chat_id: int, *, kind: ChatKind, language: str, now: datetime, preferences: Preferences
    ) -> Subscriber:
        """Subscribe with these preferences, or come back with the settings kept."""
        ...

    async def prefer(
        self, chat_id: int, change: Callable[[Preferences], Preferences | None]
    ) -> Subscriber | None:
        """Change the preferences; None when ``change`` refuses."""
        ...

    async def keywords(self, chat_id: int) -> Sequence[Keyword]:
        """What the chat follows and has muted."""
        ...

    async def add_keyword(self, chat_id: int, keyword: Keyword, *, most: int) -> bool:
        """Follow or mute a keyword; False when there are too many."""
        ...

    async def drop_keyword(self, chat_id: int, key: str) -> None:
        """Neither follow nor mute it any more."""
        ...

    async def mute_story(self, chat_id: int, article_id: int) -> bool:
        """Send nothing more of the article's story; False when there is none."""
        ...

    async def forget(self, chat_id: int) -> None:
        """Erase the chat."""
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


class Readership(Protocol):
    """Bookmarks of readers, counts that name nobody, and the cards that Telegram has."""

    async def keep(self, reader_id: int, article_id: int, *, now: datetime) -> Keeping:
        """Put the article among the bookmarks."""
        ...

    async def toggle(self, reader_id: int, article_id: int, *, now: datetime) -> Keeping:
        """Put the article among the bookmarks, or take it out."""
        ...

    async def kept(self, reader_id: int, *, limit: int, offset: int = 0) -> Listing[Headline]:
        """The bookmarks, the last one first."""
        ...

    async def opened(self, article_id: int, *, day: date) -> None:
        """Count that somebody opened the article."""
        ...

    async def popular(self, *, since: date, limit: int) -> Sequence[Headline]:
        """What was opened most."""
        ...

    async def arrived(self, campaign: str, *, day: date) -> None:
        """Count that somebody came by a campaign's link."""
        ...

    async def card_file(self, key: QuotationKey, shape: CardShape) -> str | None:
        """Telegram's name for a card that it has."""
        ...

    async def card_files(self, keys: Sequence[QuotationKey], shape: CardShape) -> dict[QuotationKey, str]:
        """The same for several."""
        ...

    async def set_card_file(self, key: QuotationKey, shape: CardShape, file_id: str) -> None:
        """Remember Telegram's name for a card."""
        ...


class Rights(Protocol):
    """What is kept about readers."""

    async def kept_about(self, chat_id: int) -> KeptAbout:
        """Everything that is kept about the chat."""
        ...


class Cards(Protocol):
    """Quotations as pictures."""

    async def draw(self, found: ArchivedQuotation, shape: CardShape) -> bytes:
        """The card as a PNG or JPEG."""
        ...


class Desk(Protocol):
    """The newsroom's administrators."""

    async def channel_lost(self, name: str, cause: str) -> None:
        """Tell that the channel ``name`` takes no messages any more."""
        ...

    async def channel_back(self, name: str) -> None:
        """Tell that the channel ``name`` takes messages again."""
        ...


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything that a handler may use."""

    archive: Archive
    subscribers: Subscribers
    readership: Readership
    rights: Rights
    cards: Cards
    messages: Messages
    default_language: str
    now: Callable[[], datetime]
    zone: tzinfo
    newcomer: Preferences
    desk: Desk
    post: Callable[[Callable[[], Awaitable[None]]], None]
    """Has a notice to the desk told soon; nobody waits for it."""

    @property
    def today(self) -> date:
        """The day that it is where the newspaper is."""
        return self.now().astimezone(self.zone).date()
