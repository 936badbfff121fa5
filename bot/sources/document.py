"""One fetched document: its bytes, where they came from, and what text they are in whatever charset."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """What a server (or a file) gave.

    ``address`` is the final one, after redirects; ``content_type`` is the header as it was sent, if it was;
    ``fetched_at`` is aware.
    """

    address: str
    content: bytes
    content_type: str | None
    fetched_at: datetime
