"""A local Telegram for any bot: the Bot API over HTTP and a chat page, all in memory."""

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
