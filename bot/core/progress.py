"""How long the rest of a publication takes, from how fast it went of late."""

from collections.abc import Sequence
from dataclasses import dataclass

SPAN = 60.0
"""Seconds of the past that tell of the next ones."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How many deliveries had ended at a moment, in seconds of one monotonic clock."""

    at: float
    ended: int


def remaining(readings: Sequence[Reading], *, left: int) -> float | None:
    """Seconds until ``left`` deliveries have ended, at the speed of the last SPAN seconds of ``readings``.

    ``readings`` are in the order of time. None while nothing has ended between them: no honest figure exists.
    """
    if not left:
        return 0.0
    recent = [reading for reading in readings if reading.at >= readings[-1].at - SPAN]
    if len(recent) < 2:
        return None
    seconds, ended = recent[-1].at - recent[0].at, recent[-1].ended - recent[0].ended
    if ended <= 0 or seconds <= 0:
        return None
    return left * seconds / ended
