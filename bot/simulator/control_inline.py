"""The part of the control API about inline mode and about links that open a bot."""

from aiohttp import web

from bot.simulator import asking, deeplinks
from bot.simulator.control_request import Handler, guarded, number_field, read_fields, text_field
from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.inline import InlineQuery
from bot.simulator.shapes import shown_message
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, User


def add_inline_control(app: web.Application, simulator: Simulator, host: str) -> None:
    """Puts /sim/inline and /sim/deeplinks into ``app``."""
    control = _InlineControl(simulator)
    routes: list[tuple[str, str, Handler]] = [
        ("POST", "/sim/inline", control.ask),
        ("GET", "/sim/inline/{query_id:[0-9]{1,18}}", control.answer),
        ("POST", "/sim/inline/{query_id:[0-9]{1,18}}/results", control.choose),
        ("POST", "/sim/deeplinks", control.follow),
    ]
    for method, path, handler in routes:
        app.router.add_route(method, path, guarded(handler, host))


class _InlineControl:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def ask(self, request: web.Request) -> web.StreamResponse:
        fields = await read_fields(request)
        chat_type = text_field(fields, "chat_type", required=False)
        if chat_type and chat_type not in asking.CHAT_TYPES:
            raise ControlRefusal(400, f"chat_type {chat_type!r} must be one of {sorted(asking.CHAT_TYPES)}")
        query = asking.ask(
            self.simulator,
            self._bot(number_field(fields, "bot_id", required=False)),
            self._reader(fields),
            text_field(fields, "query"),
            text_field(fields, "offset", required=False),
            chat_type,
        )
        return web.json_response(_shown(query))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(_shown(self._query(request)))

    async def choose(self, request: web.Request) -> web.StreamResponse:
        query, fields = self._query(request), await read_fields(request)
        chat = self._chat(number_field(fields, "chat_id"))
        message = asking.choose(self.simulator, query, text_field(fields, "result_id"), chat)
        return web.json_response(shown_message(message, self.simulator.user_of))

    async def follow(self, request: web.Request) -> web.StreamResponse:
        fields = await read_fields(request)
        link = deeplinks.read_link(text_field(fields, "link"))
        picked = number_field(fields, "chat_id", required=False)
        chat = None if picked is None else self._chat(picked)
        where, message = deeplinks.follow(self.simulator, link, self._reader(fields), chat)
        shown = shown_message(message, self.simulator.user_of) if message else None
        return web.json_response({"chat_id": where.id, "message": shown})

    def _query(self, request: web.Request) -> InlineQuery:
        query = self.simulator.inline.queries.get(request.match_info["query_id"])
        if query is None:
            raise ControlRefusal(404, f"there is no inline query {request.match_info['query_id']}")
        return query

    def _bot(self, bot_id: int | None) -> Bot:
        for bot in self.simulator.bots.values():
            if bot_id is None or bot.user.id == bot_id:
                return bot
        raise ControlRefusal(404, "there is no such bot" if bot_id else "no bot has called yet")

    def _chat(self, chat_id: int | None) -> Chat:
        chat = self.simulator.chats.get(chat_id or 0)
        if chat is None:
            raise ControlRefusal(404, f"there is no chat {chat_id}")
        return chat

    def _reader(self, fields: JsonObject) -> User:
        user_id = number_field(fields, "user_id") or 0
        user = self.simulator.user_of(user_id)
        if user is None or user.is_bot:
            raise ControlRefusal(404, f"there is no reader {user_id}")
        return user


def _shown(query: InlineQuery) -> JsonObject:
    return {"inline_query_id": query.id, "answer": query.answer_json()}
