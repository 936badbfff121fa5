"""Our parser of HTML held against Telegram's own: the same acceptance, the same text, the same entities."""

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.simulator.html import ParseError, parse_html
from tests.simulator.html_texts import PIECES, hostile_text
from tests.simulator.tdlib import Outcome, telegrams_outcome

TEXTS = 5000
"""Texts for each of the eight seeds."""


def our_outcome(text: str) -> Outcome:
    try:
        parsed = parse_html(text)
    except ParseError as error:
        return str(error)
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


# A lone surrogate in the value of an attribute aborts TDLib itself; no client can send one.
_ABORTS_TDLIB = re.compile("<[^>]*&#(?:x0*d[89a-f]|0*5[5-7][0-9]{3})", re.IGNORECASE)


@pytest.mark.parametrize("seed", range(8))
def test_hostile_texts_are_taken_as_telegram_takes_them(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311 - texts, not secrets
    accepted = 0
    for _ in range(TEXTS):
        text = hostile_text(source)
        if _ABORTS_TDLIB.search(text):
            continue
        theirs = telegrams_outcome(text)
        assert our_outcome(text) == theirs, repr(text)
        accepted += not isinstance(theirs, str)
    assert TEXTS / 5 < accepted < TEXTS * 4 / 5, "both outcomes are tried"


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "<b>", "</b>", "<a href='x.y'>", "</a>", "<code>", "</code>"])))
@example(["<pre><code class='language-py'>x</code></pre>"])
@example(["<blockquote expandable>a<blockquote>b</blockquote></blockquote>"])
def test_any_row_of_pieces_is_taken_as_telegram_takes_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not _ABORTS_TDLIB.search(text):
        assert our_outcome(text) == telegrams_outcome(text)


@settings(max_examples=1500, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_at_all_is_taken_as_telegram_takes_it(text: str) -> None:
    assert our_outcome(text) == telegrams_outcome(text)
