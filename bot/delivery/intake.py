"""Taking pages in: read, join, analyse, archive, announce what is new. Sending is not done here."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.analysis import analyse
from bot.core.article import Analysis, Article
from bot.core.pages import join_pages
from bot.core.publication import PublicationKind
from bot.core.rmid import decode_page, parse_page
from bot.sources.page import Page
from bot.store.archive import Stored

log = structlog.get_logger(__name__)


class Archive(Protocol):
    """Where articles are kept."""

    async def store(
        self, article: Article, analysis: Analysis, *, now: datetime, announce: PublicationKind | None
    ) -> Stored:
        """Keep ``article`` and, when it is new, announce it in the same transaction."""
        ...

    async def keep_page(self, page: Article) -> tuple[Article, ...]:
        """Keep one page of a split article; all pages that are kept of it."""
        ...


class Intake:
    """Takes articles in, one at a time, from whatever source; ``on_taken`` hears what each changed."""

    def __init__(
        self,
        archive: Archive,
        *,
        now: Callable[[], datetime],
        on_taken: Callable[[str], None] | None = None,
    ) -> None:
        self._archive = archive
        self._now = now
        self._on_taken = on_taken

    async def take(self, page: Page, *, announce: bool = True) -> Stored | None:
        """Archive the article on ``page`` and, if it is new and ``announce`` is set, plan its publication.

        Taking the same page again changes nothing. The first page of a split article is an article at once,
        as news does not wait; each later page that joins it makes a revision. A later page that comes before
        the first is kept until that comes, and the answer is None. Raises NotAnArticle when the page holds
        none.
        """
        # In a thread: readers are answered meanwhile, however long the text.
        article = await asyncio.to_thread(_read, page)
        return await self.take_read(article, name=page.name, announce=announce)

    async def take_read(self, article: Article, *, name: str, announce: bool = True) -> Stored | None:
        """The same for an article that was read already; ``name`` is where it came from, for the log."""
        kind = PublicationKind.REGULAR if announce else None
        if article.page == 1 and not article.has_next:
            return await self._store(article, name, kind)
        kept = await self._archive.keep_page(article)
        first = _first(kept)
        if first is None:
            log.info("page waits for the first one", file=name, page=article.page, title=article.title)
            return None
        stored = await self._store(first, name, kind)
        # Another process may have kept a page and stored them all between these two steps.
        while (now_kept := await self._archive.keep_page(article)) != kept:
            kept = now_kept
            stored = await self._store(_first(kept) or first, name, kind)
        return stored

    async def _store(self, article: Article, name: str, kind: PublicationKind | None) -> Stored:
        analysis = await asyncio.to_thread(analyse, article.paragraphs, title=article.title)
        stored = await self._archive.store(article, analysis, now=self._now(), announce=kind)
        if self._on_taken is not None:
            self._on_taken(stored.change.value)
        log.info(
            "article taken in",
            file=name,
            article=stored.archived.id,
            revision=stored.archived.revision,
            change=stored.change.value,
            quotations=len(analysis.quotations),
            vox_pops=len(analysis.vox_pops),
        )
        return stored


def _read(page: Page) -> Article:
    return parse_page(decode_page(page.content, name=page.name), name=page.name, url=page.url)


def _first(pages: Iterable[Article]) -> Article | None:
    """What can be joined of ``pages`` to their first one; None without it."""
    return next((article for article in join_pages(pages) if article.page == 1), None)
