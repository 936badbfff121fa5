"""Every command and every button of the settings, in each language, through the local Telegram over HTTP."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.render.languages import Languages
from bot.samples import samples
from bot.simulator.actors import Actor, Answer, Telegram, text_of
from bot.simulator.shapes import message_json
from handlers.commands import COMMANDS
from tests.fakes.newsroom import World, world
from tests.render.test_catalogues import translations

pytestmark = pytest.mark.usefixtures("at_any_pace")

LANGUAGES = ("id", "en")


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    """A running bot with three articles in its archive."""
    async with world(tmp_path, telegram, newcomers="digest") as running:
        for sample in samples()[:3]:
            await running.takes(sample, announce=False)
        yield running


def _said(language: str, msgid: str) -> str:
    return Languages().gettext(language, msgid)


@cache
def _of_the_other(language: str) -> tuple[str, ...]:
    """Whole sentences and labels of the other language that have nothing to fill in."""
    pairs = [(text, forms[0]) for text, forms in translations() if isinstance(text, str)]
    # A language is named in itself.
    foreign = (pair[language == "en"] for pair in pairs if pair[0] not in {pair[1], "English"})
    return tuple(text for text in foreign if len(text) > 12 and " " in text and "%" not in text)


def _shown_to(actor: Actor) -> list[str]:
    """Every text and label that the chat was shown."""
    shown = [
        event.data["message"]
        for event in actor.telegram.timeline.events
        if event.kind in {"message", "edit"} and event.data["chat_id"] == actor.chat_id
    ]
    labels = (button["text"] for message in shown for button in Answer(actor, message).buttons)
    return [*map(text_of, shown), *labels]


def _assert_one_language(actor: Actor, language: str) -> None:
    shown = _shown_to(actor)
    assert shown
    assert [(text, foreign) for text in shown for foreign in _of_the_other(language) if foreign in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_by_every_name_is_answered_in_the_readers_language(
    room: World, language: str
) -> None:
    for command in COMMANDS:
        for name in (*command.names, *command.also):
            guest = room.telegram.user("Tamu", language=language)
            await guest.send(f"/{name}")
            await guest.expect("")
            _assert_one_language(guest, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "page",
    [
        "",
        "What comes",
        "Sections",
        "Digest",
        "Keywords",
        "Quiet hours",
        "Time zone",
        "Pause",
        "first",
        "topics",
    ],
)
async def test_every_button_of_every_page_is_answered_and_leads_back(
    room: World, page: str, language: str
) -> None:
    answer = await _opened(room, page, language)
    labels = _labels(answer)
    assert labels
    # The last first: with the digest switched off its times are no longer offered.
    for label in reversed(labels):
        shown = _now(answer)
        if label not in _labels(shown):
            # A pause leads back to the settings.
            shown = answer = await _opened(room, page, language)
        await shown.click(label)
        assert await answer.actor.expect_notice() in {"", _said(language, "Saved.")}, label
    await _lead_on(answer)
    _assert_one_language(answer.actor, language)


async def _opened(room: World, page: str, language: str) -> Answer:
    """A reader of their own opens the page."""
    guest = room.telegram.user("Tamu", language=language)
    if page in {"first", "topics"}:
        await guest.send("/start")
        answer = await guest.expect("Tamu")
        return answer if page == "first" else await _turned(answer, _said(language, "Next: sections ›"))
    if page == "Keywords":
        await guest.send(f"/{'ikuti' if language == 'id' else 'follow'} beras, !pilkada")
        await guest.expect("")
    await guest.send(f"/{'langganan' if language == 'id' else 'settings'}")
    answer = await guest.expect(_said(language, "Your settings"))
    return await _turned(answer, _said(language, page)) if page else answer


async def _turned(answer: Answer, label: str) -> Answer:
    await answer.click(label)
    return await answer.actor.expect("", edited=True)


def _labels(answer: Answer) -> list[str]:
    """What the buttons say without their marks; those that turn pages or the language are left out."""
    elsewhere = {"p:", "l:"}
    changing = (one for one in answer.buttons if one.get("callback_data", "p:")[:2] not in elsewhere)
    return [button["text"].removeprefix("✓ ") for button in changing]


def _now(answer: Answer) -> Answer:
    """The message as it stands in the chat by now."""
    actor = answer.actor
    simulator = actor.telegram.simulator
    return Answer(
        actor,
        actor.telegram.do(
            lambda: message_json(
                simulator.chats[actor.chat_id].messages[answer.message["message_id"]], simulator.user_of
            )
        ),
    )


async def _lead_on(answer: Answer) -> None:
    """The last button of every page but the first leads to the settings, or to a newcomer's next question."""
    last = _now(answer).buttons[-1]
    if last["callback_data"].startswith("p:"):
        answer.actor.since = 0
        await _now(answer).click(last["text"])
        await answer.actor.expect("", edited=True)
