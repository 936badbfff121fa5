"""Photos, documents and other files that a message carries, as values and as the Bot API shows them."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.simulator.fields import JsonObject


class MediaKind(StrEnum):
    """The kinds of media; the values are the names of a message's fields."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram keeps. ``content`` holds its bytes, or is where they are on disk.

    A file that was sent by its ``address`` has no content, as nothing is fetched from outside, and no size.
    """

    kind: MediaKind
    file_id: str
    unique_id: str
    path: str
    name: str = ""
    mime_type: str = ""
    size: int = 0
    content: bytes | Path | None = field(default=None, repr=False)
    address: str | None = None
    width: int = 0
    height: int = 0

    def as_json(self) -> JsonObject:
        """The fields that every kind of file has."""
        shown: JsonObject = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        if self.size:
            shown["file_size"] = self.size
        return shown


@dataclass(frozen=True, slots=True)
class Media:
    """What a message carries: a file, what its sender says of it (``details``), and how it is to be shown."""

    file: StoredFile
    details: JsonObject = field(default_factory=dict)
    is_caption_above: bool = False
    has_spoiler: bool = False

    @property
    def kind(self) -> MediaKind:
        """The kind of the file."""
        return self.file.kind

    def as_json(self) -> JsonObject:
        """The fields of a message that show the media, without its caption."""
        shown = self._content()
        if self.is_caption_above:
            shown["show_caption_above_media"] = True
        if self.has_spoiler:
            shown["has_media_spoiler"] = True
        return shown

    def _content(self) -> JsonObject:
        file = self.file
        if self.kind is MediaKind.PHOTO:
            return {"photo": [file.as_json() | {"width": file.width, "height": file.height}]}
        shown = dict(self.details)
        if file.name and self.kind is not MediaKind.VOICE:
            shown["file_name"] = file.name
        if file.mime_type:
            shown["mime_type"] = file.mime_type
        shown |= file.as_json()
        if self.kind is MediaKind.ANIMATION:
            # Clients that do not know animations show them as documents.
            document = {name: value for name, value in shown.items() if name not in _MOVING}
            return {"animation": shown, "document": document}
        return {self.kind.value: shown}


_MOVING = frozenset({"duration", "width", "height"})
