"""Text as Pillow draws it: the fonts that ship with the project, runs of one font, lines of a width.

Nothing here knows what a card looks like. Imported only where one is drawn, since Pillow takes its time.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
"""Our fonts, with their licence and where they come from."""


class Face(StrEnum):
    """The typefaces, by their files' names."""

    SERIF_SEMIBOLD = "KabarSerif-SemiBold"
    SERIF_BOLD = "KabarSerif-Bold"
    SANS = "KabarSans-Regular"
    SANS_SEMIBOLD = "KabarSans-SemiBold"
    EMOJI = "NotoEmoji-Regular"


_EMOJI_SCALE = 0.92
"""Emoji are wider and taller than letters of their size."""


@lru_cache(maxsize=256)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{face}.woff2", size)


# A digit in its keycap; all else that belongs to one emoji follows it without a gap.
_EMOJI = re.compile(r"[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}|\S")
_JOINING = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: typeface, size in pixels, and the space between letters, in parts of the size."""

    face: Face
    size: int
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font."""

    text: str
    face: Face


def drawable(text: str, face: Face) -> bool:
    """Whether every letter and digit of ``text`` is in our fonts; other signs may be left out."""
    return all(
        _has(face, character) or _has(Face.EMOJI, character)
        for character in set(text)
        if unicodedata.category(character)[0] in "LN"
    )


def width(text: str, style: Style) -> float:
    """The pixels that ``text`` takes on one line."""
    return sum(_run_width(run, style) for run in _runs(text, style.face))


def draw(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, style: Style, ink: str) -> None:
    """Draws ``text`` on one line, its baseline beginning at ``at``."""
    x, y = at
    for run in _runs(text, style.face):
        pieces = run.text if style.tracking and run.face is not Face.EMOJI else (run.text,)
        for piece in pieces:
            pen.text((x, y), piece, font=_font_of(run.face, style.size), fill=ink, anchor="ls")
            x += _run_width(Run(piece, run.face), style)


def lines(text: str, style: Style, room: float) -> list[str]:
    """``text`` in lines of at most ``room`` pixels, of about the same length each."""
    wrapped = _wrapped(text, style, room)
    if len(wrapped) < 2:
        return wrapped
    narrow, wide = room / 2, room
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(_wrapped(text, style, middle)) > len(wrapped):
            narrow = middle
        else:
            wide = middle
    return _wrapped(text, style, wide)


def cut(text: str, style: Style, room: float, most: int) -> list[str]:
    """At most ``most`` lines of ``room`` pixels; a longer text ends at a word, with an ellipsis."""
    wrapped = _wrapped(text, style, room)
    if len(wrapped) <= most:
        return lines(text, style, room)
    last = wrapped[most - 1].rstrip(" ,;:.–—-")
    while last and width(f"{last} …", style) > room:
        last = last.rpartition(" ")[0].rstrip(" ,;:.–—-")
    return [*wrapped[: most - 1], f"{last} …".lstrip()]


def _wrapped(text: str, style: Style, room: float) -> list[str]:
    done: list[str] = []
    line = ""
    for word in _words(text, style, room):
        longer = f"{line} {word}" if line else word
        if line and width(longer, style) > room:
            done.append(line)
            line = word
        else:
            line = longer
    return [*done, line] if line else done


def _words(text: str, style: Style, room: float) -> Iterator[str]:
    """The words of ``text``; one that no line holds comes in pieces."""
    # No letter of ours is narrower than a tenth of its size, so no line holds more than these.
    longest = max(1, int(10 * room / style.size))
    for written in text.split():
        word = written
        while len(word) > longest or width(word, style) > room:
            piece = word[:longest]
            # At least one letter, however narrow the line.
            fits = 1 + bisect_right(
                range(2, len(piece) + 1), room, key=lambda count: width(piece[:count], style)
            )
            yield piece[:fits]
            word = word[fits:]
        if word:
            yield word


@lru_cache(maxsize=4096)
def _runs(text: str, face: Face) -> tuple[Run, ...]:
    return tuple(_joined(_signs(text, face)))


def _signs(text: str, face: Face) -> Iterator[Run]:
    """Each sign with the font that has it; what no font has is left out."""
    done = 0
    while done < len(text):
        found = _EMOJI.match(text, done)
        sign = found[0] if found else text[done]
        done += len(sign)
        if (len(sign) > 1 and _has(Face.EMOJI, sign[0])) or _JOINING.match(sign):
            yield Run(sign, Face.EMOJI)
        elif sign.isspace() or _has(face, sign):
            yield Run(sign, face)
        elif _has(Face.EMOJI, sign):
            yield Run(sign, Face.EMOJI)


def _joined(signs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one font together; marks that join emoji only behind an emoji."""
    text, face = "", None
    for sign in signs:
        if _JOINING.match(sign.text) and face is not Face.EMOJI:
            continue
        if sign.face is face:
            text += sign.text
            continue
        if text and face is not None:
            yield Run(text, face)
        text, face = sign.text, sign.face
    if text and face is not None:
        yield Run(text, face)


@lru_cache(maxsize=8192)
def _has(face: Face, character: str) -> bool:
    font = _font(face, 20)
    # Every sign that a font lacks is drawn as the same box, and this one no font has.
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010ffff")) or character.isspace()


def _font_of(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return _font(face, round(size * _EMOJI_SCALE) if face is Face.EMOJI else size)


@lru_cache(maxsize=16_384)
def _run_width(run: Run, style: Style) -> float:
    spaced = len(run.text) * style.tracking * style.size if run.face is not Face.EMOJI else 0
    return _font_of(run.face, style.size).getlength(run.text) + spaced
