"""A page's bytes to clean lines of visible text: encodings, invisible characters, spaces. No grammar."""

import re

from bot.errors import NotAnArticle

_HIDDEN_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_NOT_SHOWN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd]"
)
_CONTROL_SHARE = 0.05


def decode_page(data: bytes, *, name: str) -> str:
    """The text in a file's bytes: UTF-16 when a byte order mark says so, else UTF-8, else Windows-1252.

    Raises NotAnArticle, naming ``name``, for bytes that are no text at all.
    """
    text = _decode(data)
    refuse_binary(text, name=name)
    return text


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def refuse_binary(text: str, *, name: str) -> None:
    """Raise NotAnArticle when ``text`` holds a NUL or so many control characters that nobody can read it."""
    controls = text.count("\ufffd")
    controls += sum(
        len(_HIDDEN_CONTROLS.findall(line)) for line in text.splitlines() if not line.isprintable()
    )
    if "\0" in text or controls > len(text) * _CONTROL_SHARE:
        raise NotAnArticle("this is binary data; expected the page's visible text", name=name)


def clean_lines(text: str) -> list[str]:
    """The lines of ``text``, blank ones as ``""``; every run of spaces (U+00A0 too) is one plain space."""
    return [" ".join(_visible(line).split()) for line in text.splitlines()]


def _visible(line: str) -> str:
    return line if line.isprintable() and "\ufffd" not in line else _NOT_SHOWN.sub("", line)
