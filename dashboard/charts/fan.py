"""A forecast with the quantiles of its outcomes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

PLACES = 4  # of a price: more would be sent and never seen


@dataclass(frozen=True, slots=True)
class Fan:
    """A forecast in the chart's unit: `quantiles[h]` at `levels` and `point[h]` are for cutoff + h + 1 days."""

    cutoff: date
    last_price: float
    levels: tuple[float, ...]
    quantiles: tuple[tuple[float, ...], ...]
    point: tuple[float, ...]


def at_level(fan: Fan, level: float) -> list[float]:
    """Return the quantile of one level for each day, between the published levels by straight lines."""
    return [round(_between(fan.levels, day, level), PLACES) for day in fan.quantiles]


def _between(levels: Sequence[float], values: Sequence[float], level: float) -> float:
    if level <= levels[0]:
        return values[0]
    for (below, low), (above, high) in pairwise(zip(levels, values, strict=True)):
        if below <= level <= above:
            return low + (high - low) * (level - below) / (above - below)
    return values[-1]
