import json

import pytest

from bot.simulator import Simulator
from bot.simulator.methods.messages import CALLBACK_LIFETIME, DELETABLE_FOR
from bot.simulator.state import Chat
from tests.simulator.conftest import Clock, Wire

KEYBOARD = {"inline_keyboard": [[{"text": "Baca", "callback_data": "a:1"}]]}


async def test_a_message_comes_back_as_it_was_sent(wire: Wire, reader: Chat) -> None:
    message = await wire.message(
        "sendMessage", chat_id=reader.id, text=" <b>Kabar</b> 😀 ", parse_mode="HTML", reply_markup=KEYBOARD
    )
    assert message == {
        "message_id": 1,
        "from": {"id": 123456, "is_bot": True, "first_name": "Kabar", "username": "kabar_demo_bot"},
        "chat": {"id": reader.id, "first_name": "Budi", "username": "budi_contoh", "type": "private"},
        "date": 1_700_000_000,
        "text": "Kabar 😀",
        "entities": [{"type": "bold", "offset": 0, "length": 5}],
        "reply_markup": KEYBOARD,
    }
    assert reader.messages[1].text == "Kabar 😀"


async def test_a_channel_is_found_by_name_and_posts_as_itself(wire: Wire, channel: Chat) -> None:
    message = await wire.message("sendMessage", chat_id="@Kabar_Contoh", text="x")
    assert "from" not in message
    assert message["sender_chat"] == message["chat"]
    assert message["chat"] == {
        "id": channel.id,
        "title": "Kabar Contoh",
        "username": "kabar_contoh",
        "type": "channel",
    }


async def test_messages_are_numbered_in_each_channel_and_over_all_private_chats(
    wire: Wire, simulator: Simulator, channel: Chat
) -> None:
    readers = [simulator.add_reader(name, started=True) for name in ("A", "B")]
    numbers = [
        (await wire.message("sendMessage", chat_id=chat.id, text="x"))["message_id"]
        for chat in (readers[0], readers[1], channel, readers[0], channel)
    ]
    assert numbers == [1, 2, 1, 3, 2]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({}, "Bad Request: message text is empty"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": None}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "halo"}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": 5}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@tidak_ada"}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@budi_contoh"}, "Bad Request: chat not found"),
        ({"text": " \n", "chat_id": "READER"}, "Bad Request: text must be non-empty"),
        (
            {"text": "<b> </b>", "parse_mode": "HTML", "chat_id": "READER"},
            "Bad Request: text must be non-empty",
        ),
        ({"text": "x" * 4097, "chat_id": "READER"}, "Bad Request: message is too long"),
        ({"text": "😀" * 4097, "chat_id": "READER"}, "Bad Request: message is too long"),
        ({"text": "x" * 40_000, "chat_id": "READER"}, "Bad Request: text is too long"),
        (
            {"text": "<b>x", "parse_mode": "html", "chat_id": "READER"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "BBCode", "chat_id": "READER"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0}], "chat_id": "READER"},
            "Bad Request: can't parse MessageEntity: Can't find field \"length\"",
        ),
        (
            {"text": "x", "entities": [{"type": "tebal", "offset": 0, "length": 1}], "chat_id": "READER"},
            "Bad Request: can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": [], "length": 1}], "chat_id": "READER"},
            'Bad Request: can\'t parse MessageEntity: Field "offset" must be of type Number',
        ),
        (
            {"text": "x", "entities": [5], "chat_id": "READER"},
            "Bad Request: can't parse MessageEntity: expected an Object",
        ),
        (
            {"text": "x", "link_preview_options": "{", "chat_id": "READER"},
            "Bad Request: can't parse link preview options JSON object",
        ),
        (
            {"text": "x", "link_preview_options": {"is_disabled": 1}, "chat_id": "READER"},
            'Bad Request: field "is_disabled" must be of type Boolean',
        ),
        (
            {"text": "x", "reply_parameters": [], "chat_id": "READER"},
            "Bad Request: object expected as reply parameters",
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 9}, "chat_id": "READER"},
            "Bad Request: message to be replied not found",
        ),
        (
            {"text": "x", "reply_parameters": {"quote": "x"}, "chat_id": "READER"},
            'Bad Request: can\'t find field "message_id"',
        ),
        (
            {"text": "x", "reply_to_message_id": 9, "chat_id": "READER"},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_a_faulty_message_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, arguments: dict[str, object], reason: str
) -> None:
    given = {name: reader.id if value == "READER" else value for name, value in arguments.items()}
    assert await wire.refused("sendMessage", **given) == reason
    assert not reader.messages


