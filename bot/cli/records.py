"""The JSON lines that `parse`, `analyse` and `render` print and read. Other programs rely on their keys."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.core.analysis import analyse
from bot.core.article import Analysis, Article, Block, BlockKind
from bot.errors import KabarError
from bot.render.view import ArticleView


class BadRecord(KabarError):
    """A line that is no JSON object of the expected shape; the text says which line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a line of JSON gives it; only its paragraphs are sure to be there."""

    id: str | int | None
    title: str | None
    paragraphs: tuple[str, ...]
    fields: dict[str, Any]


def parsed(file: str, article: Article) -> dict[str, Any]:
    """What `kabar parse` prints for one page."""
    return {
        "file": file,
        "url": article.url,
        "title": article.title,
        "kicker": article.kicker,
        "section": article.section,
        "published_at": article.published_at.isoformat(),
        "byline": article.byline,
        "captions": list(article.captions),
        "paragraphs": list(article.paragraphs),
        "subheads": list(article.subheads),
        "related": list(article.related),
        "page": article.page,
        "has_next": article.has_next,
        "channel_link": article.channel_link,
        "subhead_places": list(article.subhead_places),
    }


def analysed(record: Record, analysis: Analysis) -> dict[str, Any]:
    """What `kabar analyse` prints for one article."""
    return {
        "id": record.id,
        "summary": list(analysis.summary),
        "quotes": [asdict(quotation) for quotation in analysis.quotations],
        "vox_pops": [asdict(quotation) for quotation in analysis.vox_pops],
        "keywords": list(analysis.keywords),
    }


def viewed(record: Record) -> ArticleView:
    """What a template may use of the article in ``record``; what the line lacks, the view lacks."""
    analysis = analyse(record.paragraphs, title=record.title)
    return ArticleView(
        title=record.title,
        kicker=_text(record, "kicker"),
        section=_text(record, "section"),
        published_at=_moment(record),
        byline=_text(record, "byline"),
        captions=_texts(record, "captions"),
        summary=analysis.summary,
        quotations=analysis.quotations,
        vox_pops=analysis.vox_pops,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in record.paragraphs),
        url=_text(record, "url"),
    )


def _text(record: Record, key: str) -> str | None:
    value = record.fields.get(key)
    return value if isinstance(value, str) else None


def _texts(record: Record, key: str) -> tuple[str, ...]:
    value = record.fields.get(key)
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def _moment(record: Record) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(record, "published_at") or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def as_line(value: dict[str, Any]) -> str:
    """``value`` as one line of JSON, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def read_records(lines: Iterable[str]) -> Iterator[Record | BadRecord]:
    """One Record for each line, in order and one at a time; a bad line becomes a BadRecord in its place.

    ``id`` is the line's ``id``, else its ``url``, else its ``file``. Empty lines are passed over. Lines one
    after the other that begin as no object does are one BadRecord: an article's text is not a thousand.
    """
    within_text = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        is_text = not line.lstrip().startswith("{")
        if is_text and not within_text:
            yield BadRecord(f"line {number}: this is not JSON; `kabar parse` makes lines of JSON of texts")
        elif not is_text:
            yield _read(line, number)
        within_text = is_text


def _read(line: str, number: int) -> Record | BadRecord:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadRecord(f"line {number}: this is not JSON: {error}")
    if not isinstance(fields, dict):
        return BadRecord(f"line {number}: an object with paragraphs is expected, not {type(fields).__name__}")
    if "error" in fields and "paragraphs" not in fields:
        return BadRecord(f"line {number}: {fields.get('file', '-')} was not parsed: {fields['error']}")
    paragraphs = fields.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(text, str) for text in paragraphs):
        return BadRecord(f'line {number}: "paragraphs" must be a list of texts')
    title = fields.get("title")
    if title is not None and not isinstance(title, str):
        return BadRecord(f'line {number}: "title" must be a text, not {title!r}')
    names = (fields.get(key) for key in ("id", "url", "file"))
    identity = next((name for name in names if isinstance(name, str | int)), None)
    return Record(identity, title, tuple(paragraphs), fields)
