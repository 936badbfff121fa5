"""A local Telegram: the Bot API over HTTP and a chat page, in memory, for any bot. Imports nothing of Kabar."""

from bot.simulator.server import RunningSimulator, running, start
from bot.simulator.simulator import Simulator

__all__ = ["RunningSimulator", "Simulator", "running", "start"]