async def test_the_longest_text_counts_characters_after_parsing(wire: Wire, reader: Chat) -> None:
    text = "<b>" + "&amp;" * 4095 + "😀</b>"
    message = await wire.message("sendMessage", chat_id=reader.id, text=text, parse_mode="HTML")
    assert message["text"] == "&" * 4095 + "😀"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4097}]


async def test_no_more_than_100_entities_are_kept(wire: Wire, reader: Chat) -> None:
    text = " ".join(f"<b>{number}</b>" for number in range(150))
    message = await wire.message("sendMessage", chat_id=reader.id, text=text, parse_mode="HTML")
    entities = message["entities"]
    assert isinstance(entities, list)
    assert len(entities) == 100


async def test_entities_can_be_given_beside_the_text(wire: Wire, reader: Chat) -> None:
    message = await wire.message(
        "sendMessage",
        chat_id=reader.id,
        text="😀 abcdef",
        entities=[
            {"type": "text_link", "offset": 3, "length": 1, "url": "contoh.id"},
            {"type": "text_link", "offset": 4, "length": 1, "url": "bukan"},
            {"type": "text_mention", "offset": 5, "length": 1, "user": {"id": reader.id}},
            {"type": "text_mention", "offset": 6, "length": 1, "user": {"id": 1}},
            {"type": "pre", "offset": 7, "length": "1", "language": "py"},
            {"type": "date_time", "offset": 8, "length": 1, "unix_time": 5, "date_time_format": "d"},
            {"type": "url", "offset": 0, "length": 2},
            {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "77"},
        ],
    )
    assert message["entities"] == [
        {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "77"},
        {"type": "text_link", "offset": 3, "length": 1, "url": "http://contoh.id/"},
        {
            "type": "text_mention",
            "offset": 5,
            "length": 1,
            "user": {
                "id": reader.id,
                "is_bot": False,
                "first_name": "Budi",
                "username": "budi_contoh",
                "language_code": "id",
            },
        },
        {"type": "pre", "offset": 7, "length": 1, "language": "py"},
        {"type": "date_time", "offset": 8, "length": 1, "unix_time": 5, "date_time_format": "d"},
    ]


async def test_a_reply_shows_what_it_replies_to_once_and_its_quote(wire: Wire, reader: Chat) -> None:
    first = await wire.writes(reader, "satu 😀 dua")
    second = await wire.message(
        "sendMessage",
        chat_id=reader.id,
        text="y",
        reply_parameters={"message_id": first["message_id"], "quote": "dua"},
    )
    assert second["reply_to_message"] == first
    assert second["quote"] == {"text": "dua", "position": 8, "is_manual": True}
    third = await wire.message(
        "sendMessage", chat_id=reader.id, text="z", reply_to_message_id=second["message_id"]
    )
    shown = third["reply_to_message"]
    assert isinstance(shown, dict)
    assert shown["text"] == "y"
    assert "reply_to_message" not in shown
    reason = await wire.refused(
        "sendMessage", chat_id=reader.id, text="z", reply_parameters={"message_id": 1, "quote": "tiga"}
    )
    assert reason == "Bad Request: QUOTE_TEXT_INVALID"


@pytest.mark.parametrize(("asked", "position"), [(0, 2), (2, 2), (4, 2), (6, 7), (7, 7), (99, 12), (-5, 2)])
async def test_a_quote_that_stands_there_more_than_once_is_the_one_nearest_to_its_position(
    wire: Wire, reader: Chat, asked: int, position: int
) -> None:
    first = await wire.writes(reader, "😀kopi kopi kopi")
    reply = {"message_id": first["message_id"], "quote": "kopi", "quote_position": asked}
    message = await wire.message("sendMessage", chat_id=reader.id, text="y", reply_parameters=reply)
    quote = message["quote"]
    assert isinstance(quote, dict)
    assert quote["position"] == position


async def test_a_reply_to_nothing_may_be_allowed(wire: Wire, reader: Chat) -> None:
    message = await wire.message(
        "sendMessage",
        chat_id=reader.id,
        text="x",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
    )
    assert "reply_to_message" not in message


