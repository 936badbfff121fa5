"""Our parsers of Markdown held against Telegram's own: the same acceptance, text and entities."""

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.simulator.entities import Formatted
from bot.simulator.html import ParseError
from bot.simulator.markdown import parse_markdown, parse_markdown_v2
from tests.simulator.markdown_texts import PIECES, hostile_text
from tests.simulator.tdlib import MARKDOWN, MARKDOWN_V2, Outcome, telegrams_outcome

TEXTS = 3000
"""Texts for each seed."""


def outcome(parsed: Formatted) -> Outcome:
    return parsed.text, [
        (
            one.type.value,
            one.offset,
            one.length,
            one.url,
            one.language,
            one.user_id,
            one.custom_emoji_id,
            one.unix_time,
            one.date_time_format,
        )
        for one in parsed.entities
    ]


def our_outcome(text: str) -> Outcome:
    try:
        return outcome(parse_markdown_v2(text))
    except ParseError as error:
        return str(error)


def our_old_outcome(text: str) -> Outcome:
    try:
        return outcome(parse_markdown(text))
    except ParseError as error:
        return str(error)


# A backslash before a letter beyond ASCII in an address aborts TDLib itself; no text of the older Markdown
# has such letters here, as nothing is taken for an escape in its addresses.
_ABORTS_TDLIB = re.compile(r"\\[^\x00-\x7f]")


@pytest.mark.parametrize("seed", range(4))
def test_hostile_texts_are_taken_as_telegram_takes_them(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311 - texts, not secrets
    accepted = 0
    for _ in range(TEXTS):
        text = hostile_text(source)
        theirs = telegrams_outcome(text, MARKDOWN_V2)
        assert our_outcome(text) == theirs, repr(text)
        accepted += not isinstance(theirs, str)
    assert TEXTS / 5 < accepted < TEXTS * 4 / 5, "both outcomes are tried"


@pytest.mark.parametrize("seed", range(2))
def test_the_older_markdown_is_taken_as_telegram_takes_it(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311 - texts, not secrets
    for _ in range(TEXTS):
        text = hostile_text(source).replace("é", "e").replace("😀", "o")
        assert our_old_outcome(text) == telegrams_outcome(text, MARKDOWN), repr(text)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_row_of_pieces_is_taken_as_telegram_takes_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not _ABORTS_TDLIB.search(text):
        assert our_outcome(text) == telegrams_outcome(text, MARKDOWN_V2)


@settings(max_examples=1500, deadline=None)
@given(st.text(st.sampled_from("ab*_~|`[]()!>\n\r\\. ")))
@example("[.*]")
@example("*a* \\_ [ab.cd][longer.name.id]")
def test_any_row_of_marks_is_taken_as_telegram_takes_it(text: str) -> None:
    assert our_outcome(text) == telegrams_outcome(text, MARKDOWN_V2)
    assert our_old_outcome(text) == telegrams_outcome(text, MARKDOWN)
