"""Split-conformal offsets: how far past prices went from where they stood, as quantiles of log ratios."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from forecasting.forecasters.base import History
from forecasting.quantiles import LEVELS
from forecasting.series import Floats

LEAST_RESIDUALS = 20
CELL_FULL = 240
MOST_STARTS = 300
WINDOW = 730
RESTLESS, FROM_MODE = [0.5, 2.5, 20.5], [-0.01, 0.01]
EDGES = (1, 2, 3, 5, 7, 10, 14, 18, 22, 26, 30)


def buckets(horizon: int) -> Iterator[slice]:
    """Neighbouring horizons share their residuals: slices of 0-based horizons that cover `horizon`."""
    low = 0
    for edge in (*EDGES, *range(40, horizon + 10, 10)):
        if low >= horizon:
            return
        yield slice(low, min(edge, horizon))
        low = edge


Starts = np.ndarray[tuple[int], np.dtype[np.int64]]


def pooled_offsets(residuals: Floats) -> Floats:
    """Log offsets [horizon, 13] from signed residuals [..., horizon] of all series together.

    A horizon of which nothing was seen yet takes the longest seen one, widened by the square root of time;
    with nothing seen at all the offsets are 0 (a point).
    """
    horizon = residuals.shape[-1]
    offsets = np.zeros((horizon, len(LEVELS)))
    longest = 0
    for part in buckets(horizon):
        values = residuals[..., part]
        values = values[np.isfinite(values)]
        if len(values) >= LEAST_RESIDUALS:
            offsets[part] = np.quantile(values, LEVELS)
            longest = part.stop
        elif longest:
            ahead = np.arange(part.start, part.stop) + 1
            offsets[part] = offsets[longest - 1] * np.sqrt(ahead / longest)[:, None]
    return offsets


def past_moves(past: History, horizon: int) -> tuple[Starts, Floats]:
    """Starts [k] and the log returns from them [series, k, horizon], seen by the cutoff; nan elsewhere."""
    logs = np.log(past.panel.prices)
    end = past.panel.steps - 1
    stride = max(1, past.panel.steps // MOST_STARTS)
    starts = np.arange(max(0, end - WINDOW), end, stride)
    seen = np.where(past.panel.observed, logs, np.nan)
    padded = np.concatenate([seen, np.full((len(seen), horizon), np.nan)], axis=1)
    later = padded[:, starts[:, None] + np.arange(1, horizon + 1)]
    return starts, later - logs[:, starts][:, :, None]


def around_last_price(train: History, target: History, horizon: int) -> Floats:
    """The strong reference: pooled split-conformal offsets around the last price [series, horizon, 13].

    As in the functions below, the residuals are those of `training rows`, the forecasts are for `here`.
    """
    _, moves = past_moves(train, horizon)
    return np.repeat(pooled_offsets(moves)[None], len(target.panel), axis=0)


def by_state(train: History, target: History, horizon: int) -> Floats:
    """Log offsets [series, horizon, 13] per state of the series (Mondrian): how restless, below or above its mode."""
    starts, moves = past_moves(train, horizon)
    pooled = pooled_offsets(moves)
    offsets = np.repeat(pooled[None], len(target.panel), axis=0)
    then, now = _states(train)[:, starts], _states(target)[:, -1]
    for state in np.unique(now):
        alike = moves[then == state]
        if len(alike) >= LEAST_RESIDUALS:
            share = min(1.0, len(alike) / CELL_FULL)
            offsets[now == state] = share * pooled_offsets(alike) + (1 - share) * pooled
    return offsets


def around_smoothed(train: History, target: History, horizon: int) -> Floats:
    """Log offsets [series, horizon, 13] around the smoothed level, scaled by volatility, for continuous prices."""
    starts, moves = past_moves(train, horizon)
    scaled = (moves - _lift(train, starts)[:, :, None]) / train.features.volatility[:, starts][:, :, None]
    size, now = target.features.volatility[:, -1], np.array([-1])
    return np.asarray(pooled_offsets(scaled)[None] * size[:, None, None] + _lift(target, now)[:, :, None])


def _lift(past: History, steps: Starts) -> Floats:
    """How far the smoothed level lies above the price at some steps, in logs [series, steps]."""
    return np.asarray(np.log(past.features.smoothed[:, steps] / past.panel.prices[:, steps]))


def _states(past: History) -> Floats:
    """A number per series and step; -1 where too little is known."""
    changes = past.features.column("changes_long")
    distance = past.features.column("from_mode")
    state = np.digitize(changes, RESTLESS) * 3 + np.digitize(distance, FROM_MODE)
    return np.where(np.isfinite(distance), state, -1).astype(np.float64)
