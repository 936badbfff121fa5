"""What we find in a plain text held against what Telegram finds there by itself."""

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.simulator.finding import find_entities
from tests.simulator.prose_texts import PIECES, prose
from tests.simulator.tdlib import HIDDEN, telegrams_findings

TEXTS = 5000
"""Texts for each of the four seeds."""


_LETTERS = st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs"))
"""Letters that both know: not those that Unicode has yet to give out."""


_CHAIN = re.compile(r"(?:tg|ton|tonsite|\.tg|\.ton)://[\w-]*?(?:tg|ton|tonsite)://", re.IGNORECASE)
"""A link whose path ends in the name of the next one.

What Telegram finds of a third such link depends on how many characters follow it. Nobody writes that, so
it is left out here.
"""


def check(text: str) -> set[str]:
    """Holds ours against Telegram's; the kinds that were found."""
    theirs = telegrams_findings(text)
    hidden = [(offset, offset + length) for kind, offset, length in theirs if kind == HIDDEN]
    ours = find_entities(text)
    # What a bot is not told of may stand in the way of what it would be told of.
    if any(begin < one.end and one.offset < end for begin, end in hidden for one in ours):
        return set()
    shown = [one for one in theirs if one[0] != HIDDEN]
    assert [(one.type.value, one.offset, one.length) for one in ours] == shown, repr(text)
    return {kind for kind, _, _ in shown}


@pytest.mark.parametrize("seed", range(4))
def test_in_indonesian_prose_we_find_what_telegram_finds(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311 - texts, not secrets
    kinds: set[str] = set()
    for _ in range(TEXTS):
        kinds |= check(prose(source))
    assert kinds == {"url", "email", "mention", "hashtag", "cashtag", "bot_command"}


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(_LETTERS, max_size=3)), max_size=12))
def test_in_any_text_we_find_what_telegram_finds(parts: list[str]) -> None:
    text = "".join(parts)
    assume(not _CHAIN.search(text))
    check(text)
