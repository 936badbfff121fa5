"""A request to the control API: who may make it, its JSON body and that body's fields."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject, parse_json
from bot.simulator.guard import is_foreign, is_misnamed
from bot.simulator.wire import BROKEN_OFF

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler, host: str) -> Handler:
    """``handler`` for this host's own page alone; a ControlRefusal becomes ``{"error": reason}``."""

    async def guarded_handler(request: web.Request) -> web.StreamResponse:
        if is_misnamed(request, host) or is_foreign(request):
            return refused(403, "this local Telegram answers its own page alone")
        try:
            return await handler(request)
        except ControlRefusal as error:
            return refused(error.status, error.reason)
        except web.HTTPRequestEntityTooLarge:
            return refused(413, "the request is too large")

    return guarded_handler


def refused(status: int, reason: str) -> web.Response:
    """The answer that carries a reason."""
    return web.json_response({"error": reason}, status=status)


async def read_fields(request: web.Request) -> JsonObject:
    """The request's body as a JSON object; ControlRefusal for anything else."""
    try:
        value = parse_json(await request.read())
    except BROKEN_OFF as error:
        raise ControlRefusal(400, "the request is broken off or cannot be unpacked") from error
    except ValueError as error:
        raise ControlRefusal(400, f"the body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise ControlRefusal(400, "the body must be a JSON object")
    return value


def text_field(fields: JsonObject, name: str, *, required: bool = True) -> str:
    """A text; empty when it is missing and not required."""
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


def number_field(fields: JsonObject, name: str, *, required: bool = True) -> int | None:
    """A whole number; None when it is missing and not required."""
    value = fields.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise ControlRefusal(400, f"{name} must be a whole number")
    return value
