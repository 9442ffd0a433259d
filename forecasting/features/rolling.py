"""Trailing-window statistics along the last axis: the value at t uses steps <= t alone."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import maximum_filter1d

from forecasting.series import Bools, Floats


def trailing_sum(values: Floats, window: int) -> Floats:
    """Sum of the last `window` of values [..., steps], nan counted as 0, same shape."""
    total = np.cumsum(np.nan_to_num(values), axis=-1)
    shifted = np.zeros_like(total)
    shifted[..., window:] = total[..., :-window]
    return np.asarray(total - shifted)


def trailing_mean(values: Floats, window: int) -> Floats:
    """Mean of the known ones among the last `window` of values [..., steps], same shape; nan where none is known."""
    count = trailing_sum(np.isfinite(values).astype(np.float64), window)
    return np.asarray(np.where(count > 0, trailing_sum(values, window) / np.maximum(count, 1), np.nan))


def trailing_max(values: Floats, window: int) -> Floats:
    """Largest of the known ones among the last `window` of values [..., steps], same shape; nan where none is."""
    filled = np.where(np.isfinite(values), values, -np.inf)
    # the filter's window is centred; this origin makes it end at the current step
    largest = maximum_filter1d(filled, window, axis=-1, mode="constant", cval=-np.inf, origin=(window - 1) // 2)
    return np.asarray(np.where(np.isfinite(largest), largest, np.nan))


def steps_since(events: Bools, cap: int) -> Floats:
    """Steps since the last of events [..., steps], same shape: 0 on the event, `cap` where it is longer ago."""
    places = np.arange(events.shape[-1])
    last = np.maximum.accumulate(np.where(events, places, -cap), axis=-1)
    return np.asarray(np.minimum(places - last, cap), dtype=np.float64)


def carried(values: Floats, events: Bools) -> Floats:
    """The value [..., steps] at the latest event, carried forward, same shape; 0 before the first one."""
    places = np.arange(events.shape[-1])
    last = np.maximum.accumulate(np.where(events, places, -1), axis=-1)
    filled = np.take_along_axis(values, np.maximum(last, 0), axis=-1)
    return np.asarray(np.where(last >= 0, filled, 0.0))
