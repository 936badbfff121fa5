"""The text of an RM.id page to an Article: the page's own grammar, line by line. Nothing is fetched."""

import re
from datetime import datetime

from bot.core.article import Article, BlockKind
from bot.core.dates import parse_date
from bot.core.rmid_body import read_body
from bot.core.rmid_head import read_headline, read_under_date
from bot.core.text import clean_lines, decode_page, refuse_binary
from bot.errors import NotAnArticle

__all__ = ["decode_page", "parse_page"]

_DATE_EXAMPLE = '"Selasa, 12 September 2023 11:54 WIB"'
_TEXT_EXAMPLE = '"RM.id Rakyat Merdeka - Pemerintah ..."'

_ADDRESS = re.compile(
    r"https?://[^/?#]+/baca-berita/(?P<section>[\w-]+)/\d+(?:/(?P<slug>[^/?#]*)(?:/(?P<page>\d{1,3}))?)?",
    re.ASCII | re.IGNORECASE,
)
_DATELINE = re.compile(r"RM\.?\s?id,?\s*(?:[-–—]\s*)?Rakyat Merdeka\s*[-–—]+\s*", re.IGNORECASE)
_MOST_LINES = 10_000
_MOST_LINES_UNDER_DATE = 24
_CREDIT = re.compile(r"\bfoto\w?\s?[:)]|\(foto", re.IGNORECASE)


def parse_page(
    text: str,
    *,
    name: str = "-",
    url: str | None = None,
    title: str | None = None,
    published_at: datetime | None = None,
) -> Article:
    """The article in the visible text of one RM.id page; ``name`` is the file or address it came from.

    The section and the page's number come from ``url`` when it is an article's address. A flattened page,
    which prints neither title nor date, takes them from ``title`` (else from the words of ``url``) and from
    ``published_at``, which must be aware; on other pages what is printed counts. Raises NotAnArticle, saying
    what was missing and what such a line looks like, for everything that is not such a page.
    """
    refuse_binary(text, name=name)
    lines = clean_lines(text)
    if len(lines) > _MOST_LINES:
        raise NotAnArticle(
            f"the text has {len(lines)} lines; expected an article's, {_MOST_LINES} at most", name=name
        )
    if not any(lines):
        raise NotAnArticle("the text is empty; expected a title, a date line and paragraphs", name=name)
    address = _ADDRESS.match(url) if url else None
    date_at, printed_at = _find_date(lines)
    if printed_at:
        kicker, headline = read_headline(lines[:date_at])
        under_date, text_lines = _divide(lines[date_at + 1 :])
    else:
        kicker, headline, under_date = None, title or _title_from(address), []
        text_lines = _flattened(lines, name)
    moment = printed_at or published_at
    if moment is None:
        raise NotAnArticle(f"the date line under the title is missing, such as {_DATE_EXAMPLE}", name=name)
    if headline is None:
        raise NotAnArticle("the title, the last line before the date, is missing", name=name)
    section = address["section"].lower() if address else None
    captions, byline = read_under_date(under_date, title=headline, section=section)
    body = read_body(text_lines)
    blocks = body.blocks()
    if not any(block.kind is BlockKind.PARAGRAPH for block in blocks):
        raise NotAnArticle(f"there is no paragraph after the date, such as {_TEXT_EXAMPLE}", name=name)
    return Article(
        title=headline,
        published_at=moment,
        blocks=blocks,
        kicker=kicker,
        section=section,
        byline=byline,
        captions=captions,
        related=tuple(body.related),
        url=url,
        page=max(int(address["page"] or 1) if address else 1, body.page),
        has_next=body.has_next,
        channel_link=body.channel_link,
    )


def _find_date(lines: list[str]) -> tuple[int, datetime | None]:
    for at, line in enumerate(lines):
        if moment := parse_date(line):
            return at, moment
    return 0, None


def _flattened(lines: list[str], name: str) -> list[str]:
    """The text of a page that begins with its dateline, or with headlines of other articles before it."""
    for at, line in enumerate(lines):
        if found := _DATELINE.match(line):
            return [line[found.end() :], *lines[at + 1 :]]
    if next(filter(None, lines)).startswith("<"):
        raise NotAnArticle("this is HTML; expected the page's visible text, one paragraph a line", name=name)
    raise NotAnArticle(f"the date line under the title is missing, such as {_DATE_EXAMPLE}", name=name)


def _title_from(address: re.Match[str] | None) -> str | None:
    """The title as far as an address still has it: its words, without punctuation."""
    words = (address["slug"] or "").replace("quot", " ").split("-") if address else []
    return " ".join(word.strip().capitalize() for word in words if word.strip()) or None


def _divide(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands between the date and the text (captions, an author), and the text without its dateline."""
    for at, line in enumerate(lines):
        if at > _MOST_LINES_UNDER_DATE:
            break
        if found := _DATELINE.match(line):
            return lines[:at], [line[found.end() :], *lines[at + 1 :]]
        if line.lower() == "sebelumnya":
            return lines[:at], lines[at:]
    head = lines[: lines.index("")] if "" in lines[:_MOST_LINES_UNDER_DATE] else []
    doubled = len(set(head)) < len(head)
    if doubled or any(_CREDIT.search(line) for line in head):
        return head, lines[len(head) :]
    return [], lines
