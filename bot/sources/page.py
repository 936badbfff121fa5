"""One page as a source found it, before anybody has read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page, the ``name`` to call it by in messages, and its address when it is known."""

    name: str
    content: bytes
    url: str | None = None
