"""Which candidate to believe: only what the past has proven, pooled over products, per stretch of horizons.

Picking a champion per series by cross-validation was measured to be worse than a pooled choice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.candidates.candidates import CONTINUOUS, STICKY
from forecasting.candidates.record import Record, cautious_mean, mean_by_cutoff
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.forecasters.prophet_regular import STEADY
from forecasting.quantiles import crps

LEAST_GAIN = 0.002
LEAST_CUTOFFS = 3


def choose_points(record: Record, parts: Sequence[slice], *, continuous: bool = False) -> tuple[str, ...]:
    """A point candidate's name for each stretch of horizons, "last_price" where none may be trusted.

    On shelves the steady event forecast (move only when a move is 70 % likely) is trusted until the past
    speaks against it by more than one standard error; where prices flow the last price stands. Any other
    candidate must beat what stands by more than one standard error (two where prices flow: few markets move
    as one) and 0.2 % of the last price's error, over at least three cutoffs.
    """
    default, doubt = (LAST_PRICE, 2.0) if continuous else (STEADY, 1.0)
    return tuple(_choose_point(record, part, default, doubt) for part in parts)


def choose_spreads(record: Record, parts: Sequence[slice]) -> tuple[str, ...]:
    """The sticky intervals for each stretch, unless the continuous ones had the better CRPS so far."""
    return tuple(_choose_spread(record, part) for part in parts)


def _choose_point(record: Record, part: slice, default: str, doubt: float) -> str:
    if not record.cutoffs:
        return default
    actual = np.exp(record.outcomes[..., part])
    errors = {name: np.abs(actual - np.exp(path[..., part])) for name, path in record.points.items()}
    errors[LAST_PRICE] = np.abs(actual - 1)
    base = mean_by_cutoff(errors[LAST_PRICE])
    if not base.size:
        return default
    apart = record.apart(part)
    worse = cautious_mean(mean_by_cutoff(errors[STEADY] - errors[LAST_PRICE]), -1, apart)
    chosen = trusted = LAST_PRICE if worse > 0 else default
    if base.size < LEAST_CUTOFFS:
        return trusted
    best = -LEAST_GAIN * float(base.mean())
    for name in sorted(errors):
        gain = cautious_mean(mean_by_cutoff(errors[name] - errors[trusted]), doubt, apart)
        if gain < best:
            chosen, best = name, gain
    return chosen


def _choose_spread(record: Record, part: slice) -> str:
    if not record.cutoffs:
        return STICKY
    actual = np.exp(record.outcomes[..., part])
    sticky = crps(actual, np.exp(record.spreads[STICKY][..., part, :]))
    continuous = crps(actual, np.exp(record.spreads[CONTINUOUS][..., part, :]))
    gain = mean_by_cutoff(continuous - sticky)
    return CONTINUOUS if gain.size and float(gain.mean()) < 0 else STICKY
