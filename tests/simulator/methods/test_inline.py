from collections.abc import Mapping

import pytest

from bot.simulator import BotSettings, Simulator
from bot.simulator.methods.inline import LIFETIME
from bot.simulator.state import Chat
from tests.simulator.conftest import Clock, Wire

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
PHOTO: dict[str, object] = {
    "type": "photo",
    "id": "f",
    "photo_url": "https://contoh.id/a.jpg",
    "thumbnail_url": "https://contoh.id/b.jpg",
}


def article(number: str = "1", **fields: object) -> dict[str, object]:
    content = {"message_text": "<b>Berita</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "Judul", "input_message_content": content} | fields


@pytest.fixture
async def inline(wire: Wire) -> Wire:
    """The wire of a bot whose inline mode is on."""
    status, settings = await wire.sim("bot", inline=True)
    assert (status, settings["inline"]) == (200, True)
    return wire


async def asked(wire: Wire, reader: Chat, text: str = "banjir", **fields: object) -> dict[str, object]:
    """What the control API answers when a reader types a query."""
    status, answer = await wire.sim("inline", user_id=reader.id, query=text, **fields)
    assert status == 200, answer
    return answer


async def query_id(wire: Wire, reader: Chat, text: str = "banjir") -> str:
    return str((await asked(wire, reader, text))["inline_query_id"])


async def answered(wire: Wire, reader: Chat, *results: Mapping[str, object], **fields: object) -> str:
    """The number of a query that the bot has answered."""
    number = await query_id(wire, reader)
    await wire.ok("answerInlineQuery", inline_query_id=number, results=list(results), **fields)
    return number


async def chosen(wire: Wire, number: str, chat: Chat, result_id: str = "1") -> dict[str, object]:
    status, message = await wire.sim(f"inline/{number}/results", result_id=result_id, chat_id=chat.id)
    assert status == 200, message
    return message


async def test_a_query_reaches_the_bot(inline: Wire, reader: Chat) -> None:
    assert (await inline.message("getMe"))["supports_inline_queries"] is True
    number = (await asked(inline, reader, "banjir jakarta", offset="10", chat_type="group"))[
        "inline_query_id"
    ]
    (update,) = await inline.updates()
    query = update["inline_query"]
    assert isinstance(query, dict)
    assert query["from"]["id"] == reader.id
    del query["from"]
    assert query == {"id": number, "chat_type": "group", "query": "banjir jakarta", "offset": "10"}


async def test_an_answer_is_shown_to_the_page_and_can_be_looked_up(inline: Wire, reader: Chat) -> None:
    number = await query_id(inline, reader)
    async with inline.session.get(f"/sim/inline/{number}") as response:
        assert await response.json() == {"inline_query_id": number, "answer": None}
    button = {"text": "Atur topik", "start_parameter": "topik"}
    await inline.ok(
        "answerInlineQuery",
        inline_query_id=number,
        results=[article()],
        next_offset="50",
        is_personal=True,
        cache_time=5,
        button=button,
    )
    async with inline.session.get(f"/sim/inline/{number}") as response:
        answer = (await response.json())["answer"]
    assert answer == {
        "inline_query_id": number,
        "user_id": reader.id,
        "query": "banjir",
        "offset": "",
        "results": [article()],
        "next_offset": "50",
        "cache_time": 5,
        "is_personal": True,
        "button": button,
    }


async def test_a_chosen_result_lies_in_the_chat_as_the_readers_message(
    inline: Wire, reader: Chat, group: Chat
) -> None:
    await inline.sim("bot", inline_feedback=True)
    number = await answered(inline, reader, article())
    message = await chosen(inline, number, group)
    assert message["text"] == "Berita"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert message["from"]["id"] == reader.id  # type: ignore[index]
    assert message["via_bot"]["username"] == "kabar_demo_bot"  # type: ignore[index]
    _, sent, choice = await inline.updates()
    assert sent["message"] == message
    result = choice["chosen_inline_result"]
    assert isinstance(result, dict)
    assert (result["result_id"], result["query"], result["from"]["id"]) == ("1", "banjir", reader.id)
    assert "inline_message_id" not in result


async def test_without_feedback_the_bot_is_not_told_of_the_choice(inline: Wire, reader: Chat) -> None:
    await chosen(inline, await answered(inline, reader, article()), reader)
    assert [kind for update in await inline.updates() for kind in update if kind != "update_id"] == [
        "inline_query",
        "message",
    ]


async def test_a_message_with_buttons_is_edited_and_pressed_by_its_inline_name(
    inline: Wire, reader: Chat, group: Chat
) -> None:
    await inline.sim("bot", inline_feedback=True)
    keyboard = {"inline_keyboard": [[{"text": "Kutipan", "callback_data": "k"}]]}
    number = await answered(inline, reader, article(reply_markup=keyboard))
    message = await chosen(inline, number, group)
    assert message["reply_markup"] == keyboard
    name = (await inline.updates())[-1]["chosen_inline_result"]["inline_message_id"]  # type: ignore[index]
    status, _ = await inline.sim(
        f"chats/{group.id}/callbacks", message_id=message["message_id"], data="k", user_id=reader.id
    )
    assert status == 200
    pressed = (await inline.updates())[-1]["callback_query"]
    assert isinstance(pressed, dict)
    assert pressed["inline_message_id"] == name
    assert "message" not in pressed
    await inline.ok("answerCallbackQuery", callback_query_id=pressed["id"])
    assert await inline.ok("editMessageText", inline_message_id=name, text="Lain") is True
    assert next(iter(group.messages.values())).text == "Lain"
    other = Wire(inline.session, token="777:another-token_of-no-bot")
    for wire, wrong in ((inline, "AQ5"), (other, name)):
        reason = await wire.refused("editMessageText", inline_message_id=wrong, text="x")
        assert reason == "Bad Request: MESSAGE_ID_INVALID"


async def test_a_photo_becomes_a_photo_with_its_caption(inline: Wire, reader: Chat) -> None:
    number = await answered(inline, reader, PHOTO | {"caption": "<i>Foto</i>", "parse_mode": "HTML"})
    message = await chosen(inline, number, reader, "f")
    assert message["caption"] == "Foto"
    photo = message["photo"]
    assert isinstance(photo, list)
    again: dict[str, object] = {"type": "photo", "id": "f", "photo_file_id": photo[-1]["file_id"]}
    number = str((await asked(inline, reader, "lain"))["inline_query_id"])
    await inline.ok("answerInlineQuery", inline_query_id=number, results=[again])
    assert (await chosen(inline, number, reader, "f"))["photo"] == photo


async def test_a_photo_with_a_text_of_its_own_becomes_that_text(inline: Wire, reader: Chat) -> None:
    content = {"message_text": "Teks", "link_preview_options": {"is_disabled": True}}
    number = await answered(inline, reader, PHOTO | {"input_message_content": content})
    message = await chosen(inline, number, reader, "f")
    assert (message["text"], message["link_preview_options"]) == ("Teks", {"is_disabled": True})
    assert "photo" not in message


async def test_an_answer_is_kept_for_its_time_and_for_its_readers(
    inline: Wire, simulator: Simulator, reader: Chat, clock: Clock
) -> None:
    sari = simulator.add_reader("Sari")
    await answered(inline, reader, article(), cache_time=60)
    kept = await asked(inline, sari)
    assert kept["answer"]["results"] == [article()]  # type: ignore[index]
    assert len(await inline.updates()) == 1
    assert (await asked(inline, sari, offset="1"))["answer"] is None
    clock.forward(60)
    number = (await asked(inline, reader))["inline_query_id"]
    personal = {"inline_query_id": number, "results": [article("2")], "is_personal": True}
    await inline.ok("answerInlineQuery", **personal)
    assert (await asked(inline, reader))["answer"] is not None
    assert (await asked(inline, sari))["answer"] is None


async def test_a_query_is_answered_once_and_in_time(inline: Wire, reader: Chat, clock: Clock) -> None:
    assert await inline.refused("answerInlineQuery", inline_query_id="5", results=[]) == OLD
    number = await answered(inline, reader, cache_time=0)
    assert await inline.refused("answerInlineQuery", inline_query_id=number, results=[]) == OLD
    number = await query_id(inline, reader)
    clock.forward(LIFETIME + 1)
    assert await inline.refused("answerInlineQuery", inline_query_id=number, results=[]) == OLD


BUTTON = "Bad Request: can't parse inline query results button: "
PARSING = "Bad Request: can't parse inline query result: "


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"results": "["}, "Bad Request: can't parse JSON encoded inline query results"),
        ({"results": {}}, "Bad Request: expected an Array of inline query results"),
        ({"results": [article()] * 51}, "Bad Request: too many inline query results specified"),
        ({"results": [5]}, f"{PARSING}Inline query result must be an object"),
        ({"results": [{"type": "article"}]}, f'{PARSING}Can\'t find field "id"'),
        ({"results": [article(type="x")]}, f'{PARSING}type "x" is unsupported for the inline query result'),
        (
            {"results": [article(type="venue")]},
            f'{PARSING}type "venue" is not simulated for the inline query result',
        ),
        (
            {"results": [article(input_message_content={})]},
            f"{PARSING}Input message content is not specified",
        ),
        (
            {"results": [article(input_message_content=None)]},
            f'{PARSING}Can\'t find field "message_text"',
        ),
        (
            {"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
            f"{PARSING}Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"results": [article(), article()]}, "Bad Request: RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "Bad Request: RESULT_ID_EMPTY"),
        ({"results": [article("é" * 33)]}, "Bad Request: RESULT_ID_INVALID"),
        ({"results": [article(title=" ")]}, "Bad Request: ARTICLE_TITLE_EMPTY"),
        (
            {"results": [article(input_message_content={"message_text": "x" * 4097})]},
            "Bad Request: message is too long",
        ),
        ({"results": [PHOTO | {"thumbnail_url": ""}]}, "Bad Request: PHOTO_THUMB_URL_EMPTY"),
        ({"results": [PHOTO | {"photo_url": "ftp://a"}]}, "Bad Request: WEBDOCUMENT_URL_INVALID"),
        (
            {"results": [{"type": "photo", "id": "f", "photo_file_id": "tidak"}]},
            "Bad Request: wrong remote file identifier specified: Wrong string length",
        ),
        ({"results": [{"type": "photo", "id": "f"}]}, f'{PARSING}Can\'t find field "photo_file_id"'),
        ({"results": [PHOTO | {"caption": "x" * 1025}]}, "Bad Request: message caption is too long"),
        ({"next_offset": "x" * 65}, "Bad Request: NEXT_OFFSET_INVALID"),
        (
            {"button": {"text": "x"}},
            f"{BUTTON}InlineQueryResultsButton must have exactly one optional field",
        ),
        ({"button": {"text": "", "start_parameter": "x"}}, "Bad Request: SWITCH_PM_TEXT_EMPTY"),
        ({"button": {"text": "x", "start_parameter": ""}}, "Bad Request: START_PARAM_EMPTY"),
        ({"button": {"text": "x", "start_parameter": "a b"}}, "Bad Request: START_PARAM_INVALID"),
    ],
)
async def test_a_faulty_answer_is_refused_in_telegrams_words(
    inline: Wire, reader: Chat, fields: dict[str, object], reason: str
) -> None:
    number = await query_id(inline, reader)
    arguments = {"results": [article()]} | fields
    assert await inline.refused("answerInlineQuery", inline_query_id=number, **arguments) == reason
    await inline.ok("answerInlineQuery", inline_query_id=number, results=[article()])


