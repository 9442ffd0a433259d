"""The median moves only where a move is likely enough: on shelves most forecast moves do not come."""

from __future__ import annotations

import numpy as np

from forecasting.panel import DAYS_A_STEP, Freq
from forecasting.quantiles import LEVELS, MEDIAN
from forecasting.series import Floats

# A move must be 70 % likely within two weeks, 60 % beyond. Over rolling cutoffs of the public sets 70 % erred less near
# by (South African oils .98 against 1.01 of the last price's error), 60 % further out (Spanish oils .92 against .94).
SOON = 14  # days
SURE_SOON, SURE_LATER = 2, 1  # levels beyond the median: 70 %, 60 %


def steady(offsets: Floats, freq: Freq) -> Floats:
    """Log offsets [..., horizon, 13] whose levels near the median stay at "no change" until a move is likely.

    Levels stay in order: only those between the median and the level that doubts the move are set to 0.
    """
    days = np.arange(1, offsets.shape[-2] + 1) * DAYS_A_STEP[freq]
    calm = offsets.copy()
    for levels, steps in ((SURE_SOON, days <= SOON), (SURE_LATER, days > SOON)):
        calm[..., steps, :] = _calmed(offsets[..., steps, :], levels)
    return calm


def still(offsets: Floats) -> Floats:
    """Log offsets [..., 13] whose median is "no change": levels below it at most 0, above it at least 0."""
    side = np.arange(len(LEVELS))
    lower = np.where(side <= MEDIAN, np.minimum(offsets, 0.0), offsets)
    return np.where(side >= MEDIAN, np.maximum(lower, 0.0), lower)


def _calmed(offsets: Floats, levels: int) -> Floats:
    side = np.arange(len(LEVELS)) - MEDIAN
    falls_doubted = offsets[..., MEDIAN + levels, None] >= 0
    rises_doubted = offsets[..., MEDIAN - levels, None] <= 0
    near_above, near_below = (side >= 0) & (side < levels), (side <= 0) & (side > -levels)
    calm = np.where(falls_doubted & near_above, np.maximum(offsets, 0.0), offsets)
    return np.where(rises_doubted & near_below, np.minimum(calm, 0.0), calm)
