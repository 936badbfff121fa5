"""One call of a bot, and the chat or message that it is about."""

from dataclasses import dataclass

from bot.simulator.errors import BadRequest, Refusal
from bot.simulator.fields import Arguments, leading_integer
from bot.simulator.methods.access import Access, bot_in, check_access
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, ChatType, Message

MAX_NUMBERS = 100
"""Messages that one call can delete, forward or copy."""


@dataclass(frozen=True, slots=True)
class Query:
    """Who calls, and with which arguments."""

    simulator: Simulator
    bot: Bot
    arguments: Arguments


@dataclass(frozen=True, slots=True)
class Described:
    """A result with a description beside it, as the webhook methods give it."""

    result: object
    description: str


def find_chat(query: Query, name: str, access: Access = Access.READ) -> Chat:
    """The chat of a number or @username written as text, if the bot has ``access`` to it."""
    if not name:
        raise BadRequest("chat_id is empty")
    simulator = query.simulator
    chat = simulator.chat_named(name) if name[0] == "@" else simulator.chats.get(leading_integer(name))
    if chat is None:
        raise BadRequest("chat not found")
    check_access(simulator, query.bot, chat, access)
    return chat


def asked_chat(query: Query) -> Chat | None:
    """The chat that a call names, None if it names none that there is."""
    try:
        return chat_of(query)
    except Refusal:
        return None


def chat_of(query: Query, access: Access = Access.READ) -> Chat:
    """The chat of the argument chat_id, if the bot has ``access`` to it."""
    return find_chat(query, query.arguments.text("chat_id"), access)


def writable_chat(query: Query, access: Access = Access.WRITE) -> Chat:
    """The chat of the argument chat_id, if the bot is there to write, or to edit what it wrote."""
    arguments = query.arguments
    if arguments.text("business_connection_id"):
        raise BadRequest("business connection not found")
    chat = chat_of(query, access)
    if chat.type is ChatType.PRIVATE:
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        simulator = query.simulator
        if not chat.started and not simulator.invites.may_contact(chat.id, simulator.clock()):
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def message_number(query: Query, name: str = "message_id") -> int:
    """A message's number, 0 when missing or impossible."""
    return query.arguments.integer(name, low=0)


def message_numbers(query: Query) -> list[int]:
    """The argument message_ids: one to MAX_NUMBERS numbers of messages."""
    value = query.arguments.json("message_ids", "Can't parse message_ids JSON object")
    if value is None or value == []:
        raise BadRequest("Message identifiers are not specified")
    if not isinstance(value, list):
        raise BadRequest("Expected an Array of message identifiers")
    if len(value) > MAX_NUMBERS:
        raise BadRequest("Too many message identifiers specified")
    return [_message_number(number) for number in value]


def _message_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise BadRequest("Message identifier must be a Number")
    if isinstance(value, str) and str(leading_integer(value)) != value:
        raise BadRequest("Can't parse message identifier as Number")
    number = int(value)
    if number <= 0:
        raise BadRequest("Invalid message identifier specified")
    return number


def find_message(chat: Chat, message_id: int, what: str) -> Message:
    """The message of a number; ``what`` names it in the refusal (``message to edit``)."""
    message = chat.messages.get(message_id)
    if message is None:
        raise BadRequest(f"{what} not found")
    return message


def is_own(query: Query, message: Message) -> bool:
    """Whether the bot has sent the message; an administrator of a channel owns all its posts."""
    if message.sender is not None:
        return message.sender.id == query.bot.user.id
    community = message.chat.community
    return community is not None and bot_in(query.simulator, query.bot, community).is_administrator
