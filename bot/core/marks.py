"""Which quotation marks of a paragraph belong together, be they curly, straight, mixed or without a mate."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.core.speech import SAID_AFTER_QUOTATION

_MARK = re.compile('["“”„‟«»]')
_BEFORE_OPENING = frozenset(" ([-–—/'‘")
_REACH = 2_000
_AFTER_CLOSING = frozenset(".,;:!?)")
_SENTENCE_START = re.compile(r"[.!?]\s+")
_LOST_CLOSING = re.compile(r"[,?!]\s")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One outermost stretch between marks: ``text[start:end]`` inside them, ``text[outer:after]`` with them.

    ``opened`` and ``closed`` say whether that mark is printed. Where one is not, the stretch goes to the edge
    of its sentence or paragraph.
    """

    outer: int
    start: int
    end: int
    after: int
    opened: bool = True
    closed: bool = True


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """The outermost quoted stretches of a paragraph in order; they never overlap.

    What a mark does is read off the characters around it, as printers mix up the shapes. An opening mark
    without a mate counts to the end of the paragraph when nothing else opens after it, as in a quotation over
    several paragraphs; a closing one counts when words of saying follow.
    """
    stack: list[tuple[int, int]] = []
    found: list[Quoted] = []
    for mark in _MARK.finditer(text):
        at = mark.start()
        if _closes(text, at, inside=bool(stack)):
            if stack:
                opening, before = stack.pop()
                del found[before:]
                found.append(Quoted(opening, opening + 1, at, at + 1))
            elif SAID_AFTER_QUOTATION.match(text, at + 1):
                start = _lost_opening(text, found[-1].after if found else 0, at)
                if start < at:
                    found.append(Quoted(start, start, at, at + 1, opened=False))
        else:
            stack.append((at, len(found)))
    if stack:
        found += _unclosed(text, stack, found)
        found.sort(key=lambda quoted: quoted.outer)
    return tuple(found)


def _closes(text: str, at: int, *, inside: bool) -> bool:
    previous = text[at - 1] if at else " "
    following = text[at + 1] if at + 1 < len(text) else " "
    if inside:
        opens = previous in _BEFORE_OPENING and (following.isalnum() or following in "-(#@[‘'")
        return not opens or bool(
            SAID_AFTER_QUOTATION.match(text, at + 1) and text[at - 2 : at - 1] in {",", "."}
        )
    if previous == " " and following in _AFTER_CLOSING:
        return True
    if previous in _BEFORE_OPENING:
        return (
            following != " " and previous == " " and text[at - 2 : at - 1] == "," and _glued_saying(text, at)
        )
    return not following.isalnum() or _glued_saying(text, at)


def _glued_saying(text: str, at: int) -> bool:
    found = SAID_AFTER_QUOTATION.match(text, at + 1)
    return found is not None and found.start("cue") == at + 1


def _lost_opening(text: str, after: int, closing: int) -> int:
    """Where a quotation without its opening mark begins: with the paragraph, or after the last quotation."""
    if not after:
        return 0
    if closing - after > _REACH:
        return closing
    found = _SENTENCE_START.search(text, after, closing)
    return found.end() if found else closing


def _unclosed(text: str, stack: list[tuple[int, int]], found: list[Quoted]) -> list[Quoted]:
    """The stretches of opening marks that have no mate."""
    openings = [opening for opening, _ in stack]
    outer = [quoted.outer for quoted in found]
    unclosed = []
    for at, opening in enumerate(openings):
        following = bisect_right(outer, opening)
        limits = outer[following : following + 1] + openings[at + 1 : at + 2]
        limit = min(limits, default=len(text))
        end = _saying_inside(text, opening + 1, limit)
        if end is not None:
            unclosed.append(Quoted(opening, opening + 1, end, end, closed=False))
        elif not limits:
            unclosed.append(Quoted(opening, opening + 1, len(text), len(text), closed=False))
    return unclosed


def _saying_inside(text: str, start: int, limit: int) -> int | None:
    for comma in _LOST_CLOSING.finditer(text, start, limit):
        if SAID_AFTER_QUOTATION.match(text, comma.end()):
            return comma.start() + (text[comma.start()] != ",")
    return None
