"""A newspaper's site on this machine, over real HTTP, that behaves or misbehaves as a test says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from socket import AF_INET, AddressFamily

from aiohttp.abc import AbstractResolver, ResolveResult


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; header names are in lower case."""

    path: str
    headers: dict[str, str]

    @property
    def host(self) -> str:
        return self.headers["host"].rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answers."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        lines = {"Content-Length": str(len(body)), "Connection": "close", **self.headers}
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Odd"
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} {phrase}\r\n{head}\r\n".encode() + body


Page = Answer | Callable[[Asked], Answer]


class Site:
    """Pages by path, or by host and path; the rest is 404. ``asked`` has every request but robots.txt's."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.writers: dict[str, Callable[[asyncio.StreamWriter], Awaitable[None]]] = {}
        self.asked: list[Asked] = []
        self.robots_asked: list[Asked] = []
        self.at_once: dict[str, int] = {}
        self.most_at_once: dict[str, int] = {}
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def at(self, host: str, path: str = "") -> str:
        """The address of ``path`` under a name that only the test's resolver knows."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                asked = _read((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
                with self._counted(asked.host):
                    await self._answer(asked, writer)
                await writer.drain()
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    @contextmanager
    def _counted(self, host: str) -> Iterator[None]:
        self.at_once[host] = self.at_once.get(host, 0) + 1
        self.most_at_once[host] = max(self.most_at_once.get(host, 0), self.at_once[host])
        try:
            yield
        finally:
            self.at_once[host] -= 1

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        (self.robots_asked if asked.path == "/robots.txt" else self.asked).append(asked)
        key = next((key for key in (asked.host + asked.path, asked.path) if key in self.writers), None)
        if key is not None:
            await self.writers[key](writer)
            return
        page = self.pages.get(asked.host + asked.path) or self.pages.get(asked.path) or Answer(status=404)
        answer = page if isinstance(page, Answer) else page(asked)
        writer.write(answer.written())


def _read(head: str) -> Asked:
    first, *lines = head.rstrip().split("\r\n")
    fields = (line.partition(":") for line in lines)
    return Asked(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in fields})


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """A running site; whatever still waits in it is ended."""
    site = Site()
    tasks = set[asyncio.Task[None]]()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(site.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


class Names(AbstractResolver):
    """Gives for each name the next of its addresses, the last one for ever; 127.0.0.1 for all others."""

    def __init__(self, addresses: dict[str, list[str]] | None = None) -> None:
        self.addresses = {name: list(places) for name, places in (addresses or {}).items()}

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        del family
        places = self.addresses.get(host, ["127.0.0.1"])
        place = places.pop(0) if len(places) > 1 else places[0]
        return [
            ResolveResult(
                hostname=host, host=one, port=port, family=AF_INET if "." in one and ":" not in one else 10,
                proto=0, flags=0,
            )
            for one in place.split()
        ]  # fmt: skip

    async def close(self) -> None:
        """Nothing is open."""
