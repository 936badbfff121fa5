"""The part of the control API about who is in a chat, a forum's topics, and the ends of chats."""

from itertools import islice

from aiohttp import web

from bot.simulator import chat_changes, forum
from bot.simulator.community import ALL_RIGHTS, PERMISSIONS, Member, Status, Topic
from bot.simulator.control_request import Handler, guarded, number_field, read_fields, text_field
from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.membership import member_json, member_of, set_member
from bot.simulator.menus import commands_for
from bot.simulator.shapes import topic_json
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import Bot, Chat, ChatType, User

SHOWN_MEMBERS = 200
"""Members of a chat that are listed: the first ones."""

_CHAT = "/sim/chats/{chat_id:-?[0-9]{1,18}}"
_TOPIC = _CHAT + "/topics/{thread:[0-9]{1,9}}"


def add_chat_control(app: web.Application, simulator: Simulator, host: str) -> None:
    """Puts members, topics and changes of chats into ``app``."""
    control = _ChatControl(simulator)
    routes: list[tuple[str, str, Handler]] = [
        ("GET", f"{_CHAT}/members", control.members),
        ("POST", f"{_CHAT}/members", control.set_member),
        ("GET", f"{_CHAT}/commands", control.commands),
        ("POST", f"{_CHAT}/migrate", control.migrate),
        ("POST", f"{_CHAT}/rename", control.rename),
        ("POST", f"{_CHAT}/delete", control.delete),
        ("POST", f"{_CHAT}/topics", control.open_topic),
        ("POST", f"{_TOPIC}/close", control.close_topic),
        ("POST", f"{_TOPIC}/reopen", control.reopen_topic),
        ("POST", f"{_TOPIC}/delete", control.delete_topic),
        ("POST", "/sim/users/{user_id:[0-9]{1,18}}/deactivate", control.deactivate),
        ("POST", "/sim/bot", control.change_bot),
    ]
    for method, path, handler in routes:
        app.router.add_route(method, path, guarded(handler, host))


