"""A message as Telegram takes it: HTML, buttons, and Telegram's limits on them. Nothing here sends."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

TEXT_LIMIT = 4096
"""Characters of a message's text, counted as code points after its entities are parsed."""

ENTITY_LIMIT = 100
"""Formatted spans in one message; Telegram ignores those after."""

CAPTION_LIMIT = 1024
"""Characters of the text under a picture (Bot API, sendPhoto)."""

NOTICE_LIMIT = 200
"""Characters of the answer to a button press (Bot API, answerCallbackQuery)."""


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

    ``preview`` is the address whose link preview belongs to the message; None shows no preview. With
    ``asks``, the hint in the empty field (64 characters at most), the reader is asked to reply. ``picture``
    is the address of a picture that comes with it, where Telegram can have it; the text is then its caption,
    cut to CAPTION_LIMIT characters.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview: str | None = None
    asks: str | None = None
    picture: str | None = None


def text_length(html: str) -> int:
    """The length of ``html`` as Telegram counts it: code points after tags and entities are parsed.

    Raises ValueError where Telegram would refuse the HTML; so does ``shorten``.
    """
    return sum(len(piece.text) for piece in _pieces(html))


def shorten(html: str, limit: int = TEXT_LIMIT) -> str:
    """``html`` with at most ``limit`` characters (one or more) and at most ENTITY_LIMIT entities.

    A longer text ends in " …" at a sentence's end, else between words; tags that are open there are
    closed. Tags of entities beyond ENTITY_LIMIT are left out, their text stays. Raises ValueError where
    Telegram would refuse the HTML.
    """
    pieces = tuple(_pieces(html))
    text = "".join(piece.text for piece in pieces)
    if len(text) <= limit:
        return _written(pieces, len(text), "")
    end = _end(text, limit)
    return _written(pieces, end, " …" if end else "…")


def shorten_text(text: str, limit: int) -> str:
    """Plain ``text`` with at most ``limit`` characters (one or more), cut and marked as ``shorten`` does."""
    if len(text) <= limit:
        return text
    end = _end(text, limit)
    return f"{text[:end]} …" if end else "…"


def split_text(text: str, limit: int) -> tuple[str, ...]:
    """Plain ``text`` in pieces of at most ``limit`` characters, divided where ``shorten_text`` would cut."""
    pieces: list[str] = []
    while len(text) > limit:
        end = _end(text, limit) or limit
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return (*pieces, text)


def unlinked(text: str) -> str:
    """``text`` with its handles left as text: Telegram would make ``@name`` a link to whoever bears the name.

    An invisible word joiner after the sign keeps them apart.
    """
    return _HANDLE.sub("@\u2060", text)


def one_line(text: str) -> str:
    """``text`` on one line, without characters that would turn or hide the text around it."""
    return " ".join(_DISTURBING.sub("", text).split())


# Also where a letter stands before the sign, so that nothing depends on how Telegram finds its words.
_HANDLE = re.compile(r"@(?=\w)")

# Control characters that are no white space, overrides and isolates of the writing direction (their effect
# reaches into what follows them), and halves of surrogate pairs.
_DISTURBING = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


