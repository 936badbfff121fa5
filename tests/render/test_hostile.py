"""Every message in every language with values that want to break it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.article import Analysis, ArchivedArticle, ArchivedQuotation, QuotationKey
from bot.core.audience import Keyword, Subscriber
from bot.core.choices import Page, Prompt
from bot.core.digest import Candidate, Digest
from bot.core.listing import Listing
from bot.core.message import Message
from bot.errors import BadFilter
from bot.render.messages import Messages
from bot.simulator.html import parse_html
from tests.render.telegram_html import Parsed, parse
from tests.render.values import (
    ARCHIVED,
    ARTICLE,
    HOSTILE,
    MOMENT,
    READER,
    filled_with,
    headline,
    messages,
    quotation,
    templates,
)

LANGUAGES = messages().languages
HOUSE = messages()


def choices(
    reader: Subscriber, article: ArchivedArticle, text: str
) -> dict[str, Callable[[Messages, str], Message]]:
    """Every page of a reader's choices and every message around them."""
    words = [Keyword(f"{text[:50]}{number}", text[:60], number % 2 == 0) for number in range(30)]
    said = quotation(text, text, text)
    line = Candidate(7, 7, text, text, article.article.url, MOMENT, False, 0, frozenset(), said)
    digest = Digest(tuple((f"{text}{number}", (line,)) for number in range(10)), line)
    pages = {Page.FIRST: "welcome", Page.FIRST_TOPICS: "welcome, topics", Page.READY: "welcome, ready"}

    def page(which: Page) -> Callable[[Messages, str], Message]:
        return lambda house, language: house.choices.page(
            which,
            replace(reader, language=language),
            now=MOMENT,
            sections=[text] * 200,
            keywords=words,
            first_name=text,
        )

    def prompt(which: Prompt) -> Callable[[Messages, str], Message]:
        return lambda house, language: house.choices.prompt(which, language)

    def not_understood(which: Prompt) -> Callable[[Messages, str], Message]:
        return lambda house, language: house.choices.not_understood(which, language)

    return {
        "settings": page(Page.MAIN),
        **{pages.get(which, f"settings, {which.name}"): page(which) for which in Page},
        "prompt": prompt(Prompt.FOLLOW),
        **{f"prompt, {which.name}": prompt(which) for which in Prompt},
        "errors/not_understood": not_understood(Prompt.FOLLOW),
        **{f"errors/not_understood, {which.name}": not_understood(which) for which in Prompt},
        "errors/too_many_keywords": lambda house, language: house.choices.too_many_keywords(language),
        "digest": lambda house, language: house.choices.digest(digest, MOMENT.date(), language),
        "digest_missed": lambda house, language: house.desk_digest_missed(MOMENT, 3, language),
        "forget": lambda house, language: house.choices.forget(language),
        "forgotten": lambda house, language: house.choices.forgotten(language),
        "not_forgotten": lambda house, language: house.choices.kept(language),
    }


