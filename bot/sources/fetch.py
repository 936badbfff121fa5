"""Asking a server for a document, as a good guest who trusts nothing that comes back."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from protego import Protego
from yarl import URL

from bot.errors import FetchFailed
from bot.sources.answers import fresh_until, phrase, retry_at, told
from bot.sources.bodies import ACCEPTED, read_body
from bot.sources.document import Document
from bot.sources.guard import Endpoint, Guard
from bot.sources.hosts import ROBOT, Host, Hosts

LARGEST = 10_000_000
"""Bytes of a document, as it came and decompressed."""

LARGEST_ROBOTS = 512_000
"""Bytes of a robots.txt; the rest is not read (RFC 9309, 2.5 asks for 500 KiB at least)."""

SECONDS = 20.0
"""Within which a document has come whole, redirects included; waiting for the host's turn is not."""

LONGEST_MARK = 1000
"""Characters of an ETag; servers refuse requests whose headers are long."""

REDIRECTS = 5
DELAY = 1.0
"""Seconds between two requests to one host."""

AT_ONCE = 32
"""Documents that come or are being read together, each from another host."""

LARGE_AT_ONCE = 1
"""Of these, how many may have more than SMALL bytes: reading one takes up to thirty times its size."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_FORBIDDEN_BY_HEADERS = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether its document has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that came, what to ask with next time, and until when the server calls it fresh."""

    document: Document
    validators: Validators
    fresh_until: datetime | None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The document is as it was when the validators were given."""

    fresh_until: datetime | None


class _Time:
    """What is left of the time for one document, over all its redirects."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._timeout = asyncio.timeout(None)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Raises TimeoutError when the time is over within it."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._left) as self._timeout:
                yield
        finally:
            self._left = (self._timeout.when() or loop.time()) - loop.time()

    @asynccontextmanager
    async def halted(self) -> AsyncIterator[None]:
        """A wait within ``running`` that is not the server's fault and does not count."""
        loop = asyncio.get_running_loop()
        left = (self._timeout.when() or loop.time()) - loop.time()
        self._timeout.reschedule(None)
        try:
            yield
        finally:
            self._timeout.reschedule(loop.time() + left)


