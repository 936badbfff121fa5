"""What readers do in inline mode: they type a query behind a bot's name and choose one of its results."""

from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.hearing import tell_bots
from bot.simulator.inline import InlineQuery
from bot.simulator.people import check_may_write, check_open
from bot.simulator.shapes import user_json
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, ChatType, Message, User

MAX_QUERY = 256
"""Characters of a query."""

CHAT_TYPES = frozenset({"sender", *ChatType})
"""Where a query may be typed; ``sender`` is the private chat with the bot itself."""


def ask(
    simulator: Simulator, bot: Bot, user: User, text: str, offset: str = "", chat_type: str = ""
) -> InlineQuery:
    """A reader types ``text`` behind the bot's name; the bot is asked unless an answer is still kept."""
    if not bot.settings.is_inline:
        raise ControlRefusal(
            409, f"inline mode of @{bot.user.username} is off: BotFather turns it on (/sim/bot)"
        )
    if len(text) > MAX_QUERY:
        raise ControlRefusal(400, f"query has {len(text)} characters, Telegram takes {MAX_QUERY} at most")
    now = simulator.clock()
    query = InlineQuery(simulator.next_callback_id(), bot, user, text, offset, now)
    simulator.inline.add(query)
    query.answer = simulator.inline.kept(bot, user, text, offset, now)
    if query.answer is not None:
        return query
    content: JsonObject = {"id": query.id, "from": user_json(user)}
    if chat_type:
        content["chat_type"] = chat_type
    simulator.tell_bot(bot, "inline_query", content | {"query": text, "offset": offset})
    return query


def choose(simulator: Simulator, query: InlineQuery, result_id: str, chat: Chat) -> Message:
    """The reader sends a result into a chat; a bot that wants to know is told which one."""
    results = query.answer.results if query.answer else ()
    result = next((one for one in results if one.id == result_id), None)
    if result is None:
        raise ControlRefusal(404, f"inline query {query.id} has no result {result_id!r}")
    check_open(chat)
    if chat.reader is not None and chat.reader is not query.user:
        raise ControlRefusal(409, f"chat {chat.id} is private and not {query.user.first_name}'s")
    check_may_write(simulator, chat, query.user, None)
    message = Message(
        0,
        chat,
        simulator.now(),
        result.text.text,
        sender=None if chat.type is ChatType.CHANNEL else query.user,
        entities=result.text.entities,
        markup=result.markup,
        media=result.media,
        preview=result.preview,
        via_bot=query.bot.user,
        inline_message_id=f"AQ{query.id}" if result.markup else None,
    )
    if message.inline_message_id:
        simulator.inline.messages[message.inline_message_id] = message
    simulator.post(message)
    tell_bots(simulator, message)
    _tell_chosen(simulator, query, message, result_id)
    return message


def _tell_chosen(simulator: Simulator, query: InlineQuery, message: Message, result_id: str) -> None:
    if not query.bot.settings.wants_chosen:
        return
    content: JsonObject = {"result_id": result_id, "from": user_json(query.user)}
    if message.inline_message_id:
        content["inline_message_id"] = message.inline_message_id
    simulator.tell_bot(query.bot, "chosen_inline_result", content | {"query": query.text})
