"""The files that Telegram keeps: what was uploaded, what was sent by its address, and the names of both."""

import base64
import binascii
import hashlib
import mimetypes
import re
import tempfile
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bot.simulator.errors import BadRequest
from bot.simulator.images import image_size
from bot.simulator.links import NotALink, checked_link
from bot.simulator.media import MediaKind, StoredFile
from bot.simulator.uploads import IN_MEMORY, Upload

MAX_PHOTO = 10 * 1024 * 1024
"""Bytes of an uploaded photo."""

MAX_DOWNLOAD = 20 * 1024 * 1024
"""Bytes of a file that a bot may download."""

UNSEEN_PHOTO = (1280, 720)
"""Width and height that a photo sent by its address is said to have: nobody has looked."""

_MAX_SIDES = 10_000
_MAX_RATIO = 20
_FOLDERS = {
    MediaKind.PHOTO: "photos",
    MediaKind.DOCUMENT: "documents",
    MediaKind.VIDEO: "videos",
    MediaKind.ANIMATION: "animations",
    MediaKind.AUDIO: "music",
    MediaKind.VOICE: "voice",
}
# What a file of a kind is taken for when its name says nothing of that kind.
_TYPES = {
    MediaKind.DOCUMENT: "application/octet-stream",
    MediaKind.VIDEO: "video/mp4",
    MediaKind.ANIMATION: "video/mp4",
    MediaKind.AUDIO: "audio/mpeg",
    MediaKind.VOICE: "audio/ogg",
}
_ENDINGS = {
    MediaKind.PHOTO: ".jpg",
    MediaKind.VIDEO: ".mp4",
    MediaKind.ANIMATION: ".mp4",
    MediaKind.AUDIO: ".mp3",
    MediaKind.VOICE: ".oga",
}
_BY_NAME = mimetypes.MimeTypes()
_UNCLEAN = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
_FILE_ID = re.compile(r"[A-Za-z0-9_-]*")
# A name that no machine can have: an address there stands for one that Telegram cannot reach.
_UNREACHABLE = ".invalid"


class Files:
    """Files by their ids. Equal uploads of one kind and name are kept once."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._by_unique_id: dict[str, StoredFile] = {}
        self._by_key: dict[tuple[MediaKind, str, str], StoredFile] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def find(self, file_id: str, kind: MediaKind | None = None) -> StoredFile:
        """The file of an id; BadRequest when there is none, or when it is of another ``kind``."""
        file = self._by_id.get(file_id)
        if file is None:
            raise BadRequest(f"Wrong remote file identifier specified: {_fault(file_id)}")
        if kind is not None and file.kind is not kind:
            raise BadRequest(f"Can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
        return file

    def known(self, file_id: str) -> bool:
        """Whether a file has this id."""
        return file_id in self._by_id

    def at_path(self, path: str) -> StoredFile | None:
        """The file of a path as getFile gives it."""
        return self._by_path.get(path)

    def of_unique_id(self, unique_id: str) -> StoredFile | None:
        """The file of an id that stays the same for all bots."""
        return self._by_unique_id.get(unique_id)

    def add_upload(self, kind: MediaKind, upload: Upload) -> StoredFile:
        """Keeps an uploaded file; BadRequest for an empty one and for what is no photo but should be."""
        if not upload.size:
            raise BadRequest("File must be non-empty")
        name = _clean_name(upload.file_name)
        key = (kind, upload.digest, "" if kind is MediaKind.PHOTO else name)
        if file := self._by_key.get(key):
            return file
        width, height = _photo_size(upload) if kind is MediaKind.PHOTO else (0, 0)
        content = upload.read() if upload.size <= IN_MEMORY else self._written(upload)
        return self._add(kind, key, name=name, size=upload.size, content=content, width=width, height=height)

    def add_address(self, kind: MediaKind, address: str) -> StoredFile:
        """Keeps an address for a file, which is not fetched; BadRequest for what is no address."""
        try:
            address = checked_link(address)
            parts = urlsplit(address)
        except ValueError as error:
            raise BadRequest(f"Invalid file HTTP URL specified: {_reason(error)}") from error
        if (parts.hostname or "").endswith(_UNREACHABLE):
            raise BadRequest("Failed to get HTTP URL content")
        name = _clean_name(unquote(PurePosixPath(parts.path).name))
        key = (kind, address, "")
        if file := self._by_key.get(key):
            return file
        width, height = UNSEEN_PHOTO if kind is MediaKind.PHOTO else (0, 0)
        return self._add(kind, key, name=name, address=address, width=width, height=height)

    def close(self) -> None:
        """Takes the files off the disk."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _add(
        self,
        kind: MediaKind,
        key: tuple[MediaKind, str, str],
        *,
        name: str,
        width: int,
        height: int,
        size: int = 0,
        content: bytes | Path | None = None,
        address: str | None = None,
    ) -> StoredFile:
        number = len(self._by_id)
        named = hashlib.sha256("\0".join(key).encode()).digest()
        file = StoredFile(
            kind,
            _letters(b"\x02" + number.to_bytes(8, "big") + named[:27]),
            f"AQAD{_letters(named[27:])}",
            f"{_FOLDERS[kind]}/file_{number}{PurePosixPath(name).suffix or _ENDINGS.get(kind, '')}",
            name="" if kind is MediaKind.PHOTO else name,
            mime_type="" if kind is MediaKind.PHOTO else _mime_type(kind, name),
            size=size,
            content=content,
            address=address,
            width=width,
            height=height,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = self._by_key[key] = file
        self._by_unique_id[file.unique_id] = file
        return file

    def _written(self, upload: Upload) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="local-telegram-")
        path = Path(self._folder.name) / upload.digest
        path.write_bytes(upload.read())
        return path


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _fault(file_id: str) -> str:
    """What Telegram says of a text that is no id of a file."""
    if not _FILE_ID.fullmatch(file_id):
        return "Wrong character in the string"
    try:
        base64.urlsafe_b64decode(file_id + "=" * (-len(file_id) % 4))
    except (ValueError, binascii.Error):
        return "Wrong string length"
    return "can't unserialize it"


def _reason(error: ValueError) -> str:
    return str(error) if isinstance(error, NotALink) else "Host is invalid"


def _clean_name(name: str) -> str:
    return _UNCLEAN.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .")[:255]


def _mime_type(kind: MediaKind, name: str) -> str:
    guessed = _BY_NAME.guess_type(name)[0] or ""
    family = _TYPES[kind].partition("/")[0]
    return guessed if guessed and (kind is MediaKind.DOCUMENT or guessed.startswith(family)) else _TYPES[kind]


def _photo_size(upload: Upload) -> tuple[int, int]:
    if upload.size > MAX_PHOTO:
        raise BadRequest(
            f"File of size {upload.size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    size = image_size(upload.read())
    if size is None:
        raise BadRequest("IMAGE_PROCESS_FAILED")
    if sum(size) > _MAX_SIDES or max(size) > _MAX_RATIO * min(size):
        raise BadRequest("PHOTO_INVALID_DIMENSIONS")
    return size
