"""Taking pages in: read, analyse, archive, and announce what is new. Sending is not done here."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.core.analysis import analyse
from bot.core.article import Analysis, Article
from bot.core.publication import PublicationKind
from bot.core.rmid import decode_page, parse_page
from bot.errors import NotAnArticle
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


class Intake:
    """Takes pages in, one at a time, from whatever source; ``on_taken`` hears what each changed."""

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

    async def take(self, page: Page, *, announce: bool = True) -> Stored:
        """Archive the article on ``page`` and, if it is new and ``announce`` is set, plan its publication.

        Taking the same page again changes nothing. Raises NotAnArticle when the page holds none.
        """
        # In a thread: readers are answered meanwhile, however long the text.
        article, analysis = await asyncio.to_thread(_read, page)
        kind = PublicationKind.REGULAR if announce else None
        stored = await self._archive.store(article, analysis, now=self._now(), announce=kind)
        if self._on_taken is not None:
            self._on_taken(stored.change.value)
        log.info(
            "article taken in",
            file=page.name,
            article=stored.archived.id,
            revision=stored.archived.revision,
            change=stored.change.value,
            quotations=len(analysis.quotations),
            vox_pops=len(analysis.vox_pops),
        )
        return stored


def _read(page: Page) -> tuple[Article, Analysis]:
    article = parse_page(decode_page(page.content, name=page.name), name=page.name, url=page.url)
    if article.page > 1:
        # By itself it would take the place of its first page, whose title and time it has.
        raise NotAnArticle(
            f"this is page {article.page} of a split article, not its beginning", name=page.name
        )
    return article, analyse(article.paragraphs, title=article.title)
