import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.api.checks import check_call
from bot.simulator.api.table import bot_api
from bot.simulator.errors import BadRequest
from bot.simulator.fields import Arguments
from bot.simulator.methods import METHODS
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire

# Telegram takes these calls without the field: nothing stands for an empty list, text or address.
TAKEN_WITHOUT = {
    ("answerInlineQuery", "results"),
    ("setMyCommands", "commands"),
    ("setWebhook", "url"),
}


def missing_fields() -> list[tuple[str, str]]:
    return [
        (method.name, field.name)
        for method in bot_api().methods.values()
        for field in method.fields
        if field.required and (method.name, field.name) not in TAKEN_WITHOUT
    ]


EXAMPLES = {
    "Integer": "1",
    "Float": "1.5",
    "Boolean": "true",
    "String": "AgAD",
    "InputFile": "AgAD",
    "Array of Integer": "[1]",
}


async def test_every_call_without_a_required_field_is_refused(wire: Wire, reader: Chat) -> None:
    taken = []
    for method, field in missing_fields():
        given = {
            other.name: EXAMPLES[other.types[0]]
            for other in bot_api().methods[method.lower()].fields
            if other.required and other.name != field and other.types[0] in EXAMPLES
        }
        if "chat_id" in given:
            given["chat_id"] = str(reader.id)
        answer = await wire.call(method, **given)
        if answer.get("error_code") != 400 or "is not simulated" in str(answer["description"]):
            taken.append((method, field, answer))
    assert not taken


def test_every_simulated_method_is_one_of_the_bot_api() -> None:
    assert set(METHODS) <= set(bot_api().methods)


async def test_a_method_without_state_says_so_once_its_call_is_right(wire: Wire, reader: Chat) -> None:
    invoice: dict[str, object] = {
        "chat_id": reader.id,
        "title": "Langganan",
        "description": "Sebulan",
        "payload": "x",
        "currency": "XTR",
        "prices": [{"label": "Sebulan", "amount": 1}],
    }
    assert await wire.refused("sendInvoice", **invoice) == "Bad Request: method sendInvoice is not simulated"
    invoice["prices"] = [{"label": "Sebulan"}]
    reason = "Bad Request: can't parse LabeledPrice: Can't find field \"amount\""
    assert await wire.refused("sendInvoice", **invoice) == reason


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("sendDice", {}, "chat_id is empty"),
        ("sendLocation", {"chat_id": 1}, "latitude is empty"),
        ("sendLocation", {"chat_id": 1, "latitude": "utara"}, 'can\'t parse "latitude" as Number'),
        ("getUserProfilePhotos", {"user_id": "Budi"}, "invalid user_id specified"),
        ("setStickerPositionInSet", {"sticker": "x", "position": "x"}, 'can\'t parse "position" as Number'),
        ("sendContact", {"chat_id": 1}, 'parameter "phone_number" is required'),
        ("sendSticker", {"chat_id": 1}, "there is no sticker in the request"),
        (
            "sendVideoNote",
            {"chat_id": 1, "video_note": "attach://x"},
            "there is no video note in the request",
        ),
        (
            "uploadStickerFile",
            {"user_id": 1, "sticker": "AgAD", "sticker_format": "static"},
            "sticker must be uploaded as an InputFile",
        ),
        ("sendPoll", {"chat_id": 1, "question": "?", "options": "["}, "can't parse options JSON object"),
        ("sendPoll", {"chat_id": 1, "question": "?", "options": {}}, "expected an Array of InputPollOption"),
        (
            "sendPoll",
            {"chat_id": 1, "question": "?", "options": [{"text": True}]},
            'can\'t parse InputPollOption: Field "text" must be of type String',
        ),
        (
            "setMessageReaction",
            {"chat_id": 1, "message_id": 1, "reaction": [{"type": "tepuk"}]},
            'can\'t parse ReactionType: type "tepuk" is unsupported',
        ),
        (
            "setMessageReaction",
            {"chat_id": 1, "message_id": 1, "reaction": [{"type": "emoji"}]},
            "can't parse ReactionType: Can't find field \"emoji\"",
        ),
        (
            "sendPaidMedia",
            {"chat_id": 1, "star_count": 1, "media": [5]},
            "can't parse InputPaidMedia: expected an Object",
        ),
        (
            "sendChecklist",
            {"business_connection_id": "x", "chat_id": 1, "checklist": []},
            "object expected as checklist",
        ),
        (
            "sendChecklist",
            {"business_connection_id": "x", "chat_id": 1, "checklist": {"title": "x", "tasks": {}}},
            'can\'t parse InputChecklist: Field "tasks" must be of type Array',
        ),
        (
            "sendChecklist",
            {
                "business_connection_id": "x",
                "chat_id": 1,
                "checklist": {"title": "x", "tasks": [{"id": "a"}]},
            },
            'can\'t parse InputChecklist: Field "id" must be a valid Number',
        ),
        (
            "sendDice",
            {"chat_id": 1, "reply_markup": {"inline_keyboard": {}}},
            'field "inline_keyboard" must be of type Array',
        ),
        (
            "sendGame",
            {"chat_id": 1, "game_short_name": "x", "reply_markup": {"force_reply": True}},
            "inline keyboard expected",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "suggested_post_parameters": "x"},
            "can't parse suggested post parameters JSON object",
        ),
    ],
)
async def test_a_wrong_call_is_refused_in_telegrams_form(
    wire: Wire, method: str, arguments: dict[str, object], reason: str
) -> None:
    assert await wire.refused(method, **arguments) == f"Bad Request: {reason}"


NAMES = [
    "type",
    "text",
    "media",
    "label",
    "amount",
    "emoji",
    "tasks",
    "id",
    "title",
    "url",
    "source",
    "blocks",
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(bot_api().methods)), st.data())
def test_any_argument_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    method = bot_api().methods[name]
    values: dict[str, Any] = {
        field.name: data.draw(st.text(max_size=5) | anything.map(json.dumps)) for field in method.fields
    }
    with suppress(BadRequest):
        check_call(method, Arguments(values))