async def test_what_a_reader_cannot_ask_is_refused_with_a_reason(wire: Wire, reader: Chat) -> None:
    assert (await wire.sim("inline", user_id=reader.id, query="x"))[0] == 409
    await wire.sim("bot", inline=True)
    for fields, status in (
        ({"query": "x" * 257, "user_id": reader.id}, 400),
        ({"query": "x", "user_id": 5}, 404),
        ({"query": "x", "user_id": 123456}, 404),
        ({"query": "x", "user_id": reader.id, "chat_type": "pasar"}, 400),
        ({"query": "x", "user_id": reader.id, "bot_id": 5}, 404),
    ):
        answered_with, answer = await wire.sim("inline", **fields)
        assert (answered_with, list(answer)) == (status, ["error"])


async def test_what_a_reader_cannot_choose_is_refused_with_a_reason(
    inline: Wire, simulator: Simulator, reader: Chat, group: Chat
) -> None:
    sari = simulator.add_reader("Sari", started=True)
    number = await answered(inline, reader, article())
    results = f"inline/{number}/results"
    assert (await inline.sim("inline/5/results", result_id="1", chat_id=group.id))[0] == 404
    assert (await inline.sim(results, result_id="9", chat_id=group.id))[0] == 404
    assert (await inline.sim(results, result_id="1", chat_id=5))[0] == 404
    assert (await inline.sim(results, result_id="1", chat_id=sari.id))[0] == 409
    await inline.sim(f"chats/{group.id}/members", user_id=reader.id, status="kicked")
    assert (await inline.sim(results, result_id="1", chat_id=group.id))[0] == 409
    assert not any(message.text for message in group.messages.values())


async def test_a_result_can_be_posted_in_a_channel(inline: Wire, reader: Chat, channel: Chat) -> None:
    message = await chosen(inline, await answered(inline, reader, article()), channel)
    assert message["sender_chat"]["id"] == channel.id  # type: ignore[index]
    assert "via_bot" in message
    assert (await inline.updates())[-1]["channel_post"] == message


async def test_a_simulator_can_begin_with_inline_mode() -> None:
    settings = BotSettings(is_inline=True)
    simulator = Simulator(settings=settings)
    first, second = simulator.bot_of("1:a"), simulator.bot_of("2:b")
    assert first is not None
    assert second is not None
    assert first.settings.is_inline
    first.settings.is_inline = False
    assert second.settings.is_inline
    assert settings.is_inline
