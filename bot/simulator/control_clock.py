"""The part of the control API that tells the local Telegram's time and sets it."""

from aiohttp import web

from bot.simulator.control_request import guarded, read_fields, text_field
from bot.simulator.errors import ControlRefusal
from bot.simulator.simulator import Simulator

_FARTHEST = 2**32
"""Seconds, beyond which no offset leads to a date that the Bot API can say."""


def add_clock_control(app: web.Application, simulator: Simulator, host: str) -> None:
    """Puts /sim/clock into ``app``."""
    control = _ClockControl(simulator)
    app.router.add_get("/sim/clock", guarded(control.show, host))
    app.router.add_post("/sim/clock", guarded(control.move, host))


class _ClockControl:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def show(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self.simulator.clock.as_json())

    async def move(self, request: web.Request) -> web.StreamResponse:
        """Takes ``{"offset_seconds": 3600}`` or ``{"at": "2023-09-15T18:00:00+07:00"}``."""
        clock = self.simulator.clock
        fields = await read_fields(request)
        if "at" in fields:
            clock.move_to(text_field(fields, "at"))
        else:
            clock.move(_seconds(fields.get("offset_seconds")))
        self.simulator.events.publish("clock", clock.as_json)
        return web.json_response(clock.as_json())


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > _FARTHEST:
        raise ControlRefusal(400, "offset_seconds must be a number of seconds, or at an ISO time")
    return float(value)
