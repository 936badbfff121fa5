"""Which of a bot's lists of commands a chat's menu shows: Telegram's order of scopes and languages."""

from bot.simulator.fields import JsonObject
from bot.simulator.membership import member_of
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, ChatType, CommandScope, User


def commands_for(simulator: Simulator, bot: Bot, chat: Chat, user: User) -> list[JsonObject]:
    """The commands that ``user`` is shown in ``chat``: of the narrowest scope that has some.

    Within a scope a list in the user's language comes before the one for all languages.
    """
    language = (user.language_code or "")[:2]
    for scope in _scopes(simulator, chat, user):
        for code in dict.fromkeys((language, "")):
            if commands := bot.commands.get((scope, code)):
                return commands
    return []


def _scopes(simulator: Simulator, chat: Chat, user: User) -> list[CommandScope]:
    if chat.type is ChatType.PRIVATE:
        return [CommandScope("chat", chat.id), CommandScope("all_private_chats"), CommandScope()]
    if chat.type is ChatType.CHANNEL:
        return []
    administers = member_of(simulator, chat, user).is_administrator
    scopes = [CommandScope("chat_member", chat.id, user.id)]
    if administers:
        scopes.append(CommandScope("chat_administrators", chat.id))
    scopes.append(CommandScope("chat", chat.id))
    if administers:
        scopes.append(CommandScope("all_chat_administrators"))
    return [*scopes, CommandScope("all_group_chats"), CommandScope()]