class Fetcher:
    """Fetches documents; to be used in ``async with``, by any number of tasks.

    ``contact`` is an address or a mailbox where a site's owner finds us. ``allowed`` are the guard's
    exceptions, ``delay`` is the pause between two requests to one host and ``seconds`` the time for one
    document.
    """

    def __init__(
        self,
        *,
        contact: str,
        now: Callable[[], datetime],
        allowed: Collection[Endpoint] = (),
        delay: float = DELAY,
        seconds: float = SECONDS,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._agent = _FORBIDDEN_BY_HEADERS.sub("", f"{ROBOT} (+{contact})" if contact else ROBOT)
        self._now = now
        self._guard = Guard(allowed)
        self._hosts = Hosts(delay)
        self._seconds = seconds
        self._resolver = resolver
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._large_at_once = asyncio.Semaphore(LARGE_AT_ONCE)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=self._guard.connector(resolver=self._resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": self._agent, "Accept-Encoding": ACCEPTED},
            timeout=aiohttp.ClientTimeout(total=None),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @asynccontextmanager
    async def fetch(
        self, address: str, validators: Validators | None = None
    ) -> AsyncIterator[Fetched | NotModified]:
        """The document at ``address``, or NotModified when ``validators`` still hold.

        So many documents, however large, are in memory at once: read it within the ``async with``, fetch
        nothing else meanwhile, and let it go. Raises FetchFailed with a plain cause for everything else: no
        answer, a refusal of robots.txt, a place that may not be asked, too many redirects, too many bytes.
        """
        given = validators or Validators()
        url, time = self._guard.checked(address, at=address), _Time(self._seconds)
        for _ in range(REDIRECTS + 1):
            host = self._hosts[url.host or ""]
            await self._obey_robots(url, host, time, at=address)
            async with AsyncExitStack() as place:
                answer = await self._ask(url, host, given, time, place, at=address)
                if not isinstance(answer, URL):
                    yield answer
                    return
            url = answer
        raise FetchFailed(f"it redirects more than {REDIRECTS} times", name=address)

    async def _ask(
        self, url: URL, host: Host, given: Validators, time: _Time, place: AsyncExitStack, *, at: str
    ) -> Fetched | NotModified | URL:
        async with self._answer(url, host, _conditions(given), time, place, at=at) as answer:
            if answer.status in _REDIRECTS:
                return self._target(url, answer, at)
            fresh = fresh_until(answer, self._now())
            if answer.status == HTTPStatus.NOT_MODIFIED and given != Validators():
                return NotModified(fresh)
            if answer.status != HTTPStatus.OK:
                raise self._refusal(answer, host, at)
            content = await read_body(
                answer.content.iter_any(),
                encoding=answer.headers.get("Content-Encoding", ""),
                limit=LARGEST,
                name=at,
                room=lambda: self._make_room(place, time),
            )
            document = Document(str(url), content, answer.headers.get("Content-Type"), self._now())
            return Fetched(
                document,
                Validators(_mark(answer, "ETag"), _mark(answer, "Last-Modified")),
                fresh,
            )

    async def _make_room(self, place: AsyncExitStack, time: _Time) -> None:
        async with time.halted():
            await place.enter_async_context(self._large_at_once)

    @asynccontextmanager
    async def _answer(
        self,
        url: URL,
        host: Host,
        headers: dict[str, str],
        time: _Time,
        place: AsyncExitStack,
        *,
        at: str,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """One request in its turn, and every way in which it can fail told in plain words.

        ``place`` keeps what the answer takes of AT_ONCE.
        """
        if self._session is None:
            raise RuntimeError("the fetcher is used outside of its `async with`")
        try:
            async with host.turn():
                await place.enter_async_context(self._at_once)
                async with (
                    time.running(),
                    self._session.get(url, headers=headers, allow_redirects=False) as answer,
                ):
                    yield answer
        except TimeoutError as error:
            raise FetchFailed(f"no whole answer within {self._seconds:.0f} s", name=at) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchFailed(told(error, url), name=at) from error

    async def _obey_robots(self, url: URL, host: Host, time: _Time, *, at: str) -> None:
        if host.closed_until is not None and self._now() < host.closed_until:
            raise FetchFailed(
                f"{url.host} asks to be left alone until {host.closed_until:%H:%M:%S} UTC",
                name=at,
                retry_at=host.closed_until,
            )
        origin = str(url.origin())
        rules = host.rules(origin)
        if rules is None:
            async with host.reading_rules:
                # Another task may have read them meanwhile.
                rules = host.rules(origin) or await self._read_robots(url.origin(), host, time, at=at)
                host.set_rules(origin, rules)
        if not rules.can_fetch(str(url), ROBOT):
            raise FetchFailed(f"robots.txt of {url.host} does not allow it: ask the site's owner", name=at)

    async def _read_robots(self, origin: URL, host: Host, time: _Time, *, at: str) -> Protego:
        url = origin.with_path("/robots.txt")
        for _ in range(REDIRECTS + 1):
            async with AsyncExitStack() as place, self._answer(url, host, {}, time, place, at=at) as answer:
                if answer.status in _REDIRECTS:
                    url = self._target(url, answer, at)
                    continue
                if answer.status in _BUSY or answer.status >= 500:
                    raise self._refusal(answer, host, f"{at} (its robots.txt)")
                if answer.status != HTTPStatus.OK:
                    break
                text = await _beginning(answer)
                # In a thread: a long and hostile one takes its time.
                return await asyncio.to_thread(Protego.parse, text)
        return Protego.parse("")

    def _target(self, url: URL, answer: aiohttp.ClientResponse, at: str) -> URL:
        location = answer.headers.get("Location")
        if not location:
            raise FetchFailed("it redirects to nowhere", name=at)
        try:
            target = str(url.join(URL(location)))
        except ValueError as error:
            raise FetchFailed(f"it redirects to {location!r}, which is no address", name=at) from error
        return self._guard.checked(target, at=at)

    def _refusal(self, answer: aiohttp.ClientResponse, host: Host, at: str) -> FetchFailed:
        again_at = retry_at(answer, self._now())
        if answer.status in _BUSY:
            host.closed_until = again_at
        return FetchFailed(
            f"the server answers {answer.status} {phrase(answer)}".rstrip(),
            name=at,
            retry_at=again_at,
            gone=answer.status == HTTPStatus.GONE,
        )


def _mark(answer: aiohttp.ClientResponse, name: str) -> str | None:
    """The header ``name``, unless a server would refuse it when it gets it back."""
    mark = answer.headers.get(name)
    return mark if mark and len(mark) <= LONGEST_MARK and not _FORBIDDEN_BY_HEADERS.search(mark) else None


def _conditions(given: Validators) -> dict[str, str]:
    asked = {"If-None-Match": given.etag, "If-Modified-Since": given.last_modified}
    return {name: value for name, value in asked.items() if value}


async def _beginning(answer: aiohttp.ClientResponse) -> str:
    """The first LARGEST_ROBOTS bytes of a robots.txt as text."""
    encoding = answer.headers.get("Content-Encoding", "")
    if encoding:
        content = await read_body(
            answer.content.iter_any(), encoding=encoding, limit=LARGEST_ROBOTS, name=str(answer.url)
        )
        return content.decode(errors="replace")
    content = b""
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) >= LARGEST_ROBOTS:
            break
    return content[:LARGEST_ROBOTS].decode(errors="replace")
