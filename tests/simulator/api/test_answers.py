"""What the simulator answers and tells, held against the Bot API's own types: no field more, none missing."""

import json
from collections.abc import Iterable
from typing import Any

from bot.simulator import Simulator
from bot.simulator.api.table import bot_api
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire
from tests.simulator.pictures import png

PHOTO = {"type": "photo", "media": "https://contoh.id/foto/banjir.jpg"}
PLAIN = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}


def faults(kind: str, value: object, where: str = "") -> list[str]:
    """Where ``value`` is not what the Bot API calls a ``kind``."""
    where = where or kind
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where} is no array"]
        inner = kind.removeprefix("Array of ")
        return [fault for n, one in enumerate(value) for fault in faults(inner, one, f"{where}[{n}]")]
    if plain := PLAIN.get(kind):
        right = isinstance(value, plain) and isinstance(value, bool) == (plain is bool)
        return [] if right else [f"{where} is no {kind}: {value!r}"]
    if members := bot_api().unions.get(kind):
        return fewest(members, value, where)
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    fields = {field.name: field for field in bot_api().types[kind]}
    found = [f"{where}.{name} is unknown" for name in value if name not in fields]
    found += [f"{where}.{name} is missing" for name in fields if fields[name].required and name not in value]
    for name, field in fields.items():
        if field.value is not None and value.get(name, field.value) != field.value:
            found.append(f"{where}.{name} is not {field.value}")
        if name in value:
            found += fewest(field.types, value[name], f"{where}.{name}")
    return found


def fewest(kinds: Iterable[str], value: object, where: str) -> list[str]:
    """The faults of ``value`` as the kind that it comes nearest to."""
    return min([faults(kind, value, where) for kind in kinds], key=len)


def test_a_wrong_object_is_found_out() -> None:
    assert faults("MessageId", {"message_id": 1}) == []
    assert faults("MessageId", {"message_id": True, "x": 1}) == [
        "MessageId.x is unknown",
        "MessageId.message_id is no Integer: True",
    ]
    assert faults("Array of MenuButton", [{"type": "commands"}, {"type": "lain"}]) != []


async def test_messages_are_what_the_bot_api_calls_messages(
    wire: Wire, reader: Chat, channel: Chat, group: Chat
) -> None:
    written = await wire.writes(reader, "/start halo @budi_contoh https://contoh.id")
    reply = {"message_id": written["message_id"], "quote": "halo"}
    keyboard = {
        "inline_keyboard": [[{"text": "Baca", "url": "contoh.id"}, {"text": "x", "callback_data": "x"}]]
    }
    messages: list[Any] = [written]
    for chat in (reader, channel, group):
        said = {
            "chat_id": chat.id,
            "caption": "<b>Banjir</b>",
            "parse_mode": "HTML",
            "reply_markup": keyboard,
        }
        messages += [
            await wire.ok(
                "sendMessage", chat_id=chat.id, text="a contoh.id", link_preview_options={"url": "b.id"}
            ),
            await wire.ok("sendPhoto", photo=PHOTO["media"], has_spoiler=True, protect_content=True, **said),
            await wire.ok("sendDocument", document=PHOTO["media"], **said),
            await wire.ok("sendVideo", video=PHOTO["media"], width=4, **said),
            await wire.ok("sendAnimation", animation=PHOTO["media"], **said),
            await wire.ok("sendAudio", audio=PHOTO["media"], title="x", **said),
            await wire.ok("sendVoice", voice=PHOTO["media"], **said),
            await wire.ok("forwardMessage", chat_id=chat.id, from_chat_id=reader.id, message_id=1),
        ]
        album: Any = await wire.ok("sendMediaGroup", chat_id=chat.id, media=[PHOTO, PHOTO])
        messages += album
    messages.append(await wire.ok("sendMessage", chat_id=reader.id, text="y", reply_parameters=reply))
    elsewhere = {"message_id": 2, "chat_id": channel.id}
    messages.append(await wire.ok("sendMessage", chat_id=reader.id, text="y", reply_parameters=elsewhere))
    answer = await wire.uploaded("sendPhoto", {"photo.png": png()}, chat_id=reader.id)
    messages.append(answer["result"])
    found = [fault for message in messages for fault in faults("Message", message)]
    assert not found, json.dumps(found, indent=1)


async def test_updates_are_what_the_bot_api_calls_updates(
    wire: Wire, reader: Chat, channel: Chat, group: Chat
) -> None:
    for chat in (reader, channel, group):
        await wire.writes(chat, "/start")
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    sent = await wire.message("sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)
    await wire.sim(f"chats/{reader.id}/callbacks", message_id=sent["message_id"], data="x")
    await wire.ok("pinChatMessage", chat_id=reader.id, message_id=sent["message_id"])
    await wire.sim(f"chats/{reader.id}/block")
    await wire.sim(f"chats/{reader.id}/unblock")
    updates = await wire.updates()
    kinds = [next(kind for kind in update if kind != "update_id") for update in updates]
    assert {"message", "channel_post", "callback_query", "my_chat_member"} <= set(kinds)
    assert faults("Array of Update", updates) == []


async def test_chats_files_and_the_bot_itself_have_their_types(
    wire: Wire, reader: Chat, channel: Chat, group: Chat, simulator: Simulator
) -> None:
    answer = await wire.uploaded("sendPhoto", {"photo.png": png()}, chat_id=reader.id)
    message: Any = answer["result"]
    await wire.ok("pinChatMessage", chat_id=reader.id, message_id=message["message_id"])
    file_id = message["photo"][0]["file_id"]
    found = faults("User", await wire.ok("getMe")) + faults("File", await wire.ok("getFile", file_id=file_id))
    for chat in (reader, channel, group):
        found += faults("ChatFullInfo", await wire.ok("getChat", chat_id=chat.id))
        member = await wire.ok("getChatMember", chat_id=chat.id, user_id=reader.id)
        found += faults("ChatMember", member)
    bots = [
        await wire.ok("getChatMember", chat_id=channel.id, user_id=bot.user.id)
        for bot in simulator.bots.values()
    ]
    found += faults("Array of ChatMember", bots)
    found += faults("WebhookInfo", await wire.ok("getWebhookInfo"))
    found += faults("MenuButton", await wire.ok("getChatMenuButton"))
    found += faults(
        "MessageId", await wire.ok("copyMessage", chat_id=reader.id, from_chat_id=reader.id, message_id=1)
    )
    assert not found
