"""Taking in the articles that sources listed: read, archived, and sent if they are news."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

import structlog

from bot.core.addresses import canonical
from bot.core.article import Article
from bot.core.checking import SHORTEST, look_again_at
from bot.core.listed import ItemState, Sending, Taken, Waiting
from bot.core.newness import content_mark, is_old
from bot.errors import FetchFailed, NotAnArticle, StoreUnavailable, UnreadableSource
from bot.sources.article_page import ReadArticle
from bot.sources.fetch import Validators
from bot.sources.found import Found
from bot.sources.register import Source
from bot.store.archive import Change, Stored

log = structlog.get_logger(__name__)

TRIES = 5
"""For one article, over more than an hour: a page that is not there yet when the feed names it comes soon."""

AT_ONCE = 25
"""Articles of one source taken in one go; the rest follows at the next look."""

AGAIN_AT_ONCE = 5
"""Pages of one source looked at again in one go, after its new ones."""

MOST_CORRECTED = 10
"""Corrections of one source in an hour: where more pages change, the site changed and not its articles."""

_HOUR = timedelta(hours=1)


class Items(Protocol):
    """Where it is kept what became of each listed article."""

    async def waiting(self, address: str, *, now: datetime, limit: int) -> tuple[Waiting, ...]:
        """The articles that are to be read now."""
        ...

    async def settle(
        self,
        item_id: int,
        state: ItemState,
        *,
        now: datetime,
        article_id: int | None = None,
        content_mark: str | None = None,
        origins: Mapping[str, str] | None = None,
        cause: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        again_at: datetime | None = None,
    ) -> None:
        """Keep what became of the article."""
        ...

    async def corrigible(self, address: str, *, now: datetime, limit: int) -> tuple[Taken, ...]:
        """The sent articles whose pages are to be looked at again now."""
        ...

    async def looked_again(self, taken: Taken, *, due_at: datetime | None) -> None:
        """Keep how the look at the page of a sent article went."""
        ...

    async def put_off(self, item_id: int, *, due_at: datetime, attempts: int, cause: str) -> None:
        """Have the article read later."""
        ...

    async def is_taken(self, address: str, *, but: int) -> bool:
        """Whether another source's article with this address was taken before."""
        ...

    async def has_content(self, content_mark: str, *, but: int) -> bool:
        """Whether the same words were taken before."""
        ...


class PageReader(Protocol):
    """Reads articles."""

    async def read(self, found: Found, *, whole: bool) -> ReadArticle:
        """The article; raises FetchFailed, UnreadableSource or NotAnArticle."""
        ...

    async def look_again(self, found: Found, given: Validators) -> ReadArticle | None:
        """The article as it is now, None if it is as it was; raises the same."""
        ...


class Intake(Protocol):
    """Archives articles and announces them."""

    async def take_read(self, article: Article, *, name: str, announce: bool) -> Stored | None:
        """Keep the article, sent if it is new and ``announce`` is set."""
        ...


