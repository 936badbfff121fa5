"""Methods that pin messages of a chat and take the pins away."""

from bot.simulator.errors import BadRequest
from bot.simulator.methods.query import Query, find_message, message_number, writable_chat
from bot.simulator.shapes import message_json
from bot.simulator.simulator import shown_chat
from bot.simulator.state import Chat, ChatType, Message


def pin_chat_message(query: Query) -> object:
    """PinChatMessage: pins a message; the chat and its bots are told by a service message."""
    chat = writable_chat(query)
    message = find_message(chat, message_number(query), "message to pin")
    if message.service is not None:
        raise BadRequest("a service message can't be pinned")
    if message.message_id in chat.pinned:
        raise BadRequest("CHAT_NOT_MODIFIED")
    chat.pinned = (*chat.pinned, message.message_id)
    _tell_page(query, chat)
    _tell_chat(query, chat, message)
    return True


def unpin_chat_message(query: Query) -> object:
    """UnpinChatMessage: takes away the pin of a message, or else the last pin."""
    chat = writable_chat(query)
    number = message_number(query)
    if number:
        find_message(chat, number, "message to unpin")
    elif chat.pinned:
        number = chat.pinned[-1]
    if number not in chat.pinned:
        raise BadRequest("message to unpin not found")
    chat.pinned = tuple(one for one in chat.pinned if one != number)
    _tell_page(query, chat)
    return True


def unpin_all_chat_messages(query: Query) -> object:
    """UnpinAllChatMessages: takes away all pins of a chat."""
    chat = writable_chat(query)
    if chat.pinned:
        chat.pinned = ()
        _tell_page(query, chat)
    return True


def _tell_page(query: Query, chat: Chat) -> None:
    query.simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})


def _tell_chat(query: Query, chat: Chat, message: Message) -> None:
    simulator = query.simulator
    is_channel = chat.type is ChatType.CHANNEL
    service = Message(
        0,
        chat,
        simulator.now(),
        "",
        sender=None if is_channel else query.bot.user,
        is_silent=query.arguments.boolean("disable_notification"),
        service={"pinned_message": message_json(message, simulator.user_of, with_reply=False)},
    )
    simulator.post(service)
    content = message_json(service, simulator.user_of)
    for bot in simulator.bots.values():
        simulator.tell_bot(bot, "channel_post" if is_channel else "message", content)
