"""The text of an RM.id page: paragraphs, subheads, related titles, other pages, end marks, footer."""

import re
from dataclasses import dataclass, field

from bot.core.article import Block, BlockKind

_RELATED = re.compile(r"(?:baca\s*juga|berita\s+terkait)\s*:\s*", re.IGNORECASE)
_FOOTER = re.compile(r"update berita dan artikel RM|dapatkan juga update berita", re.IGNORECASE)
_FURNITURE = frozenset(("dark/light mode", "dewan pers"))
_LONGEST_FURNITURE = max(map(len, _FURNITURE))
_FURNITURE_INITIALS = ("", *"BbDdSsUu")
"""What a line begins with that is no text of the article, for speed; an empty line is none either."""

_CHANNEL = re.compile(r"(?:https?://)?(t\.me/[\w+/-]+)", re.ASCII)
_END_MARK = re.compile(r"\s?(?:\[[A-Z*/]{1,9}\]|■)$")
_MOST_END_MARKS = 3
_SENTENCE_END = tuple(".?!:;,…\"”'’)")

_SUBHEAD_LIMIT = 80
_SMALL_WORDS = frozenset(
    ("atau", "bin", "dan", "dari", "dengan", "di", "ke", "oleh", "pada", "untuk", "vs", "yang")
)


@dataclass(slots=True)
class Body:
    """What was read: ``texts`` are paragraphs and subheads in order, the rest is what stood between them."""

    texts: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    page: int = 1
    has_next: bool = False
    channel_link: str | None = None

    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs and subheads in order: a subhead is a short line between paragraphs, no list row."""
        short = [False, *map(_reads_as_subhead, self.texts), False]
        last = len(self.texts) - 1
        return tuple(
            Block(
                BlockKind.SUBHEAD
                if 0 < at < last and short[at + 1] and not short[at] and not short[at + 2]
                else BlockKind.PARAGRAPH,
                text,
            )
            for at, text in enumerate(self.texts)
        )


def read_body(lines: list[str]) -> Body:
    """A page's text from its clean lines after the dateline; the footer and what follows are left out."""
    body = Body()
    # The lines of the paragraph that may still go on.
    glued: list[str] = []
    for at, line in enumerate(lines):
        first = line[:1]
        if first in _FURNITURE_INITIALS:
            if _FOOTER.match(line):
                body.channel_link = _channel_link(lines[at:])
                break
            if not line or _read_furniture(line, body):
                _end_paragraph(body, glued)
                continue
        if not (glued and first.islower()) or glued[-1].endswith(_SENTENCE_END):
            _end_paragraph(body, glued)
        glued.append(line)
    _end_paragraph(body, glued)
    _remove_end_marks(body.texts)
    return body


def _end_paragraph(body: Body, glued: list[str]) -> None:
    if glued:
        body.texts.append(" ".join(glued))
        glued.clear()


def _read_furniture(line: str, body: Body) -> bool:
    """Take a line that is no text into ``body``; False for one that is text."""
    known = line.lower() if len(line) <= _LONGEST_FURNITURE else ""
    if known == "selanjutnya":
        body.has_next = True
    elif known == "sebelumnya":
        body.page = 2
    elif found := _RELATED.match(line):
        if title := line[found.end() :]:
            body.related.append(title)
    else:
        return known in _FURNITURE
    return True


def _channel_link(lines: list[str]) -> str | None:
    for line in lines:
        if found := _CHANNEL.search(line):
            return f"https://{found[1]}"
    return None


def _remove_end_marks(texts: list[str]) -> None:
    """Take the writer's initials or the closing square off the end of the last text."""
    for _ in range(_MOST_END_MARKS):
        without = _END_MARK.sub("", texts[-1]) if texts else ""
        if not texts or without == texts[-1]:
            return
        if without:
            texts[-1] = without
        else:
            texts.pop()


def _reads_as_subhead(text: str) -> bool:
    if len(text) > _SUBHEAD_LIMIT or not text[0].isupper():
        return False
    if text.endswith(("?", "!")):
        return all(
            word[0].isupper() or not word[0].isalpha() or word in _SMALL_WORDS for word in text.split()
        )
    return not text.endswith(_SENTENCE_END) and text.count(" ") < 10
