"""The part of the control API about invite links: people make them, and others come by them."""

from aiohttp import web

from bot.simulator import joining
from bot.simulator.chat_changes import acting
from bot.simulator.control_request import Handler, guarded, number_field, read_fields, text_field
from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.membership import link_json, member_of
from bot.simulator.shapes import user_json
from bot.simulator.simulator import Simulator
from bot.simulator.state import Chat, User

_LINKS = "/sim/chats/{chat_id:-?[0-9]{1,18}}/invite_links"


def add_invite_control(app: web.Application, simulator: Simulator, host: str) -> None:
    """Puts invite links and joining by them into ``app``."""
    control = _InviteControl(simulator)
    routes: list[tuple[str, str, Handler]] = [
        ("GET", _LINKS, control.links),
        ("POST", _LINKS, control.add_link),
        ("POST", "/sim/joins", control.join),
    ]
    for method, path, handler in routes:
        app.router.add_route(method, path, guarded(handler, host))


class _InviteControl:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def links(self, request: web.Request) -> web.StreamResponse:
        chat, invites = self._chat(request), self.simulator.invites
        links = [link for link in invites.links.values() if link.chat_id == chat.id]
        waiting = [self._user(user_id) for chat_id, user_id in invites.requests if chat_id == chat.id]
        return web.json_response(
            {
                "invite_links": [link_json(self.simulator, link) for link in links],
                "join_requests": [user_json(user) for user in waiting],
            }
        )

    async def add_link(self, request: web.Request) -> web.StreamResponse:
        chat, fields = self._chat(request), await read_fields(request)
        if chat.community is None:
            raise ControlRefusal(409, f"chat {chat.id} is private: nobody is invited there")
        given = number_field(fields, "user_id", required=False)
        creator = acting(self.simulator, chat) if given is None else self._user(given)
        if creator is None:
            raise ControlRefusal(409, f"nobody is there to act in chat {chat.id}: add a reader first")
        link = self.simulator.invites.add(chat.id, creator.id)
        link.name = text_field(fields, "name", required=False)
        link.expires = number_field(fields, "expire_date", required=False) or 0
        link.limit = number_field(fields, "member_limit", required=False) or 0
        link.asks = fields.get("creates_join_request") is True
        return web.json_response(link_json(self.simulator, link))

    async def join(self, request: web.Request) -> web.StreamResponse:
        fields = await read_fields(request)
        user = self._user(number_field(fields, "user_id") or 0)
        if user.is_bot:
            raise ControlRefusal(409, f"user {user.id} is a bot: bots do not come by invite links")
        chat = joining.open_link(self.simulator, text_field(fields, "link"), user)
        status = member_of(self.simulator, chat, user).status.value
        shown: JsonObject = {"chat_id": chat.id, "status": status}
        shown["requested"] = (chat.id, user.id) in self.simulator.invites.requests
        return web.json_response(shown)

    def _chat(self, request: web.Request) -> Chat:
        chat = self.simulator.chats.get(int(request.match_info["chat_id"]))
        if chat is None:
            raise ControlRefusal(404, f"there is no chat {request.match_info['chat_id']}")
        return chat

    def _user(self, user_id: int) -> User:
        user = self.simulator.user_of(user_id)
        if user is None:
            raise ControlRefusal(404, f"there is no user {user_id}")
        return user