async def test_options_of_the_link_preview_and_protection_are_kept(wire: Wire, reader: Chat) -> None:
    message = await wire.message(
        "sendMessage",
        chat_id=reader.id,
        text="x",
        protect_content=True,
        link_preview_options={"url": "http://contoh.id", "show_above_text": True, "is_disabled": False},
    )
    assert message["link_preview_options"] == {"show_above_text": True, "url": "http://contoh.id"}
    assert message["has_protected_content"] is True
    old = await wire.message("sendMessage", chat_id=reader.id, text="x", disable_web_page_preview=True)
    assert old["link_preview_options"] == {"is_disabled": True}


async def test_a_bot_may_not_write_first_nor_after_it_was_blocked(wire: Wire, simulator: Simulator) -> None:
    stranger = simulator.add_reader("Sari")
    for method, arguments in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        reason = await wire.refused(method, chat_id=stranger.id, **arguments)
        assert reason == "Forbidden: bot can't initiate conversation with a user"
    await wire.writes(stranger, "/start")
    await wire.ok("sendMessage", chat_id=stranger.id, text="x")
    await wire.sim(f"chats/{stranger.id}/block")
    reason = await wire.refused("sendMessage", chat_id=stranger.id, text="x")
    assert reason == "Forbidden: bot was blocked by the user"
    await wire.sim(f"chats/{stranger.id}/unblock")
    await wire.ok("sendMessage", chat_id=stranger.id, text="x")


async def test_an_edit_changes_text_entities_and_keyboard(wire: Wire, reader: Chat, clock: Clock) -> None:
    sent = await wire.message("sendMessage", chat_id=reader.id, text="satu", reply_markup=KEYBOARD)
    clock.forward(60)
    edited = await wire.message(
        "editMessageText",
        chat_id=reader.id,
        message_id=sent["message_id"],
        text="<i>dua</i>",
        parse_mode="HTML",
    )
    assert edited["text"] == "dua"
    assert edited["entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    assert edited["date"] == 1_700_000_000
    assert edited["edit_date"] == 1_700_000_060
    assert "reply_markup" not in edited


NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly"
    " the same as a current content and reply markup of the message"
)


async def test_an_edit_without_a_change_is_refused(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="<b>x</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    same = {"chat_id": reader.id, "message_id": 1, "reply_markup": KEYBOARD}
    assert await wire.refused("editMessageText", text="<b>x</b> ", parse_mode="HTML", **same) == NOT_MODIFIED
    assert await wire.refused("editMessageReplyMarkup", **same) == NOT_MODIFIED
    await wire.ok("editMessageText", text="x", **same)


async def test_a_keyboard_is_changed_and_taken_away_by_itself(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    target = {"chat_id": reader.id, "message_id": 1}
    edited = await wire.message("editMessageReplyMarkup", reply_markup=KEYBOARD, **target)
    assert edited["reply_markup"] == KEYBOARD
    assert "edit_date" not in edited
    edited = await wire.message("editMessageReplyMarkup", **target)
    assert "reply_markup" not in edited
    assert await wire.refused("editMessageReplyMarkup", **target) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"text": "x"}, "Bad Request: message identifier is not specified"),
        ({"text": "x", "inline_message_id": "abc"}, "Bad Request: MESSAGE_ID_INVALID"),
        ({"text": "x", "message_id": 1}, "Bad Request: chat_id is empty"),
        ({"chat_id": "READER", "message_id": 1}, "Bad Request: message text is empty"),
        ({"text": "x", "chat_id": "READER"}, "Bad Request: message to edit not found"),
        ({"text": "x", "chat_id": "READER", "message_id": "satu"}, "Bad Request: message to edit not found"),
        ({"text": "x", "chat_id": "READER", "message_id": 99}, "Bad Request: message to edit not found"),
        ({"text": "x", "chat_id": "READER", "message_id": 1}, "Bad Request: message can't be edited"),
        ({"text": "x", "chat_id": "READER", "message_id": 2}, "Bad Request: message can't be edited"),
        ({"text": "", "chat_id": "READER", "message_id": 3}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097, "chat_id": "READER", "message_id": 3}, "Bad Request: MESSAGE_TOO_LONG"),
        (
            {"text": "x", "chat_id": "READER", "message_id": 3, "reply_markup": {"force_reply": True}},
            "Bad Request: inline keyboard expected",
        ),
    ],
)
async def test_a_faulty_edit_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, arguments: dict[str, object], reason: str
) -> None:
    await wire.writes(reader, "/start")
    await wire.ok("sendMessage", chat_id=reader.id, text="papan", reply_markup={"keyboard": [["Ya"]]})
    await wire.ok("sendMessage", chat_id=reader.id, text="bisa diubah")
    given = {name: reader.id if value == "READER" else value for name, value in arguments.items()}
    assert await wire.refused("editMessageText", **given) == reason


