"""The thirteen quantile levels of every forecast, and what is measured with them."""

from __future__ import annotations

import numpy as np

from forecasting.series import Floats

LEVELS = np.array([0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975])
MEDIAN = 6
BAND_80 = (2, 10)
BAND_95 = (0, 12)
EDGE = 1e-6  # of the price: a price this near to a band's edge is inside
SMALLEST_MOVE = 0.002  # of the price: less is "no change"


def ordered(quantiles: Floats) -> Floats:
    """Quantiles [..., 13] sorted along the last axis (Chernozhukov et al. 2010: never worse)."""
    return np.sort(quantiles, axis=-1)


def pinball(actual: Floats, quantiles: Floats) -> Floats:
    """Pinball loss per level, shape of `quantiles` [..., 13]; nan where the price was not observed."""
    gap = actual[..., None] - quantiles
    return np.maximum(LEVELS * gap, (LEVELS - 1) * gap)


def crps(actual: Floats, quantiles: Floats) -> Floats:
    """Twice the mean pinball loss [...] of quantiles [..., 13], in the unit of the price, shape of `actual`."""
    return np.asarray(2 * pinball(actual, quantiles).mean(axis=-1))


def probability_below(quantiles: Floats, price: Floats) -> Floats:
    """P(future < price) read from quantiles [..., 13] by linear interpolation between levels.

    Atoms count on the safe side: mass exactly at `price` is not below it.
    """
    below = quantiles < price[..., None] * (1 - 1e-9)
    count = below.sum(axis=-1)
    low = np.clip(count - 1, 0, None)
    high = np.clip(count, None, len(LEVELS) - 1)
    q_low = np.take_along_axis(quantiles, low[..., None], axis=-1)[..., 0]
    q_high = np.take_along_axis(quantiles, high[..., None], axis=-1)[..., 0]
    step = np.where(q_high > q_low, q_high - q_low, 1.0)
    share = np.clip((price - q_low) / step, 0, 1)
    atom = np.isclose(q_high, price, rtol=1e-9)
    inside = np.where(atom, (LEVELS[low] + LEVELS[high]) / 2, LEVELS[low] + share * (LEVELS[high] - LEVELS[low]))
    edges = np.where(count == 0, 0.0, np.where(count == len(LEVELS), 1 - LEVELS[0] / 2, inside))
    return np.asarray(edges, dtype=np.float64)
