"""Articles as lines of JSON, in the form that `kabar parse` prints."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from bot.core.article import Article, Block, BlockKind
from bot.core.text import clean_lines
from bot.errors import NotAnArticle

LARGEST_LINE = 4 * 1024 * 1024
"""Bytes; the longest articles have a hundredth of that."""


def read_lines(stream: IO[bytes], *, name: str) -> Iterator[Article | NotAnArticle]:
    """One Article for each line, in order, one at a time; a faulty line becomes a NotAnArticle in its place.

    A line has at least ``title``, ``published_at`` (ISO 8601 with its zone) and ``paragraphs``; empty lines
    are passed over. A NotAnArticle is named ``name`` and the line's number.
    """
    number = 0
    while line := stream.readline(LARGEST_LINE + 1):
        number += 1
        here = f"{name}, line {number}"
        if len(line) > LARGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_LINE)
            yield NotAnArticle(f"the line is longer than {LARGEST_LINE // 1024**2} MB", name=here)
        elif line.strip():
            try:
                yield read_line(line, name=here)
            except NotAnArticle as error:
                yield error


def read_line(line: bytes, *, name: str) -> Article:
    """The article in one line; raises NotAnArticle that names the field and what is expected there."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotAnArticle(f"this is not JSON: {error}", name=name) from error
    if not isinstance(fields, dict):
        raise NotAnArticle("a line is an object with title, published_at and paragraphs", name=name)
    if "error" in fields and "paragraphs" not in fields:
        raise NotAnArticle(f"it was not parsed: {fields['error']}", name=name)
    record = _Record(fields, name)
    url = record.text("url")
    if url is not None and not url.lower().startswith(("http://", "https://")):
        raise NotAnArticle(f"url {url!r} is not an address such as https://...", name=name)
    return Article(
        title=record.required("title"),
        published_at=record.moment("published_at"),
        blocks=record.blocks(),
        kicker=record.text("kicker"),
        section=record.text("section"),
        byline=record.text("byline"),
        captions=record.texts("captions"),
        related=record.texts("related"),
        url=url,
        page=record.number("page", 1),
        has_next=fields.get("has_next") is True,
        channel_link=record.text("channel_link"),
    )


class _Record:
    """The fields of one line; every text comes out as one clean line."""

    def __init__(self, fields: dict[str, Any], name: str) -> None:
        self._fields = fields
        self._name = name

    def _fault(self, key: str, expected: str) -> NotAnArticle:
        return NotAnArticle(f"{key} must be {expected}, not {self._fields.get(key)!r:.80}", name=self._name)

    def text(self, key: str) -> str | None:
        value = self._fields.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._fault(key, "a text")
        return _clean(value) or None

    def required(self, key: str) -> str:
        text = self.text(key)
        if text is None:
            raise self._fault(key, "a text")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._fields.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self._fault(key, "a list of texts")
        return tuple(text for text in map(_clean, value) if text)

    def number(self, key: str, default: int) -> int:
        value = self._fields.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._fault(key, "a number")
        return value

    def moment(self, key: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.required(key))
        except ValueError:
            moment = None
        if moment is None or moment.utcoffset() is None:
            raise self._fault(key, "a time with its zone, such as 2026-03-04T07:05:00+07:00")
        return moment

    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs with the subheads before those that ``subhead_places`` names; without it, none."""
        paragraphs = self.texts("paragraphs")
        if not paragraphs:
            raise self._fault("paragraphs", "a list of texts")
        places = self._fields.get("subhead_places", [])
        if not isinstance(places, list) or not all(isinstance(place, int) for place in places):
            raise self._fault("subhead_places", "a list of numbers")
        subheads = list(zip(places, self.texts("subheads"), strict=False))
        blocks = []
        for place, paragraph in enumerate(paragraphs):
            blocks += [Block(BlockKind.SUBHEAD, text) for at, text in subheads if at == place]
            blocks.append(Block(BlockKind.PARAGRAPH, paragraph))
        last = [Block(BlockKind.SUBHEAD, text) for at, text in subheads if at >= len(paragraphs)]
        return (*blocks, *last)


def _clean(text: str) -> str:
    return " ".join(filter(None, clean_lines(text)))
