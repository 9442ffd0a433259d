"""The level of a noisy price by simple exponential smoothing."""

from __future__ import annotations

import numpy as np

from forecasting.series import Floats

WEIGHTS = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])


def smoothed_levels(prices: Floats) -> Floats:
    """The SES level at every step [series, steps], each with the weight that had been best up to then.

    A weight of 1 is the last price. The weight at t is chosen by squared one-step errors before t alone.
    """
    logs = np.log(prices)
    level = np.full((len(prices), len(WEIGHTS)), np.nan)
    errors = np.zeros((len(prices), len(WEIGHTS)))
    levels = np.full(prices.shape, np.nan)
    rows = np.arange(len(prices))
    for step in range(prices.shape[1]):
        now = logs[:, step : step + 1]
        known = np.isfinite(now)
        gap = np.where(known & np.isfinite(level), now - level, 0.0)
        errors = errors + gap**2
        # a tie goes to the larger weight: a constant series keeps its last price
        best = len(WEIGHTS) - 1 - np.argmin(errors[:, ::-1], axis=1)
        level = np.where(known, np.where(np.isfinite(level), level + WEIGHTS * gap, now), np.nan)
        levels[:, step] = level[rows, best]
    return np.asarray(np.exp(levels))