class ListedArticles:
    """Takes in what waits of one source, the oldest first; ``wake`` is called for what is to be sent."""

    def __init__(
        self,
        *,
        items: Items,
        reader: PageReader,
        intake: Intake,
        unreadable: Callable[[str, str], None],
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._items = items
        self._reader = reader
        self._intake = intake
        self._unreadable = unreadable
        self._wake = wake
        self._now = now
        # Weak: a turn is forgotten when nobody has it or waits for it.
        self._turns = WeakValueDictionary[str, asyncio.Lock]()
        self._corrected = dict[str, list[datetime]]()

    async def take(self, source: Source, *, last_look: datetime | None) -> None:
        """Read and archive the articles of ``source`` that are due, then look again at those sent lately.

        Raises StoreUnavailable.
        """
        if await self._take_new(source, last_look):
            await self._look_again(source)

    async def _take_new(self, source: Source, last_look: datetime | None) -> bool:
        """Whether the host may be asked further."""
        for item in await self._items.waiting(source.address, now=self._now(), limit=AT_ONCE):
            try:
                # One source at a time reads an article that several list; the others then find it taken.
                turn = self._turns.setdefault(canonical(item.address), asyncio.Lock())
                async with turn:
                    await self._take(item, last_look)
            except FetchFailed as error:
                await self._later(source, item, error.cause, error.retry_at)
                if error.retry_at is not None:
                    return False  # it wants to be left alone
            except (UnreadableSource, NotAnArticle) as error:
                cause = error.cause if isinstance(error, UnreadableSource) else error.missing
                await self._later(source, item, cause)
            except StoreUnavailable:
                raise
            except Exception as error:
                log.exception("listed article cannot be taken in", source=source.label, address=item.address)
                await self._give_up(item, f"a fault of ours: {type(error).__name__}")
        return True

    async def _look_again(self, source: Source) -> None:
        """Readers keep what they were sent: what the newspaper corrected on its page is a revision of it."""
        for item in await self._items.corrigible(source.address, now=self._now(), limit=AGAIN_AT_ONCE):
            taken = replace(item, attempts=item.attempts + 1)
            try:
                taken = await self._correct(source, taken)
            except FetchFailed as error:
                if error.retry_at is not None:
                    await self._items.looked_again(item, due_at=error.retry_at)
                    return
                log.info("sent article cannot be looked at", address=item.address, cause=error.cause)
            except (UnreadableSource, NotAnArticle) as error:
                log.info("sent article cannot be looked at", address=item.address, cause=str(error))
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("sent article cannot be looked at", address=item.address)
            now = self._now()
            due_at = look_again_at(item.published_at or now, now=now, looks=taken.attempts)
            await self._items.looked_again(taken, due_at=due_at)

    async def _correct(self, source: Source, taken: Taken) -> Taken:
        """Archives the article if its words have changed; it as it is then."""
        found = Found(taken.address, None, taken.title, taken.published_at, taken.section)
        read = await self._reader.look_again(found, Validators(taken.etag, taken.last_modified))
        if read is None:
            return taken
        article = read.article
        words = content_mark(article.title, article.paragraphs)
        if words != taken.content_mark and not self._may_correct(source):
            return taken
        if words != taken.content_mark:
            article = replace(article, section=article.section or taken.section)
            stored = await self._intake.take_read(article, name=taken.address, announce=False)
            if stored is not None and stored.change is not Change.UNCHANGED:
                self._corrected[source.address].append(self._now())
                self._wake()
        return replace(taken, content_mark=words, etag=read.etag, last_modified=read.last_modified)

    def _may_correct(self, source: Source) -> bool:
        since = self._now() - _HOUR
        lately = [moment for moment in self._corrected.get(source.address, ()) if moment > since]
        self._corrected[source.address] = lately
        if len(lately) >= MOST_CORRECTED:
            log.warning("too many pages changed at once: no corrections", source=source.label)
            return False
        return True

    async def _take(self, item: Waiting, last_look: datetime | None) -> None:
        if await self._items.is_taken(item.address, but=item.id):
            await self._pass(item, "another source listed it too")
            return
        found = Found(item.address, None, item.title, item.published_at, item.section)
        read = await self._reader.read(found, whole=item.attempts + 1 < TRIES)
        article, origins = read.article, dict(read.origins)
        if article.section is None and item.section is not None:
            article, origins["section"] = replace(article, section=item.section), "source"
        words = content_mark(article.title, article.paragraphs)
        if await self._items.has_content(words, but=item.id):
            await self._pass(item, "the same words as another article")
            return
        announce = _is_news(article, item, last_look)
        stored = await self._intake.take_read(article, name=item.address, announce=announce)
        if stored is None:
            await self._pass(item, "a later page of a split article, without its first")
            return
        now = self._now()
        # Of a revision, readers had what was there before.
        sent = announce or stored.change is Change.REVISED
        await self._items.settle(
            item.id,
            ItemState.TAKEN,
            now=now,
            article_id=stored.archived.id,
            content_mark=words,
            origins=origins,
            etag=read.etag,
            last_modified=read.last_modified,
            again_at=look_again_at(article.published_at, now=now, looks=0) if sent else None,
        )
        if stored.change is not Change.UNCHANGED:
            self._wake()

    async def _later(
        self, source: Source, item: Waiting, cause: str, retry_at: datetime | None = None
    ) -> None:
        if retry_at is not None:
            # Nothing was learnt about the article: the try does not count.
            await self._items.put_off(item.id, due_at=retry_at, attempts=item.attempts, cause=cause)
            return
        attempts = item.attempts + 1
        if attempts >= TRIES:
            await self._give_up(item, cause)
            return
        due_at = self._now() + SHORTEST * 2 ** (attempts - 1)
        log.info("listed article is read later", source=source.label, address=item.address, cause=cause)
        await self._items.put_off(item.id, due_at=due_at, attempts=attempts, cause=cause)

    async def _pass(self, item: Waiting, cause: str) -> None:
        await self._items.settle(item.id, ItemState.PASSED, now=self._now(), cause=cause)

    async def _give_up(self, item: Waiting, cause: str) -> None:
        log.warning("listed article cannot be read", address=item.address, cause=cause)
        await self._items.settle(item.id, ItemState.GIVEN_UP, now=self._now(), cause=cause)
        self._unreadable(item.address, cause)


def _is_news(article: Article, item: Waiting, last_look: datetime | None) -> bool:
    if item.sending is not Sending.IF_FRESH:
        return item.sending is Sending.ASKED
    return last_look is None or not is_old(article.published_at, last_look=last_look)
