"""The control API under /sim/: the state for the page, its events, and what people do in Telegram."""

import asyncio
import logging
from itertools import islice

from aiohttp import web

from bot.simulator import people
from bot.simulator.calls import MASK
from bot.simulator.control_request import Handler, guarded, number_field, read_fields, refused, text_field
from bot.simulator.errors import ControlRefusal
from bot.simulator.events import Events
from bot.simulator.fields import JsonObject
from bot.simulator.shapes import bot_json, commands_json, message_json, shown_message
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import Bot, Chat

log = logging.getLogger(__name__)

PING_EVERY = 15.0
"""Seconds between signs of life on a quiet event stream."""

SHOWN_CHATS = 200
"""Chats in the state: the first ones added. A load test may have a million."""

SHOWN_MESSAGES = 200
"""Messages of each chat in the state: the last ones."""


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
        router.add_route(method, path, guarded(handler, host))
    router.add_route("*", "/sim/{rest:.*}", guarded(_unknown, host))


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
                "bot": bot_json(bot) if bot else None,
                "commands": commands_json(bot) if bot else [],
                "chats": [shown_chat(chat) for chat in chats],
                "messages": {str(chat.id): self._messages(chat) for chat in chats},
                "calls": [call.as_json() for call in simulator.calls],
                "webhook": _webhook(bot) if bot else None,
                "clock": simulator.clock.as_json(),
                "limits": simulator.limits.as_json(),
                "faults": simulator.faults.as_json(),
                "actions": [
                    {"name": action.name, "label": action.label} for action in simulator.actions.values()
                ],
            }
        )

    def _messages(self, chat: Chat) -> list[JsonObject]:
        last = list(chat.messages.values())[-SHOWN_MESSAGES:]
        return [shown_message(message, self.simulator.user_of) for message in last]

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
        fields = await read_fields(request)
        kind = text_field(fields, "type")
        username = text_field(fields, "username", required=False) or None
        is_open = fields.get("is_open") is not False
        match kind:
            case "private":
                chat = self.simulator.add_reader(
                    text_field(fields, "first_name"),
                    username=username,
                    language_code=text_field(fields, "language_code", required=False) or "id",
                    started=fields.get("started") is True,
                )
            case "channel":
                chat = self.simulator.add_channel(text_field(fields, "title"), username, is_open=is_open)
            case "group" | "supergroup":
                chat = self.simulator.add_group(
                    text_field(fields, "title"),
                    username,
                    is_supergroup=kind == "supergroup",
                    is_forum=fields.get("is_forum") is True,
                    is_open=is_open,
                )
            case _:
                raise ControlRefusal(400, f"type {kind!r} must be private, channel, group or supergroup")
        return web.json_response(shown_chat(chat))

    async def write(self, request: web.Request) -> web.StreamResponse:
        fields = await read_fields(request)
        message = people.write(
            self.simulator,
            _chat_id(request),
            text_field(fields, "text"),
            number_field(fields, "user_id", required=False),
            number_field(fields, "message_thread_id", required=False),
            reply_to=number_field(fields, "reply_to_message_id", required=False),
        )
        return web.json_response(message_json(message, self.simulator.user_of))

    async def press(self, request: web.Request) -> web.StreamResponse:
        fields = await read_fields(request)
        query = people.press(
            self.simulator,
            _chat_id(request),
            number_field(fields, "message_id") or 0,
            text_field(fields, "data"),
            number_field(fields, "user_id", required=False),
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
            return refused(500, f"{action.label}: {error}")
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


def _webhook(bot: Bot) -> JsonObject | None:
    """The webhook of a bot, without its token; None when the bot has none."""
    webhook = bot.webhook
    if webhook is None:
        return None
    return {
        "url": webhook.url.replace(bot.token, MASK),
        "pending_update_count": len(bot.updates),
        "last_error_date": int(webhook.failed_at) or None,
        "last_error_message": webhook.failure or None,
    }


def _first_bot(simulator: Simulator) -> Bot | None:
    return next(iter(simulator.bots.values()), None)


def _chat_id(request: web.Request) -> int:
    return int(request.match_info["chat_id"])