async def test_a_message_is_deleted_once(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    assert await wire.ok("deleteMessage", chat_id=reader.id, message_id=1) is True
    assert not reader.messages
    reason = await wire.refused("deleteMessage", chat_id=reader.id, message_id=1)
    assert reason == "Bad Request: message to delete not found"
    await wire.ok("sendMessage", chat_id=reader.id, text="y")
    assert list(reader.messages) == [2]


async def test_a_message_in_a_private_chat_is_deleted_within_48_hours(
    wire: Wire, reader: Chat, clock: Clock
) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="x")
    clock.forward(DELETABLE_FOR + 1)
    reason = await wire.refused("deleteMessage", chat_id=reader.id, message_id=1)
    assert reason == "Bad Request: message can't be deleted for everyone"


async def test_no_message_of_a_large_chat_is_deleted_after_48_hours(
    wire: Wire, simulator: Simulator, channel: Chat, clock: Clock
) -> None:
    supergroup = simulator.add_group("Redaksi", is_supergroup=True)
    for chat in (channel, supergroup):
        await wire.sim(f"chats/{chat.id}/members", user_id="bot", status="administrator")
        sent = await wire.message("sendMessage", chat_id=chat.id, text="x")
        clock.forward(DELETABLE_FOR - 1)
        late = await wire.message("sendMessage", chat_id=chat.id, text="y")
        await wire.ok("deleteMessage", chat_id=chat.id, message_id=sent["message_id"])
        clock.forward(DELETABLE_FOR + 1)
        reason = await wire.refused("deleteMessage", chat_id=chat.id, message_id=late["message_id"])
        assert reason == "Bad Request: message can't be deleted"


async def test_in_a_channel_the_right_to_post_is_enough_to_delete_posts(wire: Wire, channel: Chat) -> None:
    sent = await wire.message("sendMessage", chat_id=channel.id, text="x")
    other = await wire.message("sendMessage", chat_id=channel.id, text="y")
    rights = f"chats/{channel.id}/members"
    await wire.sim(rights, user_id="bot", status="administrator", rights=["can_post_messages"])
    await wire.ok("deleteMessage", chat_id=channel.id, message_id=sent["message_id"])
    await wire.sim(rights, user_id="bot", status="administrator", rights=["can_edit_messages"])
    reason = await wire.refused("deleteMessage", chat_id=channel.id, message_id=other["message_id"])
    assert reason == "Bad Request: message can't be deleted"


async def test_in_a_group_a_bot_deletes_only_its_own_messages(wire: Wire, reader: Chat, group: Chat) -> None:
    assert reader.reader is not None
    theirs = await wire.writes(group, "halo")
    await wire.ok("sendMessage", chat_id=group.id, text="x")
    assert await wire.ok("deleteMessage", chat_id=group.id, message_id=2) is True
    reason = await wire.refused("deleteMessage", chat_id=group.id, message_id=theirs["message_id"])
    assert reason == "Bad Request: message can't be deleted"


