"""The body of an answer, read and decompressed with every byte counted while it comes."""

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from bot.errors import FetchFailed

ACCEPTED = "gzip, deflate"
"""What servers are told; an answer in another encoding is refused, and so is what could hide in it."""

SMALL = 1_000_000
"""Bytes up to which a body needs nobody's leave to grow; few feeds and pages have a third of that."""

_STEP = 64 * 1024
_GZIP = b"\x1f\x8b"
_EITHER = zlib.MAX_WBITS | 32
"""zlib's word for: gzip or zlib, as the first bytes say."""


class TooLarge(Exception):
    """The body has more bytes than it may have."""


async def read_body(
    chunks: AsyncIterator[bytes],
    *,
    encoding: str,
    limit: int,
    name: str,
    room: Callable[[], Awaitable[object]] | None = None,
) -> bytes:
    """The decoded body of at most ``limit`` bytes, as it came and as it is; a gzip file is opened as well.

    ``room`` is awaited once, before the body grows beyond SMALL. Raises FetchFailed, named ``name``, for more
    bytes, for an encoding that was not asked for and for a body that breaks off or is not what its
    ``encoding`` says.
    """
    steps = [step.strip().lower() for step in encoding.split(",") if step.strip()]
    if any(step not in ("gzip", "x-gzip", "deflate", "identity") for step in steps) or len(steps) > 1:
        raise FetchFailed(f"the answer is encoded as {encoding!r}, which was not asked for", name=name)
    packed = bool(steps) and steps[0] != "identity"
    try:
        body = _Body(limit, room)
        await _gather(chunks, limit, body, _Unpacker() if packed else None)
        if body.plain.startswith(_GZIP):
            file, body = bytes(body.plain), body.emptied()
            await _gather(_alone(file), limit, body, _Unpacker())
    except TooLarge:
        raise FetchFailed(f"the answer is larger than {limit // 1_000_000} MB", name=name) from None
    except zlib.error as error:
        raise FetchFailed(f"the answer cannot be decompressed: {error}", name=name) from error
    return bytes(body.plain)


class _Body:
    """The bytes so far, at most ``limit``."""

    def __init__(self, limit: int, room: Callable[[], Awaitable[object]] | None) -> None:
        self._limit = limit
        self._room = room
        self.plain = bytearray()

    def emptied(self) -> "_Body":
        """A new one, with the room that this one was given."""
        return _Body(self._limit, self._room)

    async def add(self, part: bytes) -> None:
        if len(self.plain) + len(part) > self._limit:
            raise TooLarge
        if self._room is not None and len(self.plain) + len(part) > SMALL:
            await self._room()
            self._room = None
        self.plain += part


async def _gather(
    chunks: AsyncIterator[bytes], limit: int, body: _Body, unpacker: "_Unpacker | None"
) -> None:
    came = 0
    async for chunk in chunks:
        came += len(chunk)
        if came > limit:
            raise TooLarge
        for part in (chunk,) if unpacker is None else unpacker.feed(chunk):
            await body.add(part)
    if unpacker is not None:
        unpacker.end()


async def _alone(chunk: bytes) -> AsyncIterator[bytes]:
    yield chunk


class _Unpacker:
    """Decompresses gzip, of one member or several, zlib and bare deflate, in small steps."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_EITHER)
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What ``data`` unpacks to, at most _STEP bytes each time."""
        while data:
            if self._stream.eof:
                if not data.startswith(_GZIP):
                    return  # padding after the end
                self._stream = zlib.decompressobj(_EITHER)
            yield self._step(data)
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _step(self, data: bytes) -> bytes:
        try:
            part = self._stream.decompress(data, _STEP)
        except zlib.error:
            if self._begun:
                raise
            # Some servers mean deflate without zlib's frame.
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            part = self._stream.decompress(data, _STEP)
        self._begun = True
        return part

    def end(self) -> None:
        """Raises zlib.error when the end is missing."""
        if self._begun and not self._stream.eof:
            raise zlib.error("it breaks off")