class _ChatControl:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def members(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        users = [
            user
            for user in islice(self.simulator.users.values(), SHOWN_MEMBERS)
            if chat.community is not None or user.is_bot or chat.reader is user
        ]
        return web.json_response({"members": [self._member(chat, user) for user in users]})

    async def set_member(self, request: web.Request) -> web.StreamResponse:
        chat, fields = self._chat(request), await read_fields(request)
        if chat.community is None:
            raise ControlRefusal(409, f"chat {chat.id} is private: its reader can block and unblock the bot")
        user = self._user(fields, "user_id")
        by = self._user(fields, "by") if fields.get("by") is not None else None
        new = _read_member(fields)
        if new.status is Status.RESTRICTED and chat.type is not ChatType.SUPERGROUP:
            raise ControlRefusal(409, f"chat {chat.id} is a {chat.type}: only supergroups restrict members")
        if user.is_bot and new.is_present and chat.type is not ChatType.PRIVATE:
            self._check_joinable(user)
        if new.status is not Status.LEFT:
            by = by or chat_changes.acting(self.simulator, chat)
        set_member(self.simulator, chat, user, new, by or user)
        return web.json_response(self._member(chat, user))

    def _check_joinable(self, user: User) -> None:
        bot = next((one for one in self.simulator.bots.values() if one.user is user), None)
        if bot is not None and not bot.settings.can_join_groups:
            raise ControlRefusal(409, f"bot {user.id} may not join groups: its can_join_groups is off")

    def _member(self, chat: Chat, user: User) -> JsonObject:
        return member_json(chat, user, member_of(self.simulator, chat, user))

    async def commands(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        asked = request.query.get("user_id", "")
        user = chat.reader
        if user is None:
            user = self.simulator.user_of(int(asked)) if asked.isdecimal() and len(asked) < 19 else None
        if user is None:
            raise ControlRefusal(400, "user_id must be the number of somebody that there is")
        bot = first_bot(self.simulator)
        return web.json_response({"commands": commands_for(self.simulator, bot, chat, user) if bot else []})

    async def migrate(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(
            shown_chat(chat_changes.become_supergroup(self.simulator, self._chat(request)))
        )

    async def rename(self, request: web.Request) -> web.StreamResponse:
        chat, fields = self._chat(request), await read_fields(request)
        title = text_field(fields, "title") if "title" in fields else None
        username = text_field(fields, "username", required=False) if "username" in fields else None
        chat_changes.rename(self.simulator, chat, title, username)
        return web.json_response(shown_chat(chat))

    async def delete(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        chat_changes.delete_group(self.simulator, chat)
        return web.json_response(shown_chat(chat))

    async def deactivate(self, request: web.Request) -> web.StreamResponse:
        chat = chat_changes.deactivate(self.simulator, int(request.match_info["user_id"]))
        return web.json_response(shown_chat(chat))

    async def open_topic(self, request: web.Request) -> web.StreamResponse:
        chat, fields = self._chat(request), await read_fields(request)
        name = text_field(fields, "name").strip()[: forum.MAX_NAME]
        if not name:
            raise ControlRefusal(400, "name is empty")
        if chat.community is None or not chat.community.is_forum:
            raise ControlRefusal(409, f"chat {chat.id} is no forum")
        by = self._user(fields, "user_id") if fields.get("user_id") is not None else None
        topic = forum.open_topic(self.simulator, chat, by or self._acting(chat), name)
        return web.json_response(topic_json(topic))

    async def close_topic(self, request: web.Request) -> web.StreamResponse:
        return self._close_topic(request, is_closed=True)

    async def reopen_topic(self, request: web.Request) -> web.StreamResponse:
        return self._close_topic(request, is_closed=False)

    def _close_topic(self, request: web.Request, *, is_closed: bool) -> web.StreamResponse:
        chat = self._chat(request)
        topic = _topic(chat, request)
        if topic.is_closed is not is_closed:
            forum.set_closed(self.simulator, chat, self._acting(chat), topic, is_closed=is_closed)
        return web.json_response(topic_json(topic))

    async def delete_topic(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        forum.delete_topic(self.simulator, chat, _topic(chat, request))
        return web.json_response(shown_chat(chat))

    async def change_bot(self, request: web.Request) -> web.StreamResponse:
        fields = await read_fields(request)
        bot = self._bot(number_field(fields, "bot_id", required=False))
        settings = bot.settings
        settings.is_inline = _flag(fields, "inline", settings.is_inline)
        settings.wants_chosen = _flag(fields, "inline_feedback", settings.wants_chosen)
        settings.has_privacy = _flag(fields, "privacy", settings.has_privacy)
        settings.can_join_groups = _flag(fields, "can_join_groups", settings.can_join_groups)
        self.simulator.tell_bot_changed(bot)
        return web.json_response(
            {
                "id": bot.user.id,
                "username": bot.user.username,
                "inline": settings.is_inline,
                "inline_feedback": settings.wants_chosen,
                "privacy": settings.has_privacy,
                "can_join_groups": settings.can_join_groups,
            }
        )

    def _bot(self, bot_id: int | None) -> Bot:
        for bot in self.simulator.bots.values():
            if bot_id is None or bot.user.id == bot_id:
                return bot
        raise ControlRefusal(404, "there is no such bot" if bot_id else "no bot has called yet")

    def _chat(self, request: web.Request) -> Chat:
        chat = self.simulator.chats.get(int(request.match_info["chat_id"]))
        if chat is None:
            raise ControlRefusal(404, f"there is no chat {request.match_info['chat_id']}")
        return chat

    def _user(self, fields: JsonObject, name: str) -> User:
        if fields.get(name) == "bot":
            return self._bot(None).user
        user_id = number_field(fields, name) or 0
        user = self.simulator.user_of(user_id)
        if user is None:
            raise ControlRefusal(404, f"there is no user {user_id}")
        return user

    def _acting(self, chat: Chat) -> User:
        by = chat_changes.acting(self.simulator, chat)
        if by is None:
            raise ControlRefusal(409, f"nobody is there to act in chat {chat.id}: add a reader first")
        return by


def first_bot(simulator: Simulator) -> Bot | None:
    """The first bot that there is, the one that the page shows."""
    return next(iter(simulator.bots.values()), None)


def _read_member(fields: JsonObject) -> Member:
    status = text_field(fields, "status")
    if status not in set(Status):
        raise ControlRefusal(400, f"status {status!r} must be one of {', '.join(Status)}")
    kind = Status(status)
    rights = _read_rights(fields, kind)
    until = number_field(fields, "until_date", required=False) or 0
    return Member(kind, rights, until if kind in {Status.RESTRICTED, Status.KICKED} else 0)


def _read_rights(fields: JsonObject, status: Status) -> frozenset[str]:
    known = frozenset(PERMISSIONS) if status is Status.RESTRICTED else ALL_RIGHTS
    if status not in {Status.CREATOR, Status.ADMINISTRATOR, Status.RESTRICTED}:
        return frozenset()
    given = fields.get("rights")
    if given is None or status is Status.CREATOR:
        return frozenset() if status is Status.RESTRICTED else ALL_RIGHTS
    if isinstance(given, dict):
        given = [name for name, value in given.items() if value is True]
    if not isinstance(given, list) or not set(map(str, given)) <= known:
        raise ControlRefusal(400, f"rights must be some of {', '.join(sorted(known))}")
    rights = frozenset(map(str, given))
    # As Telegram has it, whoever administers a chat may look into its log.
    return rights | {"can_manage_chat"} if status is Status.ADMINISTRATOR else rights


def _flag(fields: JsonObject, name: str, default: bool) -> bool:
    value = fields.get(name, default)
    if not isinstance(value, bool):
        raise ControlRefusal(400, f"{name} must be true or false")
    return value


def _topic(chat: Chat, request: web.Request) -> Topic:
    number = int(request.match_info["thread"])
    topic = chat.community.topics.get(number) if chat.community else None
    if topic is None:
        raise ControlRefusal(404, f"chat {chat.id} has no topic {number}")
    return topic
