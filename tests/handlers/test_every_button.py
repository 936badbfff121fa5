"""Everything there is to press while reading, pressed once in each language; every wrong input, in each."""

from collections import deque
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.core.actions import (
    Action,
    CardShape,
    DrawCard,
    Keep,
    Kept,
    Open,
    Said,
    Search,
    Show,
    ShowQuotation,
    Topic,
    Topics,
    View,
    read,
)
from bot.core.article import Analysis, Article, Block, BlockKind, Quotation
from bot.render.languages import CATALOGUES, Languages
from bot.samples import samples
from bot.simulator.actors import Actor, Telegram, text_of
from bot.simulator.timeline import Event, as_bot_wrote
from tests.fakes.newsroom import World, world
from tests.fakes.updates import press_made_up

pytestmark = pytest.mark.usefixtures("at_any_pace")

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
READING = (Show, Open, ShowQuotation, DrawCard, Keep, Kept, Topics, Topic, Said, Search)
COMMANDS = {
    "id": ("/terbaru", "/topik", "/kutipan", "/kutipan panuluh", "/cari balai", "/cerita", "/populer"),
    "en": ("/latest", "/topics", "/quotes", "/quotes panuluh", "/search balai", "/story", "/popular"),
}
SAVED = {"id": "/simpanan", "en": "/saved"}
PRESSES = 12
"""Presses of one reader: more at once are too many."""


def _speech(number: int) -> tuple[Article, Analysis]:
    paragraphs = [f"Paragraf {place} dari pidato di balai desa. " * 8 for place in range(30)]
    article = Article(
        f"Pidato di Balai Desa yang Ke-{number}",
        NOW + timedelta(minutes=number),
        tuple(Block(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs),
        section="nasional",
        url=f"https://contoh.example/baca-berita/nasional/{number}/pidato",
    )
    said = tuple(
        Quotation(
            f"Perkataan {number}.{place} di balai. " * 20, "Sekar Panuluh", "Kepala Desa", "kata", place
        )
        for place in range(12)
    )
    return article, Analysis((paragraphs[0],), said, ("balai", "desa"))


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    """A running bot whose every list is longer than a page."""
    async with world(tmp_path, telegram) as running:
        for sample in samples()[:2]:
            await running.takes(sample, announce=False)
        for number in range(1, 11):
            article, analysis = _speech(number)
            stored = await running.bot.house.archive.store(article, analysis, now=NOW)
            await running.bot.house.readership.opened(stored.archived.id, day=datetime.now(UTC).date())
        yield running


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _foreign(language: str) -> frozenset[str]:
    """The texts without blanks of the languages that are not ``language``: none may be seen there."""
    foreign: set[str] = set()
    for path in CATALOGUES.glob("*.po"):
        for message in read_po(BytesIO(path.read_bytes())):
            if isinstance(message.id, str) and isinstance(message.string, str) and message.string:
                texts = {"en": message.id, path.stem: message.string}
                foreign |= {text for code, text in texts.items() if text not in ("", texts.get(language))}
    return frozenset(text for text in foreign if len(text) > 8 and "%(" not in text)


async def _answered(actor: Actor) -> list[Event]:
    """What the bot does from the actor's last act on until it has sent, edited, or said something."""

    def fits(event: Event) -> bool:
        if event.data.get("chat_id") != actor.chat_id:
            return False
        wrote = event.kind in ("message", "edit") and as_bot_wrote(event.data["message"])
        return wrote or (event.kind == "callback_answer" and bool(event.data["text"]))

    await actor.telegram.until(fits, since=actor.since, what="an answer")
    return [event for event in actor.telegram.timeline.events[actor.since :] if fits(event)]


def _buttons(events: Iterable[Event]) -> list[dict[str, str]]:
    rows = [
        row
        for event in events
        if "message" in event.data
        for row in event.data["message"].get("reply_markup", {}).get("inline_keyboard", [])
    ]
    return [button for row in rows for button in row]


def _seen(events: Iterable[Event]) -> str:
    texts = [
        text_of(event.data["message"]) if "message" in event.data else event.data["text"] for event in events
    ]
    return "\n".join((*texts, *(button["text"] for button in _buttons(events))))


def _kind(action: Action) -> object:
    """What makes an action one of its own: no numbers, but whether it leads beyond a first page."""
    match action:
        case Show(_, view, page):
            return Show, view, page > 0
        case Open(_, view):
            return Open, view
        case DrawCard(_, shape):
            return DrawCard, shape
        case Topic(_, page) | Said(_, page) | Search(_, page) | Kept(page):
            return type(action), page > 0
        case _:
            return type(action)


EVERY_KIND = {
    *((Show, view, False) for view in View),
    (Show, View.FULL, True),
    (Show, View.QUOTATIONS, True),
    (Open, View.SUMMARY),
    *((DrawCard, shape) for shape in CardShape),
    *((listed, later) for listed in (Topic, Said, Search, Kept) for later in (False, True)),
    ShowQuotation,
    Keep,
    Topics,
}
MOST_OF_A_KIND = 4


async def test_every_button_that_is_offered_while_reading_does_something_in_the_readers_language(
    room: World, language: str
) -> None:
    foreign = _foreign(language)
    failures = {
        Languages().gettext(language, msgid)
        for msgid in (
            "This button is out of date. Please send the command again.",
            "This is no longer available.",
            "We are sorry, something went wrong on our side. Please try again in a moment.",
        )
    }
    waiting, known, pressed = deque[str](), set[str](), dict[object, int]()

    def look_at(events: list[Event], asked: str) -> None:
        seen = _seen(events)
        assert not [text for text in foreign if text in seen], (asked, seen)
        assert not [text for text in failures if text in seen], (asked, seen)
        for button in _buttons(events):
            data = button.get("callback_data")
            if data is not None and data not in known and isinstance(read(data), READING):
                known.add(data)
                waiting.append(data)

    async def newcomer() -> Actor:
        actor = room.telegram.user("Robin", language=language)
        for number in range(3, 13):
            await room.bot.house.readership.keep(actor.chat_id, number, now=NOW)
        return actor

    reader = await newcomer()
    for command in (*COMMANDS[language], SAVED[language]):
        await reader.send(command)
        look_at(await _answered(reader), command)

    under, presses = None, PRESSES
    while waiting:
        data = waiting.popleft()
        action = read(data)
        assert action is not None
        kind = _kind(action)
        if pressed.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        pressed[kind] = pressed.get(kind, 0) + 1
        if under is None or presses == PRESSES:
            reader, presses = await newcomer(), 0
            await reader.send(COMMANDS[language][0])
            under = await reader.expect()
        presses += 1
        await press_made_up(reader, data, under)
        look_at(await _answered(reader), data)
    assert pressed.keys() == EVERY_KIND
