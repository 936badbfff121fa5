"""A local Telegram for any bot: the Bot API over HTTP and a chat page, all in memory."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.simulator.faults import Fault, FaultKind
    from bot.simulator.limits import Rates
    from bot.simulator.server import RunningSimulator, running, start
    from bot.simulator.settings import BotSettings
    from bot.simulator.simulator import Simulator

__all__ = [
    "BotSettings",
    "Fault",
    "FaultKind",
    "Rates",
    "RunningSimulator",
    "Simulator",
    "running",
    "start",
]

_HOMES = {
    "BotSettings": "settings",
    "Fault": "faults",
    "FaultKind": "faults",
    "Rates": "limits",
    "RunningSimulator": "server",
    "Simulator": "simulator",
    "running": "server",
    "start": "server",
}


# Every run of pytest imports the plugin and with it this package: a server is loaded when one is asked for.
def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
