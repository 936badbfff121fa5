"""The top of an RM.id page: title and kicker above the date, captions and authors under it."""

import re

_WIDGET_START = "hasil rekapitulasi kpu"
_WIDGET_END = re.compile(r"sumber\s?: ?kpu", re.IGNORECASE)
_FURNITURE = frozenset({"dark/light mode", "dewan pers", "breakingnews"})
_KICKER_LIMIT = 100

_COLUMN_SECTIONS = frozenset({"kolom", "ngopi"})
_COLUMN_LINE = re.compile(r"ngopi\s*[-–—]", re.IGNORECASE)
_NOTE_LINE = re.compile(r"catatan\s*:\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w'’.,-]*(?: [^\W\d_][\w'’.,-]*){0,5}")
_NAME_LIMIT = 60
_CAPTION_LINES = 12


def read_headline(lines: list[str]) -> tuple[str | None, str | None]:
    """Kicker and title from the clean lines above the date: the last is the title, one other its kicker."""
    texts = [line for line in _without_widget(lines) if line and not _is_furniture(line)]
    if not texts:
        return None, None
    *above, title = texts
    kicker = above[0] if len(above) == 1 and len(above[0]) <= _KICKER_LIMIT else None
    return (None if kicker == title else kicker), title


def _is_furniture(line: str) -> bool:
    return line.lower() in _FURNITURE or line.startswith("- ")


def _without_widget(lines: list[str]) -> list[str]:
    """``lines`` without the table of election results that the site once printed over every article."""
    start = next((at for at, line in enumerate(lines) if line.lower() == _WIDGET_START), None)
    if start is None:
        return lines
    end = next((at for at in range(len(lines) - 1, start, -1) if _WIDGET_END.fullmatch(lines[at])), None)
    if end is None:
        # The table's end was lost: only the last line above the date is surely no part of it.
        return lines[:start] + [line for line in lines[start:] if line][1:][-1:]
    return lines[:start] + lines[end + 1 :]


def read_under_date(
    lines: list[str], *, title: str, section: str | None
) -> tuple[tuple[str, ...], str | None]:
    """Captions and author from the clean lines between the date and the text.

    A column prints its author's name there instead of a caption, mostly twice and in capitals.
    """
    texts = [line for line in lines if line and not _is_furniture(line) and line != title]
    column = section in _COLUMN_SECTIONS
    if any(_COLUMN_LINE.match(line) or _NOTE_LINE.match(line) for line in texts):
        column = True
        texts = [_NOTE_LINE.sub("", line) for line in texts if not _COLUMN_LINE.match(line)]
        texts = [line for line in texts if line]
    author = next((line for line in texts if _is_author(line, texts, column=column)), None)
    if author is None:
        return _captions(texts), None
    others = [line for line in texts if line != author]
    # Beside an author's name stands the author's role, a short line, rather than a caption.
    return _captions([line for line in others if not _NAME.fullmatch(line)]), author


def _is_author(line: str, lines: list[str], *, column: bool) -> bool:
    if len(line) > _NAME_LIMIT or not _NAME.fullmatch(line):
        return False
    if column:
        return True
    return line.isupper() and (len(lines) == 1 or lines.count(line) > 1)


def _captions(lines: list[str]) -> tuple[str, ...]:
    """Each caption once: pages print it twice, and one copy may be broken into lines or lack its credit."""
    squeezed = [_squeezed(line) for line in lines]
    if 1 < len(lines) <= _CAPTION_LINES:
        for at in range(1, len(lines)):
            first, second = "".join(squeezed[:at]), "".join(squeezed[at:])
            if _same(first, second):
                second_is_fuller = (len(second), at) >= (len(first), len(lines) - at)
                return (" ".join(lines[at:] if second_is_fuller else lines[:at]),)
    kept: dict[str, str] = {}
    for key, line in zip(squeezed, lines, strict=True):
        kept.setdefault(key, line)
    return tuple(kept.values())


def _same(one: str, other: str) -> bool:
    """Whether two squeezed copies print one caption, be it that one of them ends earlier."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and len(shorter) * 2 > len(longer)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
