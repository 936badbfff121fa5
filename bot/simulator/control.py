"""The control API under /sim/: the state for the page, its events, and what people do in Telegram."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import islice

from aiohttp import web

from bot.simulator import people
from bot.simulator.errors import ControlRefusal
from bot.simulator.events import Events
from bot.simulator.fields import JsonObject, parse_json
from bot.simulator.guard import is_foreign, is_misnamed
from bot.simulator.shapes import commands_json, message_json, user_json
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import Bot, Chat
from bot.simulator.wire import BROKEN_OFF

log = logging.getLogger(__name__)

PING_EVERY = 15.0
"""Seconds between signs of life on a quiet event stream."""

SHOWN_CHATS = 200
"""Chats in the state: the first ones added. A load test may have a million."""

SHOWN_MESSAGES = 200
"""Messages of each chat in the state: the last ones."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_control(app: web.Application, simulator: Simulator, host: str, ping_every: float) -> None:
    """Puts the control API's addresses into ``app``, closed to pages of other sites."""
    control = _Control(simulator, ping_every)
    router = app.router
    routes: list[tuple[str, str, Handler]] = [
        ("GET", "/sim/state", control.state),
        ("GET", "/sim/events", control.events),
        ("POST", "/sim/chats", control.add_chat),
        ("POST", "/sim/chats/{chat_id:-?[0-9]{1,18}}/messages", control.write),
        ("POST", "/sim/chats/{chat_id:-?[0-9]{1,18}}/callbacks", control.press),
        ("POST", "/sim/chats/{chat_id:-?[0-9]{1,18}}/block", control.block),
        ("POST", "/sim/chats/{chat_id:-?[0-9]{1,18}}/unblock", control.unblock),
        ("POST", "/sim/actions/{name}", control.act),
    ]
    for method, path, handler in routes:
        router.add_route(method, path, _guarded(handler, host))
    router.add_route("*", "/sim/{rest:.*}", _guarded(_unknown, host))


def _guarded(handler: Handler, host: str) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        if is_misnamed(request, host) or is_foreign(request):
            return _refused(403, "this local Telegram answers its own page alone")
        try:
            return await handler(request)
        except ControlRefusal as error:
            return _refused(error.status, error.reason)
        except web.HTTPRequestEntityTooLarge:
            return _refused(413, "the request is too large")

    return guarded


def _refused(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)


async def _unknown(request: web.Request) -> web.StreamResponse:
    raise ControlRefusal(404, f"there is no {request.method} {request.path}")


class _Control:
    def __init__(self, simulator: Simulator, ping_every: float) -> None:
        self.simulator = simulator
        self.ping_every = ping_every

    async def state(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002 - a handler's signature
        simulator = self.simulator
        bot = _first_bot(simulator)
        chats = list(islice(simulator.chats.values(), SHOWN_CHATS))
        return web.json_response(
            {
                "bot": user_json(bot.user) if bot else None,
                "commands": commands_json(bot) if bot else [],
                "chats": [shown_chat(chat) for chat in chats],
                "messages": {str(chat.id): self._messages(chat) for chat in chats},
                "calls": [call.as_json() for call in simulator.calls],
                "actions": [
                    {"name": action.name, "label": action.label} for action in simulator.actions.values()
                ],
            }
        )

    def _messages(self, chat: Chat) -> list[JsonObject]:
        last = list(chat.messages.values())[-SHOWN_MESSAGES:]
        return [message_json(message, self.simulator.user_of) for message in last]

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            }
        )
        await response.prepare(request)
        try:
            await _stream(self.simulator.events, response, self.ping_every)
        except ConnectionError:
            log.debug("a page has gone away")
        return response

    async def add_chat(self, request: web.Request) -> web.StreamResponse:
        fields = await _fields(request)
        kind = _text(fields, "type")
        username = _text(fields, "username", required=False) or None
        match kind:
            case "private":
                chat = self.simulator.add_reader(
                    _text(fields, "first_name"),
                    username=username,
                    language_code=_text(fields, "language_code", required=False) or "id",
                )
            case "channel":
                chat = self.simulator.add_channel(_text(fields, "title"), username)
            case "group":
                chat = self.simulator.add_group(_text(fields, "title"), username)
            case _:
                raise ControlRefusal(400, f"type {kind!r} must be private, channel or group")
        return web.json_response(shown_chat(chat))

    async def write(self, request: web.Request) -> web.StreamResponse:
        fields = await _fields(request)
        message = people.write(
            self.simulator,
            _chat_id(request),
            _text(fields, "text"),
            _number(fields, "user_id", required=False),
        )
        return web.json_response(message_json(message, self.simulator.user_of))

    async def press(self, request: web.Request) -> web.StreamResponse:
        fields = await _fields(request)
        query = people.press(
            self.simulator,
            _chat_id(request),
            _number(fields, "message_id") or 0,
            _text(fields, "data"),
            _number(fields, "user_id", required=False),
        )
        return web.json_response({"callback_query_id": query.id})

    async def block(self, request: web.Request) -> web.StreamResponse:
        chat = people.set_blocked(self.simulator, _chat_id(request), blocked=True)
        return web.json_response(shown_chat(chat))

    async def unblock(self, request: web.Request) -> web.StreamResponse:
        chat = people.set_blocked(self.simulator, _chat_id(request), blocked=False)
        return web.json_response(shown_chat(chat))

    async def act(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        action = self.simulator.actions.get(name)
        if action is None:
            raise ControlRefusal(404, f"there is no action {name!r}")
        try:
            text = await action.run()
        except Exception as error:
            log.exception("action %s failed", name)
            return _refused(500, f"{action.label}: {error}")
        return web.json_response({"text": text})


async def _stream(events: Events, response: web.StreamResponse, ping_every: float) -> None:
    with events.listen() as frames:
        await response.write(b"retry: 1000\n: listening\n\n")
        while True:
            try:
                async with asyncio.timeout(ping_every):
                    frame = await frames.get()
            except TimeoutError:
                frame = b": ping\n\n"
            if frame is None:
                return
            await response.write(frame)


def _first_bot(simulator: Simulator) -> Bot | None:
    return next(iter(simulator.bots.values()), None)


def _chat_id(request: web.Request) -> int:
    return int(request.match_info["chat_id"])


async def _fields(request: web.Request) -> JsonObject:
    try:
        value = parse_json(await request.read())
    except BROKEN_OFF as error:
        raise ControlRefusal(400, "the request is broken off or cannot be unpacked") from error
    except ValueError as error:
        raise ControlRefusal(400, f"the body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise ControlRefusal(400, "the body must be a JSON object")
    return value


def _text(fields: JsonObject, name: str, *, required: bool = True) -> str:
    value = fields.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise ControlRefusal(400, f"{name} must be a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ControlRefusal(400, f"{name} is not valid Unicode") from error
    return value


def _number(fields: JsonObject, name: str, *, required: bool = True) -> int | None:
    value = fields.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise ControlRefusal(400, f"{name} must be a whole number")
    return value
