"""The regular price: what a product costs when nothing special is on."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from forecasting.series import Floats

WINDOW = 28
FEW = 64  # distinct prices; sticky series have dozens, continuous ones hundreds


def rolling_mode(prices: Floats, window: int = WINDOW) -> Floats:
    """The most frequent of the last `window` prices [..., steps] at each step, ties to the dearer, same shape.

    Works along the last axis; nan where no price is known in the window. Row t uses steps <= t alone. A
    promotion lowers the price for days or weeks, so the mode is what Eichenbaum, Jaimovich and Rebelo
    (2011) call the reference price.
    """
    if prices.ndim == 1:
        return _mode_of_one(prices, window)
    return np.stack([_mode_of_one(row, window) for row in prices]) if len(prices) else prices.copy()


def _mode_of_one(prices: Floats, window: int) -> Floats:
    """The rolling mode of one series, by counting where it has few prices and by sorting where it has many."""
    if not prices.size:
        return prices.copy()
    values = np.unique(prices[~np.isnan(prices)])
    return _by_counting(prices, values, window) if 0 < len(values) <= FEW else _by_sorting(prices, window)


def _by_counting(prices: Floats, values: Floats, window: int) -> Floats:
    """How often each of the distinct values stands in each window [values, steps]; the dearest of the most frequent."""
    seen = np.cumsum(prices == values[:, None], axis=1, dtype=np.int32)
    inside = seen.copy()
    inside[:, window:] -= seen[:, :-window]
    best = len(values) - 1 - inside[::-1].argmax(axis=0)
    return np.where(inside.any(axis=0), values[best], np.nan)


def _by_sorting(prices: Floats, window: int) -> Floats:
    """Sort each window, then find its longest run of equals."""
    padded = np.concatenate([np.full(window - 1, np.nan), prices])
    table = np.sort(sliding_window_view(padded, window), axis=1)
    place = np.arange(window, dtype=np.int16)  # small numbers: half of the time is spent on moving them
    fresh = np.ones(table.shape, dtype=bool)
    np.not_equal(table[:, 1:], table[:, :-1], out=fresh[:, 1:])
    run = place - np.maximum.accumulate(fresh * place, axis=1)
    run[np.isnan(table)] = -1
    best = window - 1 - np.argmax(run[:, ::-1], axis=1)
    return np.asarray(table[np.arange(len(table)), best], dtype=np.float64)