def about(article: ArchivedArticle, text: str) -> dict[str, Callable[[Messages, str], Message]]:
    """Every message there is, filled with ``article`` and ``text``, by its template's name."""
    lines = [headline(number, text, text) for number in range(1, 30)]
    quoted = ArchivedQuotation(
        QuotationKey(10**17, 9, 999), quotation(text, text, text), text, text, MOMENT, article.article.url
    )
    reader = replace(READER, sections=frozenset(f"{text[:50]}{number}" for number in range(50)))
    return {
        **choices(reader, article, text),
        "push": lambda house, language: house.push(article, language),
        "push in a channel": lambda house, language: house.push(article, language, channel=True),
        "latest": lambda house, language: house.latest(article, language, older=1, newer=2),
        "story": lambda house, language: house.full_story(article, language),
        "quotations": lambda house, language: house.quotations(article, language),
        "related": lambda house, language: house.related(article, lines, language),
        "related, none": lambda house, language: house.related(article, [], language),
        "results": lambda house, language: house.results(
            text, lines, total=10**6, page=3, page_size=20, language=language
        ),
        "quotation": lambda house, language: house.reading.quotation(quoted, language),
        "quotation in any chat": lambda house, language: house.reading.shared_quotation(quoted, language),
        "card": lambda house, language: house.reading.card_caption(quoted, language),
        "said": lambda house, language: house.reading.said(
            text, Listing((quoted,) * 6, True), page=1, first=7, language=language
        ),
        "errors/nobody_said": lambda house, language: house.reading.nobody_said(text, language),
        "topics": lambda house, language: house.reading.topics([text] * 100, language),
        "topic": lambda house, language: house.reading.topic(
            text, Listing(tuple(lines[:8]), True), page=1, first=9, language=language
        ),
        "topic, empty": lambda house, language: house.reading.topic(
            text, Listing((), False), page=0, first=1, language=language
        ),
        "kept": lambda house, language: house.reading.kept(
            Listing(tuple(lines[:8]), True), page=1, first=9, language=language
        ),
        "kept, nothing": lambda house, language: house.reading.kept(
            Listing((), False), page=0, first=1, language=language
        ),
        "timeline": lambda house, language: house.reading.timeline(article, lines, language),
        "timeline, alone": lambda house, language: house.reading.timeline(article, lines[:1], language),
        "popular": lambda house, language: house.reading.popular(lines[:8], language, days=3),
        "popular, nothing": lambda house, language: house.reading.popular([], language, days=1),
        "errors/how_to_keep": lambda house, language: house.reading.how_to_keep(language),
        "errors/only_in_private": lambda house, language: house.reading.only_in_private(language),
        "errors/slow_down": lambda house, language: house.slow_down(language),
        "errors/bad_filter": lambda house, language: house.bad_filter(BadFilter("dari", text), language),
        "errors/bad_filter, empty": lambda house, language: house.bad_filter(BadFilter(text, ""), language),
        "errors/bad_filter, too early": lambda house, language: house.bad_filter(
            BadFilter(text, text, start=text), language
        ),
        "errors/nothing_found": lambda house, language: house.nothing_found(text, language),
        "errors/how_to_search": lambda house, language: house.how_to_search(language),
        "help": lambda house, language: house.help(language, [("cari", "Cari & temukan")] * 100),
        "language": lambda house, language: house.choose_language(language),
        "stopped": lambda house, language: house.stopped(language),
        "privacy": lambda house, language: house.privacy(language),
        "errors/empty_archive": lambda house, language: house.empty_archive(language),
        "errors/not_found": lambda house, language: house.not_found(language),
        "errors/unknown_command": lambda house, language: house.unknown_command(language),
        "errors/free_text": lambda house, language: house.free_text(text, language),
        "errors/failure": lambda house, language: house.failure(language),
        "errors/only_administrators": lambda house, language: house.only_administrators(language),
        "desk": lambda house, language: house.desk_unreadable(text, text, language),
        "desk, channel lost": lambda house, language: house.desk_channel_lost(text, text, language),
        "desk, channel back": lambda house, language: house.desk_channel_back(text, language),
        "desk, source dead": lambda house, language: house.desk_source_dead(text, text, language),
        "desk, source back": lambda house, language: house.desk_source_back(text, language),
        "desk, source flood": lambda house, language: house.desk_source_flood(text, text, 2, language),
        "retracted": lambda house, language: house.retracted(text, language),
        "desk, paused": lambda house, language: house.desk_paused(text, 7, text, language),
        "desk, unsure": lambda house, language: house.desk_unsure(text, 7, 3, language),
        "desk, refused": lambda house, language: house.desk_refused(text, text, language),
    }


NAMES = tuple(about(ARCHIVED, "x"))


def checked(message: Message) -> Parsed:
    """The parsed message, held against each of Telegram's limits."""
    parsed = parse(message.html)
    assert parse_html(message.html).text == parsed.text
    assert 1 <= len(parsed.text) <= 4096
    assert len(parsed.spans) <= 100
    assert "\n\n\n" not in message.html
    assert message.html == message.html.strip()
    buttons = [button for row in message.buttons for button in row]
    assert len(buttons) <= 100
    for row in message.buttons:
        assert 1 <= len(row) <= 8
    for button in buttons:
        assert 1 <= len(button.label) <= 60
        assert "\n" not in button.label
        assert button.data is None or 1 <= len(button.data.encode()) <= 64
    return parsed


def test_every_template_has_its_message_here() -> None:
    tested = {name.partition(",")[0].partition(" in ")[0] for name in NAMES}
    assert tested == templates().names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_message_filled_with_hostile_text_stays_valid(text: str, name: str, language: str) -> None:
    parsed = checked(about(filled_with(text), text)[name](HOUSE, language))
    assert "49" not in parsed.text or "{{" not in text
    assert not set(parsed.text) & set("\u202e\u202c\x00\x1b\u2028")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_thousand_paragraphs_and_two_hundred_quotations_stay_within_the_limits(
    name: str, language: str
) -> None:
    for text in ("Ya.", "Kalimat yang biasa saja, seperti di koran. " * 8):
        checked(about(filled_with(text, paragraphs=1000, quotations=200), text)[name](HOUSE, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_an_article_of_nothing_but_a_title_stays_valid(name: str, language: str) -> None:
    empty = replace(ARCHIVED, article=replace(ARTICLE, blocks=(), captions=()), analysis=Analysis((), (), ()))
    checked(about(empty, "")[name](HOUSE, language))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from(NAMES))
def test_a_message_filled_with_any_text_stays_valid(text: str, name: str) -> None:
    checked(about(filled_with(text), text)[name](HOUSE, "id"))


def test_markup_in_an_article_is_shown_and_not_obeyed() -> None:
    parsed = checked(HOUSE.push(filled_with(HOSTILE["markup"]), "id"))
    assert "<b>tebal</b> & </blockquote> <script> &amp;" in parsed.text
    assert "a" not in {tag for tag, _ in parsed.spans}
