"""Files as they come with a call: kept in memory while small, on disk beyond that, read once."""

import hashlib
import tempfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import IO

IN_MEMORY = 1024 * 1024
"""Bytes of a file that are kept in memory; longer ones go to a temporary file."""


class Upload:
    """One uploaded file: the name and type that came with it, and its bytes."""

    def __init__(self, file_name: str, content_type: str) -> None:
        self.file_name = file_name
        self.content_type = content_type
        self.size = 0
        self._hash = hashlib.sha256()
        self._held: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - see close

    def add(self, chunk: bytes) -> None:
        """Appends bytes."""
        self.size += len(chunk)
        self._hash.update(chunk)
        self._held.write(chunk)

    @property
    def digest(self) -> str:
        """A hash of the bytes: equal files have equal ones."""
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """The first ``size`` bytes, or all."""
        self._held.seek(0)
        return self._held.read(size)

    def close(self) -> None:
        """Frees the bytes."""
        self._held.close()


NO_UPLOADS: Mapping[str, Upload] = MappingProxyType({})
"""What a call without files brings."""
