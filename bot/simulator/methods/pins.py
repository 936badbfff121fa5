"""Methods that pin messages of a chat and take the pins away."""

from bot.simulator.errors import BadRequest
from bot.simulator.hearing import post_service
from bot.simulator.methods.access import check_administers
from bot.simulator.methods.query import Query, find_message, message_number, writable_chat
from bot.simulator.shapes import message_json
from bot.simulator.simulator import shown_chat
from bot.simulator.state import Chat, ChatType


def pin_chat_message(query: Query) -> object:
    """PinChatMessage: pins a message; the chat and its bots are told by a service message."""
    chat = _pinnable_chat(query)
    message = find_message(chat, message_number(query), "message to pin")
    if message.service is not None:
        raise BadRequest("a service message can't be pinned")
    if message.message_id in chat.pinned:
        raise BadRequest("CHAT_NOT_MODIFIED")
    chat.pinned = (*chat.pinned, message.message_id)
    _tell_page(query, chat)
    told = message_json(message, query.simulator.user_of, with_reply=False)
    post_service(
        query.simulator,
        chat,
        query.bot.user,
        {"pinned_message": told},
        message.thread,
        # Telegram never notifies of pins in channels and private chats.
        is_silent=chat.community is None
        or chat.type is ChatType.CHANNEL
        or query.arguments.boolean("disable_notification"),
    )
    return True


def unpin_chat_message(query: Query) -> object:
    """UnpinChatMessage: takes away the pin of a message, or else the last pin."""
    chat = _pinnable_chat(query)
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
    chat = _pinnable_chat(query)
    if chat.pinned:
        chat.pinned = ()
        _tell_page(query, chat)
    return True


def _pinnable_chat(query: Query) -> Chat:
    """The chat of a call, if the bot may pin there: in groups and channels only with the right to."""
    chat = writable_chat(query)
    if chat.type is not ChatType.PRIVATE:
        right = "can_edit_messages" if chat.type is ChatType.CHANNEL else "can_pin_messages"
        refusal = "not enough rights to manage pinned messages in the chat"
        check_administers(query.simulator, query.bot, chat, right, refusal)
    return chat


def _tell_page(query: Query, chat: Chat) -> None:
    query.simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})
