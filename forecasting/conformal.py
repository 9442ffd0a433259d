"""Split-conformal offsets: how far past prices went from their forecast, as quantiles of log ratios."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from forecasting.quantiles import LEVELS
from forecasting.series import Floats

LEAST_RESIDUALS = 20
EDGES = (1, 2, 3, 5, 7, 10, 14, 18, 22, 26, 30)


def buckets(horizon: int) -> Iterator[slice]:
    """Neighbouring horizons share their residuals: slices of 0-based horizons that cover `horizon`."""
    low = 0
    for edge in (*EDGES, *range(40, horizon + 10, 10)):
        if low >= horizon:
            return
        yield slice(low, min(edge, horizon))
        low = edge


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
