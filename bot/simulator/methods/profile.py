"""Methods about the bot itself: who it is, its texts, its commands, its menu button."""

import re

from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import (
    JsonObject,
    as_object,
    required_long,
    required_object,
    required_text,
)
from bot.simulator.methods.access import Access
from bot.simulator.methods.query import Query, chat_of, find_chat
from bot.simulator.shapes import bot_json, commands_json
from bot.simulator.state import ChatType, CommandScope

MAX_COMMANDS = 100
"""Commands in one list."""

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_WIDE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
# Longer texts are cut, not refused.
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(query: Query) -> object:
    """GetMe: the bot as a User."""
    return bot_json(query.bot)


def set_my_commands(query: Query) -> object:
    """SetMyCommands: the list of commands for a scope and a language."""
    commands = _read_commands(query)
    key = _scope(query), _language(query)
    if commands:
        query.bot.commands[key] = commands
    else:
        query.bot.commands.pop(key, None)
    _tell_page(query)
    return True


def get_my_commands(query: Query) -> object:
    """GetMyCommands: exactly the list that was set for the scope and language."""
    return query.bot.commands.get((_scope(query), _language(query)), [])


def delete_my_commands(query: Query) -> object:
    """DeleteMyCommands: forgets the list of a scope and language."""
    query.bot.commands.pop((_scope(query), _language(query)), None)
    _tell_page(query)
    return True


def _read_commands(query: Query) -> list[JsonObject]:
    value = query.arguments.json("commands", "Can't parse commands JSON object")
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRequest("Expected an Array of BotCommand")
    with within("Can't parse BotCommand"):
        read = [_read_command(command) for command in value]
    if len(read) > MAX_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(name, description) for name, description in read]


def _read_command(value: object) -> tuple[str, str]:
    fields = as_object(value, "expected an Object")
    return required_text(fields, "command"), required_text(fields, "description")


def _checked_command(name: str, description: str) -> JsonObject:
    name = name.strip().removeprefix("/")
    description = description.strip()
    if not name:
        raise BadRequest("Command must be non-empty")
    if len(name) > 32:
        raise BadRequest("Command length must not exceed 32")
    if not description:
        raise BadRequest("Command description must be non-empty")
    if len(description) > 256:
        raise BadRequest("Command description length must not exceed 256")
    if not _COMMAND.fullmatch(name):
        raise BadRequest("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _scope(query: Query) -> CommandScope:
    value = query.arguments.json("scope", "Can't parse BotCommandScope JSON object")
    if value is None:
        return CommandScope()
    with within("Can't parse BotCommandScope"):
        fields = as_object(value, "BotCommandScope must be an Object")
        kind = required_text(fields, "type")
        if kind in _WIDE_SCOPES:
            return CommandScope(kind)
        if kind not in _CHAT_SCOPES:
            raise BadRequest("Unsupported type specified")
        name = required_text(fields, "chat_id")
        if not name:
            raise BadRequest("Empty chat_id specified")
        user_id = required_long(fields, "user_id") if kind == "chat_member" else None
        if user_id is not None and user_id <= 0:
            raise BadRequest("Invalid user_id specified")
    chat = find_chat(query, name, Access.READ_MEMBERS)
    if kind != "chat" and chat.type in {ChatType.PRIVATE, ChatType.CHANNEL}:
        raise BadRequest(f"can't use specified scope in {chat.type} chats")
    return CommandScope(kind, chat.id, user_id)


def _language(query: Query) -> str:
    code = query.arguments.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise BadRequest("Invalid language code specified")
    return code


def _tell_page(query: Query) -> None:
    query.simulator.events.publish("commands", lambda: {"commands": commands_json(query.bot)})


def set_my_name(query: Query) -> object:
    """SetMyName: the bot's name in a language."""
    return _set_text(query, "name")


def get_my_name(query: Query) -> object:
    """GetMyName: the name in a language, else the one for all."""
    return {"name": _get_text(query, "name") or query.bot.user.first_name}


def set_my_description(query: Query) -> object:
    """SetMyDescription: what an empty chat shows."""
    return _set_text(query, "description")


def get_my_description(query: Query) -> object:
    """GetMyDescription: the description in a language, else the one for all."""
    return {"description": _get_text(query, "description")}


def set_my_short_description(query: Query) -> object:
    """SetMyShortDescription: what the bot's profile shows."""
    return _set_text(query, "short_description")


def get_my_short_description(query: Query) -> object:
    """GetMyShortDescription: the short description in a language, else the one for all."""
    return {"short_description": _get_text(query, "short_description")}


def _set_text(query: Query, kind: str) -> object:
    text = query.arguments.text(kind).strip()[: _LENGTHS[kind]]
    code = _language(query)
    if text:
        query.bot.texts[kind, code] = text
    else:
        query.bot.texts.pop((kind, code), None)
    if kind == "name" and not code and text:
        query.bot.user.first_name = text
    return True


def _get_text(query: Query, kind: str) -> str:
    texts = query.bot.texts
    return texts.get((kind, _language(query))) or texts.get((kind, ""), "")


def set_chat_menu_button(query: Query) -> object:
    """SetChatMenuButton: the button beside the box to type in, for one private chat or for all."""
    value = query.arguments.json("menu_button", "Can't parse menu button JSON object")
    button: JsonObject = {"type": "default"}
    if value is not None:
        with within("Can't parse menu button"):
            button = _read_menu_button(as_object(value, "MenuButton must be an Object"))
    if not query.arguments.text("chat_id"):
        query.bot.menu_button = button
        return True
    chat = chat_of(query)
    if chat.type is not ChatType.PRIVATE:
        raise BadRequest("Chat must be a private chat")
    chat.menu_button = button
    return True


def _read_menu_button(fields: JsonObject) -> JsonObject:
    kind = required_text(fields, "type")
    if kind in {"default", "commands"}:
        return {"type": kind}
    if kind != "web_app":
        raise BadRequest("MenuButton has unsupported type")
    url = required_text(required_object(fields, "web_app"), "url")
    return {"type": kind, "text": required_text(fields, "text"), "web_app": {"url": url}}


def get_chat_menu_button(query: Query) -> object:
    """GetChatMenuButton: the button of a private chat, else the one for all."""
    if not query.arguments.text("chat_id"):
        return query.bot.menu_button
    return chat_of(query).menu_button or query.bot.menu_button
