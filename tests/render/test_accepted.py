"""Every message in every language, given to Telegram's own parser with values that want to break it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.core.article import Analysis
from bot.core.message import TEXT_LIMIT, Message
from bot.simulator.html import parse_html
from tests.render.test_hostile import HOUSE, LANGUAGES, NAMES, about
from tests.render.values import ARCHIVED, ARTICLE, HOSTILE, filled_with
from tests.simulator.tdlib import telegrams_outcome

CAPTION_LIMIT = 1024
"""Characters under a picture (Bot API, sendPhoto)."""


def accepted(message: Message) -> str:
    """The text that a reader sees of ``message``; fails with Telegram's own reason where it is refused."""
    outcome = telegrams_outcome(message.html)
    assert not isinstance(outcome, str), f"{outcome}: {message.html[:300]!r}"
    text, entities = outcome
    ours = parse_html(message.html)
    assert text == ours.text
    assert len(entities) == len(ours.entities)
    assert text.strip(), "Telegram refuses what is empty"
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_telegram_takes_every_message_of_hostile_articles(name: str, language: str) -> None:
    limit = CAPTION_LIMIT if name == "card" else TEXT_LIMIT
    for text in HOSTILE.values():
        assert len(accepted(about(filled_with(text), text)[name](HOUSE, language))) <= limit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_telegram_takes_every_message_of_an_article_of_nothing_but_a_title(name: str, language: str) -> None:
    empty = replace(ARCHIVED, article=replace(ARTICLE, blocks=(), captions=()), analysis=Analysis((), (), ()))
    accepted(about(empty, "")[name](HOUSE, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_telegram_takes_every_page_of_a_long_article(text: str, language: str) -> None:
    for message in pages(text, language):
        assert len(accepted(message)) <= TEXT_LIMIT


def pages(text: str, language: str) -> Iterator[Message]:
    """The whole text and everything quoted in an article that says ``text`` everywhere, page by page."""
    long = filled_with(text, paragraphs=2, quotations=5)
    for write in (HOUSE.full_story, HOUSE.quotations):
        first = write(long, language)
        yield first
        turned, before = 1, first
        while (message := write(long, language, turned)).html != before.html:
            yield message
            turned, before = turned + 1, message
