"""What people do in Telegram: they write, press buttons, block the bot and let it back in."""

from bot.simulator.community import MEMBER, Member, Status
from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.finding import find_entities
from bot.simulator.hearing import tell_bots
from bot.simulator.markup import pressed_button
from bot.simulator.membership import member_json
from bot.simulator.settling import settle
from bot.simulator.shapes import chat_json, message_json, user_json
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import CallbackQuery, Chat, ChatType, Message, User

MAX_TEXT = 4096
"""Characters that a person can send at once."""

BLOCKED = Member(Status.KICKED)
"""What a bot is in a private chat whose reader has blocked it."""


def write(
    simulator: Simulator,
    chat_id: int,
    text: str,
    user_id: int | None = None,
    thread: int | None = None,
    *,
    reply_to: int | None = None,
) -> Message:
    """A person writes ``text`` into a chat, and the bots that may see it receive it.

    In a group ``user_id`` says who writes (default: the first reader), in a forum ``thread`` into which
    topic; ``reply_to`` is the number of the message that is answered, whose topic goes before. ControlRefusal
    if it cannot be done.
    """
    chat = _chat(simulator, chat_id)
    check_open(chat)
    replied = _replied(chat, reply_to) if reply_to is not None else None
    settled = settle(text, (), find_entities)
    if not settled.text:
        raise ControlRefusal(400, "text is empty")
    if len(settled.text) > MAX_TEXT:
        raise ControlRefusal(
            400, f"text has {len(settled.text)} characters, Telegram sends {MAX_TEXT} at most"
        )
    sender = None if chat.type is ChatType.CHANNEL else _person(simulator, chat, user_id)
    thread = replied.thread if replied else thread if thread and thread > 1 else None
    if sender is not None:
        check_may_write(simulator, chat, sender, thread)
    message = Message(
        0,
        chat,
        simulator.now(),
        settled.text,
        sender=sender,
        entities=settled.entities,
        reply_to=replied,
        thread=thread,
    )
    simulator.post(message)
    if not chat.started:
        chat.started = True
        simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})
    tell_bots(simulator, message)
    return message


def press(
    simulator: Simulator, chat_id: int, message_id: int, data: str, user_id: int | None = None
) -> CallbackQuery:
    """A person presses the button that sends ``data``; the bot that sent the message receives the query."""
    chat = _chat(simulator, chat_id)
    check_open(chat)
    message = chat.messages.get(message_id)
    if message is None or not pressed_button(message.markup, data):
        raise ControlRefusal(404, f"message {message_id} of {_called(chat)} has no button {data!r}")
    query = CallbackQuery(simulator.next_callback_id(), chat_id, simulator.clock())
    content: JsonObject = {
        "id": query.id,
        "from": user_json(_person(simulator, chat, user_id)),
        "chat_instance": str(abs(chat.id) * 1_000_003),
        "data": data,
    }
    owner = message.via_bot or message.sender
    if message.via_bot is not None:
        content["inline_message_id"] = message.inline_message_id
    else:
        content["message"] = message_json(message, simulator.user_of)
    for bot in simulator.bots.values():
        if owner is None or owner is bot.user:
            bot.callback_queries[query.id] = query
            simulator.tell_bot(bot, "callback_query", content)
    return query


def set_blocked(simulator: Simulator, chat_id: int, *, blocked: bool) -> Chat:
    """The reader of a private chat blocks the bots, or lets them back in; each is told by my_chat_member."""
    chat = _chat(simulator, chat_id)
    if chat.reader is None:
        raise ControlRefusal(409, f"{_called(chat)} is no private chat: only a reader can block a bot")
    if chat.blocked is blocked:
        return chat
    chat.blocked = blocked
    old, new = (MEMBER, BLOCKED) if blocked else (BLOCKED, MEMBER)
    for bot in simulator.bots.values():
        content: JsonObject = {
            "chat": chat_json(chat),
            "from": user_json(chat.reader),
            "date": simulator.now(),
            "old_chat_member": member_json(chat, bot.user, old),
            "new_chat_member": member_json(chat, bot.user, new),
        }
        simulator.tell_bot(bot, "my_chat_member", content)
    simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})
    return chat


def _chat(simulator: Simulator, chat_id: int) -> Chat:
    chat = simulator.chats.get(chat_id)
    if chat is None:
        raise ControlRefusal(404, f"there is no chat {chat_id}")
    return chat


def _replied(chat: Chat, number: int) -> Message:
    message = chat.messages.get(number)
    if message is None:
        raise ControlRefusal(404, f"{_called(chat)} has no message {number} to reply to")
    return message


def _called(chat: Chat) -> str:
    """A chat as the people who act on the page know it: by its title, or its reader's name."""
    return chat.title or (chat.reader.first_name if chat.reader else "") or f"chat {chat.id}"


def check_open(chat: Chat) -> None:
    """ControlRefusal where nobody can do anything: the chat or its reader is gone, or blocks the bot."""
    community = chat.community
    if community is not None and (community.is_deleted or community.moved_to is not None):
        raise ControlRefusal(409, f"{_called(chat)} is over: the group was deleted or is a supergroup now")
    if chat.reader is not None and chat.reader.is_deactivated:
        raise ControlRefusal(409, f"this account ({chat.id}) is deleted")
    if chat.blocked:
        raise ControlRefusal(409, f"{_called(chat)} has blocked the bot: unblock it first")


def check_may_write(simulator: Simulator, chat: Chat, user: User, thread: int | None) -> None:
    """ControlRefusal where Telegram would not let a person write: outside, restricted, in a closed topic."""
    community = chat.community
    if community is None:
        return
    member = community.member(user.id, is_bot=False, now=simulator.clock())
    if not member.is_present or not member.may_send("can_send_messages"):
        raise ControlRefusal(
            409, f"{user.first_name} cannot write in {_called(chat)}, being {member.status} there"
        )
    if thread is None:
        return
    topic = community.topics.get(thread)
    if topic is None:
        raise ControlRefusal(404, f"{_called(chat)} has no topic {thread}")
    if topic.is_closed and not member.may("can_manage_topics"):
        raise ControlRefusal(409, f"the topic {topic.name} of {_called(chat)} is closed")


def _person(simulator: Simulator, chat: Chat, user_id: int | None) -> User:
    """Who acts: the chat's reader, the named user, or the first reader there is."""
    if chat.reader is not None:
        return chat.reader
    if user_id is not None:
        user = simulator.user_of(user_id)
        if user is None or user.is_bot:
            raise ControlRefusal(404, f"there is no reader {user_id}")
        return user
    for user in simulator.users.values():
        if not user.is_bot:
            return user
    raise ControlRefusal(409, f"nobody is there to act in {_called(chat)}: add a reader first")