# The tags of Telegram's HTML (Bot API, "HTML style"). `span` is allowed as a spoiler only.
_TAGS = {"b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "a", "code", "pre", "blockquote", "span"}
_TAGS |= {"tg-spoiler", "tg-emoji", "tg-time"}
_MARKUP = re.compile(
    r"""<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)>"""
    r"|&(?:\#x(?P<hex>[0-9a-fA-F]{1,6})|\#(?P<decimal>[0-9]{1,7})|(?P<named>lt|gt|amp|quot)(?![a-zA-Z]));?"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A tag (``name`` set, ``text`` empty), an entity (``text`` one character) or a run of plain text."""

    source: str
    text: str
    name: str | None = None
    closes: bool = False


def _pieces(html: str) -> Iterator[_Piece]:
    """The tags, entities and runs of ``html`` in order; ValueError at what Telegram would refuse."""
    open_tags: list[str] = []
    done = 0
    for found in _MARKUP.finditer(html):
        if found.start() > done:
            yield _run(html[done : found.start()])
        done = found.end()
        if found["name"] is None:
            yield _Piece(found[0], _character(found))
            continue
        tag = _tag(found)
        if tag.closes:
            expected = open_tags.pop() if open_tags else None
            if tag.name != expected:
                raise ValueError(f"{tag.source} closes {f'<{expected}>' if expected else 'nothing'}")
        elif tag.name == "blockquote" and "blockquote" in open_tags:
            raise ValueError("block quotes do not nest")
        else:
            open_tags.append(tag.name or "")
        yield tag
    if done < len(html):
        yield _run(html[done:])
    if open_tags:
        raise ValueError(f"<{open_tags[-1]}> is never closed")


def _run(text: str) -> _Piece:
    if "<" in text:
        raise ValueError(f"a bare < before {text[text.index('<') + 1 :][:20]!r}; write &lt;")
    return _Piece(text, text)


def _tag(found: re.Match[str]) -> _Piece:
    name = found["name"].lower()
    if name not in _TAGS:
        raise ValueError(f"{found[0]} is none of Telegram's tags")
    if name == "span" and not found["slash"] and "tg-spoiler" not in found["rest"]:
        raise ValueError(f'{found[0]} is none of Telegram\'s tags; write <span class="tg-spoiler">')
    return _Piece(found[0], "", name, bool(found["slash"]))


def _character(found: re.Match[str]) -> str:
    if found["named"]:
        return _NAMED[found["named"]]
    number = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    # Telegram leaves a reference to no character as it is written.
    return chr(number) if 0 < number < 0x10FFFF else found[0]


def _written(pieces: tuple[_Piece, ...], end: int, mark: str) -> str:
    """The first ``end`` characters of ``pieces``, then ``mark`` (empty: nothing is cut), all tags closed."""
    written: list[str] = []
    open_tags: list[tuple[str, bool]] = []
    entities = 0
    for piece in pieces:
        if mark and not end:
            break
        if piece.name is None:
            written.append(piece.source if len(piece.text) <= end else piece.source[:end])
            end -= min(len(piece.text), end)
        elif piece.closes:
            if open_tags.pop()[1]:
                written.append(piece.source)
        else:
            entities += 1
            open_tags.append((piece.name, entities <= ENTITY_LIMIT))
            if entities <= ENTITY_LIMIT:
                written.append(piece.source)
    written.append(mark)
    written.extend(f"</{name}>" for name, kept in reversed(open_tags) if kept)
    return "".join(written)


# A full stop, with the marks that close after it, where no lower-case word follows; or the end of a line.
_SENTENCE_END = re.compile(r"""[.!?…]["”’»)\]]*(?=\s+[^a-z\s])|(?=\n)""")
# `Prof.`, `Ir.`, `H.`, `S.H.`: a short capitalised word more often carries a title than ends a sentence.
_ABBREVIATION = re.compile(r"""(?:^|[\s("“‘.])[A-Z][a-z]{0,3}\.$""")


def _end(text: str, limit: int) -> int:
    """Where to cut ``text`` so that it and " …" fit into ``limit``: 0 when nothing fits."""
    if limit < 1:
        raise ValueError(f"a text cannot be shortened to {limit} characters")
    room = limit - 2
    if room < 1:
        return 0
    end = _sentence_end(text, room) or _word_end(text, room) or _character_end(text, room)
    return len(text[:end].rstrip())


def _sentence_end(text: str, room: int) -> int:
    """The last end of a sentence in the second half of the room; 0 when there is none."""
    # The look-ahead needs to see a few characters behind the room.
    ends = [found.end() for found in _SENTENCE_END.finditer(text, room // 2, room + 8)]
    for end in reversed(ends):
        if end <= room and not _ABBREVIATION.search(text, max(0, end - 6), end):
            return end
    return 0


def _word_end(text: str, room: int) -> int:
    """The last end of a word in the second half of the room; 0 when one word fills it."""
    return next((end for end in range(room, room // 2, -1) if text[end].isspace()), 0)


def _character_end(text: str, room: int) -> int:
    """The last place in the room between two characters as readers see them (joined emoji stay whole)."""
    for end in range(room, room // 2, -1):
        joined = text[end - 1] == "\u200d" or text[end] == "\u200d"
        if not joined and unicodedata.category(text[end]) not in ("Mn", "Me", "Mc", "Sk"):
            return end
    return room
