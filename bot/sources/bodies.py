"""The body of an answer, read and decompressed with every byte counted while it comes."""

import zlib
from collections.abc import AsyncIterator

from bot.errors import FetchFailed

ACCEPTED = "gzip, deflate"
"""What servers are told; an answer in another encoding is refused, and so is what could hide in it."""

_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"
_EITHER = zlib.MAX_WBITS | 32
"""zlib's word for: gzip or zlib, as the first bytes say."""


class TooLarge(Exception):
    """The body has more bytes than it may have."""


async def read_body(chunks: AsyncIterator[bytes], *, encoding: str, limit: int, name: str) -> bytes:
    """The decoded body of at most ``limit`` bytes, as it came and as it is; a gzip file is opened as well.

    Raises FetchFailed, named ``name``, for more bytes, for an encoding that was not asked for and for a body
    that breaks off or is not what its ``encoding`` says.
    """
    steps = [step.strip().lower() for step in encoding.split(",") if step.strip()]
    if any(step not in ("gzip", "x-gzip", "deflate", "identity") for step in steps) or len(steps) > 1:
        raise FetchFailed(f"the answer is encoded as {encoding!r}, which was not asked for", name=name)
    packed = bool(steps) and steps[0] != "identity"
    try:
        body = await _gather(chunks, limit, _Unpacker(limit) if packed else None)
        if body.startswith(_GZIP):
            file = _Unpacker(limit)
            file.feed(body)
            body = file.whole()
    except TooLarge:
        raise FetchFailed(f"the answer is larger than {limit // 1_000_000} MB", name=name) from None
    except zlib.error as error:
        raise FetchFailed(f"the answer cannot be decompressed: {error}", name=name) from error
    return body


async def _gather(chunks: AsyncIterator[bytes], limit: int, unpacker: "_Unpacker | None") -> bytes:
    came, plain = 0, bytearray()
    async for chunk in chunks:
        came += len(chunk)
        if came > limit:
            raise TooLarge
        if unpacker is None:
            plain += chunk
        else:
            unpacker.feed(chunk)
    return bytes(plain) if unpacker is None else unpacker.whole()


class _Unpacker:
    """Decompresses gzip, of one member or several, zlib and bare deflate, up to ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._plain = bytearray()
        self._stream = zlib.decompressobj(_EITHER)
        self._begun = False

    def feed(self, data: bytes) -> None:
        """Takes the next bytes; raises TooLarge as soon as they make too many."""
        while data:
            if self._stream.eof:
                if not data.startswith(_GZIP):
                    return  # padding after the end
                self._stream = zlib.decompressobj(_EITHER)
            data = self._step(data)

    def _step(self, data: bytes) -> bytes:
        room = self._limit + 1 - len(self._plain)
        try:
            part = self._stream.decompress(data, room)
        except zlib.error:
            if self._begun:
                raise
            # Some servers mean deflate without zlib's frame.
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            part = self._stream.decompress(data, room)
        self._begun = True
        self._plain += part
        if len(self._plain) > self._limit:
            raise TooLarge
        return self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def whole(self) -> bytes:
        """All that was decompressed; raises zlib.error when the end is missing."""
        if self._begun and not self._stream.eof:
            raise zlib.error("it breaks off")
        return bytes(self._plain)
