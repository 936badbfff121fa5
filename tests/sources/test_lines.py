import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.records import as_line, parsed
from bot.core.article import Article, Block, BlockKind
from bot.core.rmid import parse_page
from bot.errors import NotAnArticle
from bot.samples import samples
from bot.sources.lines import LARGEST_LINE, read_line, read_lines

LINE = {
    "title": "Kapal Feri Kembali Berlayar",
    "published_at": "2026-03-04T07:05:00+07:00",
    "paragraphs": ["Pelabuhan dibuka lagi."],
}


def _read(*lines: object) -> list[Article | NotAnArticle]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(read_lines(io.BytesIO(text.encode()), name="kabar.jsonl"))


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_what_parse_prints_is_the_article_itself(sample: object) -> None:
    article = parse_page(sample.text, name=sample.name, url=sample.url)  # type: ignore[attr-defined]
    assert read_line(as_line(parsed("-", article)).encode(), name="-") == article


def test_subheads_stand_where_they_stood() -> None:
    kinds = (BlockKind.SUBHEAD, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.SUBHEAD)
    blocks = tuple(Block(kind, f"Teks {number}") for number, kind in enumerate(kinds))
    article = replace(read_line(json.dumps(LINE).encode(), name="-"), blocks=blocks)
    assert article.subhead_places == (0, 2)
    assert read_line(as_line(parsed("-", article)).encode(), name="-") == article


def test_a_faulty_line_is_named_and_the_others_are_read() -> None:
    first, second, third, fourth = _read(LINE, "{", "", {"file": "a.txt", "error": "no date"}, LINE)
    assert isinstance(first, Article)
    assert isinstance(second, NotAnArticle)
    assert second.name == "kabar.jsonl, line 2"
    assert isinstance(third, NotAnArticle)
    assert "no date" in third.missing
    assert fourth == first


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", None, "title must be a text"),
        ("title", "  ", "title must be a text"),
        ("title", 5, "title must be a text"),
        ("published_at", "kemarin", "a time with its zone"),
        ("published_at", "2026-03-04T07:05:00", "a time with its zone"),
        ("paragraphs", [], "paragraphs must be a list"),
        ("paragraphs", "satu", "paragraphs must be a list"),
        ("paragraphs", [" "], "paragraphs must be a list"),
        ("captions", [1], "captions must be a list"),
        ("page", "dua", "page must be a number"),
        ("subhead_places", ["x"], "subhead_places must be a list of numbers"),
        ("url", "javascript:alert(1)", "url 'javascript:alert"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_expected(field: str, value: object, told: str) -> None:
    with pytest.raises(NotAnArticle, match=told):
        read_line(json.dumps({**LINE, field: value}).encode(), name="-")


def test_a_line_that_is_far_too_long_is_passed_over() -> None:
    long = {**LINE, "byline": "x" * (LARGEST_LINE * 2)}
    first, second = _read(long, LINE)
    assert isinstance(first, NotAnArticle)
    assert "longer than" in first.missing
    assert isinstance(second, Article)


def test_deeply_nested_json_is_a_fault_of_the_line() -> None:
    (read,) = _read("[" * 100_000)
    assert isinstance(read, NotAnArticle)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_a_named_fault(content: bytes) -> None:
    for read in read_lines(io.BytesIO(content), name="-"):
        assert isinstance(read, NotAnArticle)
