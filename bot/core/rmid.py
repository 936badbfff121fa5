"""The text of an RM.id page to an Article: the page's own grammar, line by line. Nothing is fetched or guessed."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.article import Article, Block, BlockKind
from bot.core.dates import parse_date
from bot.core.rmid_head import read_headline, read_under_date
from bot.core.text import clean_lines, decode_page, refuse_binary
from bot.errors import NotAnArticle

__all__ = ["decode_page", "parse_page"]

_DATE_EXAMPLE = '"Selasa, 12 September 2023 11:54 WIB"'
_TEXT_EXAMPLE = '"RM.id Rakyat Merdeka - Pemerintah ..."'

_ADDRESS = re.compile(
    r"https?://[^/?#]+/baca-berita/(?P<section>[\w-]+)/\d+(?:/[^/?#]*(?:/(?P<page>\d{1,3}))?)?",
    re.ASCII | re.IGNORECASE,
)
_DATELINE = re.compile(r"RM\.?\s?id,?\s*Rakyat Merdeka\s*[-–—]+\s*", re.IGNORECASE)
_RELATED = re.compile(r"(?:baca\s*juga|berita\s+terkait)\s*:\s*", re.IGNORECASE)
_FOOTER = re.compile(r"update berita dan artikel RM|dapatkan juga update berita", re.IGNORECASE)
_CHANNEL = re.compile(r"(?:https?://)?(t\.me/[\w+/-]+)", re.ASCII)
_CREDIT = re.compile(r"\bfoto\w?\s?[:)]|\(foto", re.IGNORECASE)
_END_MARK = re.compile(r"\s?(?:\[[A-Z*/]{1,9}\]|■)$")
_SENTENCE_END = tuple(".?!:;,…\"”'’)")

_SUBHEAD_LIMIT = 80
_SMALL_WORDS = frozenset("atau bin dan dari dengan di ke oleh pada untuk vs yang".split())


def parse_page(text: str, *, name: str = "-", url: str | None = None) -> Article:
    """The article in the visible text of one RM.id page; ``name`` is the file or address it came from.

    The section and the page's number come from ``url`` when it is an article's address. Raises NotAnArticle,
    saying what was missing and what such a line looks like, for everything that is not such a page.
    """
    refuse_binary(text, name=name)
    lines = clean_lines(text)
    if not any(lines):
        raise NotAnArticle("the text is empty; expected a title, a date line and paragraphs", name=name)
    date_at, published_at = _find_date(lines, name)
    kicker, title = read_headline(lines[:date_at])
    if title is None:
        raise NotAnArticle("a title, the last line before the date", name=name)
    address = _ADDRESS.match(url) if url else None
    section = address["section"].lower() if address else None
    under_date, body = _divide(lines[date_at + 1 :])
    captions, byline = read_under_date(under_date, title=title, section=section)
    read = _read_body(body)
    if not any(block.kind is BlockKind.PARAGRAPH for block in read.blocks):
        raise NotAnArticle(f"a paragraph after the date, such as {_TEXT_EXAMPLE}", name=name)
    return Article(
        title=title,
        published_at=published_at,
        blocks=read.blocks,
        kicker=kicker,
        section=section,
        byline=byline,
        captions=captions,
        related=tuple(read.related),
        url=url,
        page=max(int(address["page"] or 1) if address else 1, read.page),
        has_next=read.has_next,
        channel_link=read.channel_link,
    )


def _find_date(lines: list[str], name: str) -> tuple[int, datetime]:
    for at, line in enumerate(lines):
        if moment := parse_date(line):
            return at, moment
    if next(filter(None, lines)).startswith("<"):
        raise NotAnArticle("this is HTML; expected the page's visible text, one paragraph a line", name=name)
    raise NotAnArticle(f"a date line under the title, such as {_DATE_EXAMPLE}", name=name)


def _divide(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands between the date and the text (captions, an author), and the text with its dateline taken off."""
    for at, line in enumerate(lines):
        if found := _DATELINE.match(line):
            return lines[:at], [line[found.end() :], *lines[at + 1 :]]
        if line.lower() == "sebelumnya":
            return lines[:at], lines[at:]
    head = lines[: lines.index("")] if "" in lines else []
    doubled = len(set(head)) < len(head)
    if doubled or any(_CREDIT.search(line) for line in head):
        return head, lines[len(head) :]
    return [], lines


@dataclass(slots=True)
class _Body:
    texts: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    page: int = 1
    has_next: bool = False
    channel_link: str | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(
            Block(BlockKind.SUBHEAD if _is_subhead(self.texts, at) else BlockKind.PARAGRAPH, text)
            for at, text in enumerate(self.texts)
        )


def _read_body(lines: list[str]) -> _Body:
    body = _Body()
    glued = False
    for at, line in enumerate(lines):
        if _FOOTER.match(line):
            body.channel_link = _channel_link(lines[at:])
            break
        glued = _read_line(line, body, glued=glued)
    _remove_end_marks(body.texts)
    return body


def _read_line(line: str, body: _Body, *, glued: bool) -> bool:
    """Take one line into ``body``; whether the next line may go on with its sentence."""
    if not line or line.lower() in {"dark/light mode", "dewan pers"}:
        return False
    if line.lower() == "selanjutnya":
        body.has_next = True
        return False
    if line.lower() == "sebelumnya":
        body.page = 2
        return False
    if found := _RELATED.match(line):
        if title := line[found.end() :]:
            body.related.append(title)
        return False
    if glued and line[0].islower() and not body.texts[-1].endswith(_SENTENCE_END):
        body.texts[-1] += f" {line}"
    else:
        body.texts.append(line)
    return True


def _channel_link(lines: list[str]) -> str | None:
    for line in lines:
        if found := _CHANNEL.search(line):
            return f"https://{found[1]}"
    return None


def _remove_end_marks(texts: list[str]) -> None:
    """Take the writer's initials or the closing square off the end of the last text."""
    while texts:
        without = _END_MARK.sub("", texts[-1])
        if without == texts[-1]:
            return
        if without:
            texts[-1] = without
        else:
            texts.pop()


def _is_subhead(texts: list[str], at: int) -> bool:
    """Whether the text at ``at`` is a short line of its own between paragraphs; rows of a list are not."""
    if not 0 < at < len(texts) - 1:
        return False
    return _reads_as_subhead(texts[at]) and not any(map(_reads_as_subhead, (texts[at - 1], texts[at + 1])))


def _reads_as_subhead(text: str) -> bool:
    if len(text) > _SUBHEAD_LIMIT or not text[0].isupper():
        return False
    if text.endswith(("?", "!")):
        return all(
            word[0].isupper() or not word[0].isalpha() or word in _SMALL_WORDS for word in text.split()
        )
    return not text.endswith(_SENTENCE_END) and text.count(" ") < 10
