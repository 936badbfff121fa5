"""Which bots receive a message that somebody else has put into a chat, and the service messages of chats."""

from bot.simulator.entities import Entity, EntityType
from bot.simulator.fields import JsonObject
from bot.simulator.shapes import message_json
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, ChatType, Message, User


def tell_bots(simulator: Simulator, message: Message) -> None:
    """Sends a new message to every bot that may see it."""
    kind = "channel_post" if message.chat.type is ChatType.CHANNEL else "message"
    content = message_json(message, simulator.user_of)
    for bot in simulator.bots.values():
        if hears(simulator, bot, message):
            simulator.tell_bot(bot, kind, content)


def post_service(
    simulator: Simulator,
    chat: Chat,
    by: User | None,
    service: JsonObject,
    thread: int | None = None,
    *,
    is_silent: bool = False,
) -> Message:
    """Posts a message that tells what ``by`` did to a chat; a bot hears also of what it did itself."""
    sender = None if chat.type is ChatType.CHANNEL else by
    message = Message(
        0, chat, simulator.now(), "", sender=sender, service=service, thread=thread, is_silent=is_silent
    )
    simulator.post(message)
    tell_bots(simulator, message)
    return message


def hears(simulator: Simulator, bot: Bot, message: Message) -> bool:
    """Whether a bot receives a message: it must be in the chat.

    In groups a bot that does not administer them sees, in privacy mode, only commands, mentions of its
    name, replies to it, what was sent through it, and service messages.
    """
    community = message.chat.community
    if community is None:
        return True
    member = community.member(bot.user.id, is_bot=True, now=simulator.clock())
    if not member.is_present:
        return False
    if message.chat.type is ChatType.CHANNEL:
        return member.is_administrator
    if member.is_administrator or not bot.settings.has_privacy or message.service is not None:
        return True
    replied = message.reply_to
    if message.via_bot is bot.user or (replied is not None and replied.sender is bot.user):
        return True
    return any(_concerns(bot, message, entity) for entity in message.entities)


def _concerns(bot: Bot, message: Message, entity: Entity) -> bool:
    name = f"@{bot.user.username}".lower()
    part = message.text.encode("utf-16-le")[2 * entity.offset : 2 * entity.end].decode("utf-16-le").lower()
    if entity.type is EntityType.BOT_COMMAND:
        return "@" not in part or part.endswith(name)
    return entity.type is EntityType.MENTION and part == name
