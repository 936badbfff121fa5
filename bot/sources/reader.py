"""Over the web to a source's listing, and from a listed address to a whole article. Nothing is kept here."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.addresses import canonical
from bot.core.article import Article
from bot.core.listed import Remembered
from bot.core.pages import join_pages
from bot.errors import FetchFailed, NotAnArticle, UnreadableSource
from bot.sources.article_page import ReadArticle, read_article
from bot.sources.document import Document
from bot.sources.fetch import Fetched, NotModified, Validators
from bot.sources.found import NamedFeed
from bot.sources.listing import Found, Listing, ListingKind, read_listing
from bot.sources.profiles import Profile, profile_for
from bot.sources.register import Source, SourceKind

MOST_PAGES = 10
"""Pages of one split article that are read."""

MOST_SITEMAPS = 3
"""Sitemaps of an index that are read in one look: those changed last."""

A_WHILE = timedelta(hours=1)
"""After which more may have been printed in a day's list than its first page holds."""

MOST_NAMED = 5
"""Feeds that are named where a page without articles is refused."""

MOST_OF_A_DAY = 300
"""Articles of one day that are looked for."""

LATE_EVENING = timedelta(hours=3)
"""After midnight for which the page of the day before is read as well."""


class Fetcher(Protocol):
    """Asks servers for documents."""

    def fetch(
        self, address: str, validators: Validators | None = None
    ) -> AbstractAsyncContextManager[Fetched | NotModified]:
        """The document, to be read before the next is fetched, or that it has not changed.

        Raises FetchFailed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look at a source gave.

    ``found`` is None when nothing changed since the last look. ``kind`` is what the source turned out to be,
    ``feeds`` are what it names if it is a page. The rest is to be remembered for the next look.
    """

    found: tuple[Found, ...] | None
    kind: ListingKind | SourceKind | None = None
    title: str | None = None
    feeds: tuple[NamedFeed, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    fresh_until: datetime | None = None


class Reader:
    """Reads listings and articles over ``fetcher``, by the first of ``profiles`` that knows their host."""

    def __init__(self, fetcher: Fetcher, profiles: Sequence[Profile], *, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._profiles = profiles
        self._now = now

    async def look(self, source: Source, before: Remembered | None = None) -> Looked:
        """What ``source`` lists now, unless it is as it was ``before``.

        Raises FetchFailed when it cannot be had and UnreadableSource when it is no listing.
        """
        before = before or Remembered()
        profile = profile_for(source.address, self._profiles)
        if source.kind is SourceKind.DAYS:
            return await self._days(source, profile, before)
        async with self._fetcher.fetch(
            source.address, Validators(before.etag, before.last_modified)
        ) as answer:
            looked, listing = await self._seen(answer, source, profile, before)
        if listing is None:
            return looked
        listing = await self._opened(listing, profile)
        if listing.kind is ListingKind.INDEX and not listing.found:
            raise UnreadableSource(_without_articles(listing), name=source.address)
        return replace(
            looked, found=listing.found, kind=listing.kind, title=listing.title, feeds=listing.feeds
        )

    async def _seen(
        self, answer: Fetched | NotModified, source: Source, profile: Profile | None, before: Remembered
    ) -> tuple[Looked, Listing | None]:
        """What the answer tells, and the listing if there is one that is not as it was."""
        if isinstance(answer, NotModified):
            looked = Looked(
                None,
                etag=before.etag,
                last_modified=before.last_modified,
                digest=before.digest,
                fresh_until=answer.fresh_until,
            )
            return looked, None
        looked = Looked(
            None,
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
            digest=_digest(answer.document),
            fresh_until=answer.fresh_until,
        )
        if looked.digest == before.digest:
            return looked, None
        if _is_article(source, profile):
            return replace(looked, found=(Found(source.address),), kind=SourceKind.ARTICLE), None
        return looked, await _listing(answer.document, source, profile)

    async def _days(self, source: Source, profile: Profile | None, before: Remembered) -> Looked:
        if profile is None:
            raise UnreadableSource('kind "days" needs a profile that knows this host', name=source.address)
        here = self._now().astimezone(profile.time_zone)
        found = dict[str, Found]()
        for day in sorted({here.date(), (here - LATE_EVENING).date()}, reverse=True):
            found |= {one.address: one for one in await self._day(source, profile, day, before)}
        digest = hashlib.sha256("\n".join(found).encode()).hexdigest()
        listed = None if digest == before.digest else tuple(found.values())
        return Looked(listed, kind=SourceKind.DAYS, digest=digest)

    async def _day(self, source: Source, profile: Profile, day: date, before: Remembered) -> list[Found]:
        """The newest articles of ``day``; after a longer pause all of them, as far as MOST_OF_A_DAY."""
        looked_at = before.course.succeeded_at
        lately = looked_at is not None and self._now() - looked_at < A_WHILE
        found = list[Found]()
        while len(found) < MOST_OF_A_DAY:
            address = profile.index_of(day, offset=len(found))
            if address is None:
                raise UnreadableSource(
                    f'kind "days": the profile {profile.name} names no page for each day', name=source.address
                )
            async with self._fetcher.fetch(address) as answer:
                if isinstance(answer, NotModified):
                    break
                listing = await _listing(answer.document, replace(source, kind=SourceKind.INDEX), profile)
            known = {one.address for one in found}
            found += (more := [one for one in listing.found if one.address not in known])
            full = profile.index is not None and len(more) >= profile.index.per_page
            if lately or not full:
                break
        return found

    async def _opened(self, listing: Listing, profile: Profile | None) -> Listing:
        """With the articles of its newest sitemaps, if it is an index of sitemaps."""
        if listing.kind is not ListingKind.SITEMAP_INDEX:
            return listing
        found = dict[str, Found]()
        for sitemap in _latest(listing.found):
            async with self._fetcher.fetch(sitemap.address) as answer:
                if isinstance(answer, NotModified):
                    continue
                inner = await asyncio.to_thread(read_listing, answer.document, profile=profile)
            if inner.kind is not ListingKind.SITEMAP_INDEX:
                found |= {one.address: one for one in inner.found if one.address not in found}
        return replace(listing, found=tuple(found.values()))

    async def read(self, found: Found, *, whole: bool = True) -> ReadArticle:
        """The article that ``found`` names, all its pages joined.

        Raises FetchFailed, UnreadableSource or NotAnArticle. Without ``whole``, what can be had of a split
        article is enough, and its ``has_next`` says so.
        """
        return await self._whole(await self._page(found), found, whole=whole)

    async def look_again(self, found: Found, given: Validators) -> ReadArticle | None:
        """The article as it is now, all its pages joined; None when it is as it was when ``given`` was given.

        Raises FetchFailed, UnreadableSource or NotAnArticle.
        """
        async with self._fetcher.fetch(found.address, given) as answer:
            if isinstance(answer, NotModified):
                return None
            first = await self._read(answer, found)
        return await self._whole(first, found, whole=True)

    async def _whole(self, first: ReadArticle, found: Found, *, whole: bool) -> ReadArticle:
        pages, seen, following = [first.article], {found.address}, first.next_page
        while following is not None and following not in seen and len(pages) < MOST_PAGES:
            seen.add(following)
            try:
                page = await self._page(replace(found, address=following), after=first.article)
            except (FetchFailed, UnreadableSource, NotAnArticle):
                if whole:
                    raise
                break
            pages.append(page.article)
            following = page.next_page if page.next_page not in seen else None
        if len(pages) == 1:
            return replace(first, article=_joined(pages, found.address))
        # Whether a first page has changed says nothing of the others.
        return replace(first, article=_joined(pages, found.address), etag=None, last_modified=None)

    async def _page(self, found: Found, *, after: Article | None = None) -> ReadArticle:
        if after is not None:
            found = replace(found, title=after.title, published_at=after.published_at, section=after.section)
        async with self._fetcher.fetch(found.address) as answer:
            if isinstance(answer, NotModified):
                raise FetchFailed("the server answers 304 to a first request", name=found.address)
            return await self._read(answer, found)

    async def _read(self, answer: Fetched, found: Found) -> ReadArticle:
        profile = profile_for(answer.document.address, self._profiles)
        read = await asyncio.to_thread(read_article, answer.document, profile=profile, found=found)
        return replace(
            read,
            article=_at_home(read.article, answer.document.address),
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
        )


async def _listing(document: Document, source: Source, profile: Profile | None) -> Listing:
    kind = ListingKind(source.kind.value) if source.kind else None
    # In a thread: readers are answered meanwhile, however long the document.
    return await asyncio.to_thread(read_listing, document, kind=kind, profile=profile)


def _is_article(source: Source, profile: Profile | None) -> bool:
    if source.kind is None and profile is not None and profile.address is not None:
        return profile.is_article(source.address)
    return source.kind is SourceKind.ARTICLE


def _without_articles(listing: Listing) -> str:
    cause = "the page links to no article; if it is one itself, name it so: --kind article"
    feeds = ", ".join(feed.address for feed in listing.feeds[:MOST_NAMED])
    return f"{cause}; feeds that it names: {feeds}" if feeds else cause


def _latest(sitemaps: tuple[Found, ...]) -> list[Found]:
    """Those changed last; those without a date only where too few have one."""
    dated = [(one.published_at, one) for one in sitemaps if one.published_at is not None]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    undated = [one for one in sitemaps if one.published_at is None]
    return [*(one for _, one in dated), *undated][:MOST_SITEMAPS]


def _at_home(article: Article, address: str) -> Article:
    """The article under an address of the host that gave it: no page may speak for another newspaper."""
    if article.url is None or _host(article.url) != _host(address):
        return replace(article, url=address)
    return article


def _host(address: str) -> str:
    return canonical(address).partition("/")[0]


def _joined(pages: list[Article], name: str) -> Article:
    first = pages[0]
    if first.page > 1:
        raise NotAnArticle(f"this is page {first.page} of a split article, not its beginning", name=name)
    if len(pages) == 1:
        return first
    numbered = [
        replace(
            page,
            title=first.title,
            published_at=first.published_at,
            page=number,
            has_next=page.has_next or number < len(pages),
        )
        for number, page in enumerate(pages, start=1)
    ]
    (whole,) = join_pages(numbered)
    return whole


def _digest(document: Document) -> str:
    return hashlib.sha256(document.content).hexdigest()