async def test_several_messages_are_deleted_and_missing_ones_passed_over(wire: Wire, reader: Chat) -> None:
    for text in "abc":
        await wire.ok("sendMessage", chat_id=reader.id, text=text)
    assert await wire.ok("deleteMessages", chat_id=reader.id, message_ids=[1, "3", 99]) is True
    assert list(reader.messages) == [2]


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        (None, "Bad Request: expected an Array of message identifiers"),
        ([], "Bad Request: message identifiers are not specified"),
        ("x", "Bad Request: can't parse message_ids JSON object"),
        ({}, "Bad Request: expected an Array of message identifiers"),
        ([True], "Bad Request: message identifier must be a Number"),
        (["x"], "Bad Request: can't parse message identifier as Number"),
        ([0], "Bad Request: invalid message identifier specified"),
        ([1] * 101, "Bad Request: too many message identifiers specified"),
    ],
)
async def test_a_faulty_list_of_messages_is_refused(
    wire: Wire, reader: Chat, numbers: object, reason: str
) -> None:
    assert await wire.refused("deleteMessages", chat_id=reader.id, message_ids=numbers) == reason


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"message_id": 1}, "Bad Request: chat identifier is not specified"),
        ({"chat_id": 5}, "Bad Request: message identifier is not specified"),
        ({"chat_id": 5, "message_id": 1}, "Bad Request: chat not found"),
    ],
)
async def test_a_deletion_without_its_target_is_refused(
    wire: Wire, arguments: dict[str, object], reason: str
) -> None:
    assert await wire.refused("deleteMessage", **arguments) == reason


async def test_a_chat_action_must_be_one_that_telegram_knows(wire: Wire, reader: Chat) -> None:
    assert await wire.ok("sendChatAction", chat_id=reader.id, action="Typing") is True
    reason = await wire.refused("sendChatAction", chat_id=reader.id, action="dancing")
    assert reason == "Bad Request: wrong parameter action in request"


TEXT_BUTTON = (
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)


async def press(wire: Wire, chat: Chat, message_id: object, data: str = "a:1") -> str:
    status, answer = await wire.sim(f"chats/{chat.id}/callbacks", message_id=message_id, data=data)
    assert status == 200, answer
    return str(answer["callback_query_id"])


async def test_a_pressed_button_is_told_to_the_bot_and_answered_once(wire: Wire, reader: Chat) -> None:
    sent = await wire.message("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)
    query_id = await press(wire, reader, sent["message_id"])
    (update,) = await wire.updates()
    query = update["callback_query"]
    assert isinstance(query, dict)
    assert query["id"] == query_id
    assert query["data"] == "a:1"
    assert query["from"]["id"] == reader.id
    assert query["message"] == sent
    assert query["chat_instance"]
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await wire.refused("answerCallbackQuery", callback_query_id="1") == too_old
    assert await wire.refused("answerCallbackQuery") == too_old
    assert await wire.ok("answerCallbackQuery", callback_query_id=query_id, text="Baik") is True
    assert await wire.refused("answerCallbackQuery", callback_query_id=query_id) == too_old


async def test_a_pressed_button_must_be_answered_in_time(wire: Wire, reader: Chat, clock: Clock) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)
    old = await press(wire, reader, 1)
    clock.forward(CALLBACK_LIFETIME + 1)
    new = await press(wire, reader, 1)
    assert "query is too old" in await wire.refused("answerCallbackQuery", callback_query_id=old)
    assert await wire.ok("answerCallbackQuery", callback_query_id=new) is True


async def test_the_answer_to_a_button_has_at_most_200_characters(wire: Wire, reader: Chat) -> None:
    await wire.ok("sendMessage", chat_id=reader.id, text="x", reply_markup=KEYBOARD)
    query_id = await press(wire, reader, 1)
    reason = await wire.refused("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert reason == "Bad Request: MESSAGE_TOO_LONG"
    assert await wire.ok("answerCallbackQuery", callback_query_id=query_id, text="x" * 200) is True


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("{", "Bad Request: can't parse reply keyboard markup JSON object"),
        ("null", "Bad Request: object expected as reply markup"),
        ([], "Bad Request: object expected as reply markup"),
        ({"inline_keyboard": {}}, 'Bad Request: field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [{}]},
            'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [["x"]]},
            "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"inline_keyboard": [[{"url": "contoh.id"}]]},
            "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            TEXT_BUTTON,
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]},
            TEXT_BUTTON,
        ),
        (
            {"inline_keyboard": [[{"text": "x", "web_app": {}}]]},
            "Bad Request: can't parse inline keyboard button: Can't find field \"url\"",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "url": "bukan"}]]},
            "Bad Request: inline keyboard button URL 'bukan' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101},
            "Bad Request: reply markup is too long",
        ),
        ({"keyboard": ["x"]}, 'Bad Request: field "keyboard" must be an Array of Arrays'),
        (
            {"keyboard": [[5]]},
            "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        ({"keyboard": [[{}]]}, "Bad Request: can't parse keyboard button: Can't find field \"text\""),
        ({"remove_keyboard": 1}, 'Bad Request: field "remove_keyboard" must be of type Boolean'),
    ],
)
async def test_a_faulty_keyboard_is_refused_in_telegrams_words(
    wire: Wire, reader: Chat, markup: object, reason: str
) -> None:
    assert await wire.refused("sendMessage", chat_id=reader.id, text="x", reply_markup=markup) == reason


