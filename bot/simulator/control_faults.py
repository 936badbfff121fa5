"""The part of the control API that holds bots to Telegram's rates and orders faults."""

from aiohttp import web

from bot.simulator.control_request import Handler, guarded, read_fields
from bot.simulator.faults import read_fault
from bot.simulator.simulator import Simulator


def add_fault_control(app: web.Application, simulator: Simulator, host: str) -> None:
    """Puts /sim/limits and /sim/faults into ``app``."""
    control = _FaultControl(simulator)
    routes: list[tuple[str, str, Handler]] = [
        ("GET", "/sim/limits", control.limits),
        ("PUT", "/sim/limits", control.change_limits),
        ("GET", "/sim/faults", control.faults),
        ("POST", "/sim/faults", control.add_fault),
        ("DELETE", "/sim/faults", control.clear_faults),
        ("DELETE", "/sim/faults/{number:[0-9]{1,9}}", control.remove_fault),
    ]
    for method, path, handler in routes:
        app.router.add_route(method, path, guarded(handler, host))


class _FaultControl:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def limits(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self.simulator.limits.as_json())

    async def change_limits(self, request: web.Request) -> web.StreamResponse:
        limits = self.simulator.limits
        limits.change(await read_fields(request))
        self.simulator.events.publish("limits", limits.as_json)
        return web.json_response(limits.as_json())

    async def faults(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"faults": self.simulator.faults.as_json()})

    async def add_fault(self, request: web.Request) -> web.StreamResponse:
        faults = self.simulator.faults
        number = faults.add(read_fault(await read_fields(request)))
        return web.json_response(next(one for one in faults.as_json() if one["id"] == number))

    async def clear_faults(self, request: web.Request) -> web.StreamResponse:
        self.simulator.faults.clear()
        return await self.faults(request)

    async def remove_fault(self, request: web.Request) -> web.StreamResponse:
        self.simulator.faults.remove(int(request.match_info["number"]))
        return await self.faults(request)
