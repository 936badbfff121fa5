"""What readers write and press in error while reading, through the local Telegram, in both languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.render.languages import Languages
from bot.samples import samples
from bot.simulator.actors import Actor, Telegram
from tests.fakes.newsroom import World, world
from tests.fakes.updates import press_made_up

pytestmark = pytest.mark.usefixtures("at_any_pace")

HOW_TO_SEARCH = "What are you looking for? Write it after the command, for example:"
HOW_TO_KEEP = "Which story shall we save? Answer one of our stories with /save, or press “🔖 Save” under it."
NOTHING = "We found no story with “%(query)s”."
NOBODY = "We found nobody called “%(name)s” among those we quoted."
NOT_FOUND = "We could not find this story. It may have been withdrawn. The newest one: /latest"
UNKNOWN = "We do not know this command. All commands: /help"
FREE = (
    "This bot brings you the news; it cannot chat. But you can look things up with /search, and /help shows "
    "everything it can do."
)
EMPTY = "There is no story yet. As soon as %(newspaper)s publishes one, you will find it here."
NOTHING_OPENED = "Nothing was opened often enough yet. The newest story: /latest"
NOTHING_KEPT = "You have saved no story yet. Press “🔖 Save” under a story, or answer it with /save."
GONE = "This is no longer available."
OUT_OF_DATE = "This button is out of date. Please send the command again."


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    async with world(tmp_path, telegram) as running:
        await running.takes(samples()[0], announce=False)
        yield running


@pytest.fixture(params=["id", "en"])
def guest(telegram: Telegram, request: pytest.FixtureRequest) -> Actor:
    """A reader whose Telegram speaks Indonesian, then one whose Telegram speaks English."""
    return telegram.user("Robin", language=request.param)


def told(actor: Actor, msgid: str, **values: object) -> str:
    language = str(actor.telegram.simulator.users[actor.chat_id].language_code)
    return Languages().gettext(language, msgid) % values


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("written", "msgid", "values"),
    [
        ("/cari", HOW_TO_SEARCH, {}),
        ("/search  \n ", HOW_TO_SEARCH, {}),
        ("/cari zzz", NOTHING, {"query": "zzz"}),
        ("/search <b>&amp; zzz</b>", NOTHING, {"query": "<b>&amp; zzz</b>"}),
        ("/cari !!!", NOTHING, {"query": "!!!"}),
        ("/cerita zzz", NOTHING, {"query": "zzz"}),
        ("/story 🗞️", NOTHING, {"query": "🗞️"}),
        ("/kutipan zzz", NOBODY, {"name": "zzz"}),
        ("/quotes ...", NOBODY, {"name": "..."}),
        ("/simpan", HOW_TO_KEEP, {}),
        ("/save 1", HOW_TO_KEEP, {}),
        ("/simpanan", NOTHING_KEPT, {}),
        ("/popular 7", NOTHING_OPENED, {}),
        ("/cuaca", UNKNOWN, {}),
        ("/", FREE, {}),
        ("Apa kabar?", FREE, {}),
        ("/start a_999", NOT_FOUND, {}),
        ("/start f_999", NOT_FOUND, {}),
        ("/start q_999", NOT_FOUND, {}),
        ("/start k_1_1_99", NOT_FOUND, {}),
        ("/start k_1_2_0", NOT_FOUND, {}),
        ("/start t_tidak-ada", NOT_FOUND, {}),
    ],
)
async def test_what_was_written_in_error_is_answered_with_what_can_be_written(
    guest: Actor, written: str, msgid: str, values: dict[str, object]
) -> None:
    await guest.send(written)
    await guest.expect(told(guest, msgid, **values))


@pytest.mark.parametrize(
    "command", ["/latest", "/terbaru now", "/topik zzz", "/sections", "/quotes", "/cerita"]
)
async def test_nothing_to_show_yet_is_said(
    tmp_path: Path, telegram: Telegram, guest: Actor, command: str
) -> None:
    async with world(tmp_path, telegram):
        await guest.send(command)
        await guest.expect(told(guest, EMPTY, newspaper="Rakyat Merdeka"))


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    "data",
    [
        *(f"a:{view}:999" for view in "sfqrt"),
        "c:u:1:1:99",
        "c:w:1:2:0",
        "b:999",
        "k:0:tidak-ada",
        "k:99:ekonomi-bisnis",
        "q:0:zzz",
        "q:99:sastrowilis",
        "f:0:zzz",
        "f:99:kakao",
        "f:0:dari:kemarin",
    ],
)
async def test_a_button_whose_article_or_page_is_no_more_says_so(guest: Actor, data: str) -> None:
    await guest.send("/latest")
    await press_made_up(guest, data, await guest.expect())
    assert await guest.expect_notice() == told(guest, GONE)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("data", ["o:s:999", "w:1:1:99", "w:999:1:0"])
async def test_a_number_whose_article_or_quotation_is_no_more_says_so(guest: Actor, data: str) -> None:
    await guest.send("/latest")
    await press_made_up(guest, data, await guest.expect())
    await guest.expect(told(guest, NOT_FOUND))


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("data", ["x", "a:x:1", "a:s:1:0", "c:z:1:1:1", "k:1:Ä", "s:x", "f::kakao", "q:0:"])
async def test_data_that_no_button_carries_is_refused_with_a_word(guest: Actor, data: str) -> None:
    await guest.send("/latest")
    await press_made_up(guest, data, await guest.expect())
    assert await guest.expect_notice() == told(guest, OUT_OF_DATE)


@pytest.mark.usefixtures("room")
async def test_a_press_under_a_message_of_another_chat_is_answered_in_the_readers_language(
    guest: Actor,
) -> None:
    await guest.send("/latest")
    await guest.expect()
    await press_made_up(guest, "a:s:1", chat=False)
    assert await guest.expect_notice() == told(guest, OUT_OF_DATE)