async def test_buttons_of_every_kind_come_back_as_telegram_writes_them(wire: Wire, reader: Chat) -> None:
    buttons: list[dict[str, object]] = [
        {"text": "a", "url": "Contoh.ID/x", "callback_data": "ignored"},
        {"text": "b", "callback_data": "x" * 64, "style": "danger"},
        {"text": "c", "switch_inline_query": ""},
        {"text": "d", "copy_text": {"text": "salin"}},
        {"text": "", "callback_data": "left out"},
    ]
    message = await wire.message(
        "sendMessage",
        chat_id=reader.id,
        text="x",
        reply_markup=json.dumps({"inline_keyboard": [buttons, []]}),
    )
    assert message["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "a", "url": "http://contoh.id/x"},
                {"text": "b", "callback_data": "x" * 64, "style": "danger"},
                {"text": "c", "switch_inline_query": ""},
                {"text": "d", "copy_text": {"text": "salin"}},
            ]
        ]
    }


async def test_a_row_keeps_its_first_eight_buttons(wire: Wire, reader: Chat) -> None:
    row = [{"text": str(number), "callback_data": "x"} for number in range(10)]
    message = await wire.message(
        "sendMessage", chat_id=reader.id, text="x", reply_markup={"inline_keyboard": [row]}
    )
    assert message["reply_markup"] == {"inline_keyboard": [row[:8]]}


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [["Ya", {"text": "Tidak"}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "..."},
    ],
)
async def test_other_keyboards_are_taken_in_chats_but_not_in_channels(
    wire: Wire, reader: Chat, channel: Chat, markup: dict[str, object]
) -> None:
    message = await wire.message("sendMessage", chat_id=reader.id, text="x", reply_markup=markup)
    assert "reply_markup" not in message
    reason = await wire.refused("sendMessage", chat_id=channel.id, text="x", reply_markup=markup)
    assert reason == "Bad Request: inline keyboard expected"


@pytest.mark.parametrize(
    ("mode", "text", "kinds"),
    [
        (
            "MarkdownV2",
            "*Kabar* _hari ini_\n>kutipan\n>panjang||",
            ["bold", "italic", "expandable_blockquote"],
        ),
        ("markdown", "*Kabar* [baca](contoh.id) `1`", ["bold", "text_link", "code"]),
    ],
)
async def test_markdown_of_both_kinds_is_parsed(
    wire: Wire, reader: Chat, mode: str, text: str, kinds: list[str]
) -> None:
    message = await wire.message("sendMessage", chat_id=reader.id, text=text, parse_mode=mode)
    entities = message["entities"]
    assert isinstance(entities, list)
    assert [entity["type"] for entity in entities] == kinds
    reason = await wire.refused("sendMessage", chat_id=reader.id, text="*x", parse_mode=mode)
    assert reason.startswith("Bad Request: can't parse entities: Can't find end of")


async def test_a_reply_keyboard_is_shown_to_the_page_and_not_to_bots(wire: Wire, reader: Chat) -> None:
    keyboard = {
        "keyboard": [["Ya", {"text": "Bagikan nomor", "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": False,
    }
    sent = await wire.message("sendMessage", chat_id=reader.id, text="Mau?", reply_markup=keyboard)
    assert "reply_keyboard" not in sent
    gone = {"remove_keyboard": True}
    await wire.message("sendMessage", chat_id=reader.id, text="Baik", reply_markup=gone)
    async with wire.session.get("/sim/state") as response:
        shown = (await response.json())["messages"][str(reader.id)]
    assert [message["reply_keyboard"] for message in shown] == [
        {
            "keyboard": [[{"text": "Ya"}, {"text": "Bagikan nomor", "request_contact": True}]],
            "one_time_keyboard": True,
        },
        gone,
    ]
