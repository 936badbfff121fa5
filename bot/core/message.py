"""A message as Telegram takes it: HTML, buttons, and Telegram's limits on them. Nothing here sends."""

from dataclasses import dataclass

TEXT_LIMIT = 4096
"""Characters of a message's text, counted as code points after its entities are parsed."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: ``data`` comes back to the bot (64 bytes at most), ``url`` opens a page."""

    label: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError(f"button {self.label!r} needs either data or url")
        if self.data is not None and not 1 <= len(self.data.encode()) <= 64:
            raise ValueError(
                f"button {self.label!r} has data of {len(self.data.encode())} bytes, not 1 to 64"
            )


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent: HTML of at most TEXT_LIMIT characters and rows of buttons.

    ``preview`` is the address whose link preview belongs to the message; None shows no preview.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str | None = None
