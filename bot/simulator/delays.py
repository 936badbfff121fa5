"""Named distributions of waiting times, as functions from a number between 0 and 1 to seconds."""

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist

from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject

Distribution = Callable[[float], float]
"""Seconds for a uniform draw from [0, 1): the inverse of a cumulative distribution."""

LONGEST = 3600.0
"""Seconds that no delay exceeds."""


def _constant(of: Mapping[str, float]) -> Distribution:
    return lambda _: of["seconds"]


def _uniform(of: Mapping[str, float]) -> Distribution:
    return lambda draw: of["low"] + draw * (of["high"] - of["low"])


def _exponential(of: Mapping[str, float]) -> Distribution:
    return lambda draw: -of["mean"] * math.log1p(-draw)


def _lognormal(of: Mapping[str, float]) -> Distribution:
    normal = NormalDist()
    # A draw of exactly 0 has no logarithm.
    return lambda draw: of["median"] * math.exp(of["sigma"] * normal.inv_cdf(max(draw, 1e-12)))


_KINDS: dict[str, tuple[tuple[str, ...], Callable[[Mapping[str, float]], Distribution]]] = {
    "constant": (("seconds",), _constant),
    "uniform": (("low", "high"), _uniform),
    "exponential": (("mean",), _exponential),
    "lognormal": (("median", "sigma"), _lognormal),
}


def distribution(described: JsonObject) -> Distribution:
    """The distribution of ``{"name": "uniform", "low": 0.1, "high": 2}``; ControlRefusal if it is none."""
    name = described.get("name")
    if not isinstance(name, str) or name not in _KINDS:
        raise ControlRefusal(400, f"there is no distribution {name!r}: {', '.join(_KINDS)}")
    needed, make = _KINDS[name]
    if described.keys() - {"name"} != set(needed):
        raise ControlRefusal(400, f"distribution {name} needs exactly {' and '.join(needed)}")
    amounts = {part: _seconds(described[part], f"{part} of {name}") for part in needed}
    if amounts.get("low", 0.0) > amounts.get("high", LONGEST):
        raise ControlRefusal(400, "low of uniform is above high")
    draw_from = make(amounts)
    return lambda draw: min(max(draw_from(draw), 0.0), LONGEST)


def _seconds(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST:
        raise ControlRefusal(400, f"{what} must be a number from 0 to {LONGEST:.0f}, not {value!r}")
    return float(value)
