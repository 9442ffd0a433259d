"""The regular price: what a product costs when nothing special is on."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from forecasting.series import Floats

WINDOW = 28


def rolling_mode(prices: Floats, window: int = WINDOW) -> Floats:
    """The most frequent of the last `window` prices at each step, ties to the dearer, shape of `prices`.

    Works along the last axis; nan where no price is known in the window. Row t uses steps <= t alone. A
    promotion lowers the price for days or weeks, so the mode is what Eichenbaum, Jaimovich and Rebelo
    (2011) call the reference price.
    """
    if prices.ndim == 1:
        return _mode_of_one(prices, window)
    return np.stack([_mode_of_one(row, window) for row in prices]) if len(prices) else prices.copy()


def _mode_of_one(prices: Floats, window: int) -> Floats:
    """The rolling mode of one series: sort each window, then find its longest run of equals."""
    if not prices.size:
        return prices.copy()
    padded = np.concatenate([np.full(window - 1, np.nan), prices])
    table = np.sort(sliding_window_view(padded, window), axis=1)
    place = np.arange(window)
    fresh = np.ones(table.shape, dtype=bool)
    fresh[:, 1:] = table[:, 1:] != table[:, :-1]
    run = place - np.maximum.accumulate(np.where(fresh, place, 0), axis=1)
    run[np.isnan(table)] = -1
    best = window - 1 - np.argmax(run[:, ::-1], axis=1)
    return np.asarray(table[np.arange(len(table)), best], dtype=np.float64)
