"""The regular price: what a product costs when nothing special is on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from forecasting.series import Floats

WINDOW = 28
FEW = 64  # distinct prices; sticky series have dozens, continuous ones hundreds
CHUNK = 8  # series at a time: more do not fit in the processor's cache
Ranks = npt.NDArray[np.signedinteger[Any]]


def rolling_mode(prices: Floats, window: int = WINDOW) -> Floats:
    """The most frequent of the last `window` prices [..., steps] at each step, ties to the dearer, same shape.

    Works along the last axis; nan where no price is known in the window. Row t uses steps <= t alone. A
    promotion lowers the price for days or weeks, so the mode is what Eichenbaum, Jaimovich and Rebelo
    (2011) call the reference price.
    """
    if prices.ndim == 1:
        return np.asarray(rolling_mode(prices[None], window)[0])
    if not prices.size:
        return prices.copy()
    result = np.empty(prices.shape)
    values, ranks = zip(*map(_ranked, prices), strict=True)
    many = np.array([len(own) > FEW for own in values])
    for row in np.flatnonzero(~many):
        result[row] = _by_counting(ranks[row], values[row], window)
    for rows in np.split(np.flatnonzero(many), range(CHUNK, int(many.sum()), CHUNK)):
        if rows.size:
            result[rows] = _by_sorting([ranks[row] for row in rows], [values[row] for row in rows], window)
    return result


def _ranked(prices: Floats) -> tuple[Floats, Ranks]:
    """The distinct prices of one series in order, and which of them each step [steps] has, -1 where none is known."""
    values, ranks = np.unique(prices, return_inverse=True)
    known = ~np.isnan(values)
    kind = np.int16 if len(values) < np.iinfo(np.int16).max else np.int32
    return values[known], np.where(np.isnan(prices), -1, ranks).astype(kind)


def _by_counting(ranks: Ranks, values: Floats, window: int) -> Floats:
    """How often each of the distinct values stands in each window [values, steps]; the dearest of the most frequent."""
    if not len(values):
        return np.full(ranks.shape, np.nan)
    seen = np.cumsum(ranks == np.arange(len(values))[:, None], axis=1, dtype=np.int32)
    inside = seen.copy()
    inside[:, window:] -= seen[:, :-window]
    best = len(values) - 1 - inside[::-1].argmax(axis=0)
    return np.where(inside.any(axis=0), values[best], np.nan)


def _by_sorting(ranks: Sequence[Ranks], values: Sequence[Floats], window: int) -> Floats:
    """Sort each window of some series [series, steps], then follow the runs of equals through all windows at once."""
    padded = np.pad(np.stack(ranks), ((0, 0), (window - 1, 0)), constant_values=-1)
    windows = np.sort(sliding_window_view(padded, window, axis=1), axis=2)
    places = np.ascontiguousarray(windows.reshape(-1, window).T)  # [window, windows]
    best, run = places[0].copy(), (places[0] >= 0).astype(places.dtype)
    longest = run.copy()
    for before, now in pairwise(places):
        run *= now == before
        run += 1
        run *= now >= 0
        np.copyto(best, now, where=run >= longest)  # in ascending order: of equally long runs the dearest is the last
        np.maximum(longest, run, out=longest)
    shape = windows.shape[:2]
    rows = zip(values, best.reshape(shape), (longest > 0).reshape(shape), strict=True)
    return np.stack([np.where(known, own[np.maximum(place, 0)], np.nan) for own, place, known in rows])
