"""How good a product's past forecasts were, leaning on the catalogue's where its own record is thin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.quantiles import BAND_80, BAND_95, EDGE
from forecasting.series import Floats

PRIOR_OUTCOMES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Skill:
    """Per series [series]: error relative to the last price's, and shares inside the intervals."""

    relative_error: Floats
    coverage_80: Floats
    coverage_95: Floats
    outcomes: int


def skill_of(actual: Floats, last: Floats, points: Floats, spread: Floats) -> Skill | None:
    """Score published forecasts; actual [series, cutoffs, horizon] is nan where nothing was seen.

    last [series, cutoffs], points like actual, spread [..., 13]. Each figure is the series' own, pulled to
    the pooled one by 200 outcomes' weight. None while nothing came due.
    """
    truth = actual / last[:, :, None]
    seen = np.isfinite(truth)
    if not seen.any():
        return None
    bands = spread / last[:, :, None, None]
    error = _pulled(np.abs(truth - points / last[:, :, None]), seen)
    naive = _pulled(np.abs(truth - 1), seen)
    inside = [
        _pulled(((truth >= bands[..., low] - EDGE) & (truth <= bands[..., high] + EDGE)).astype(float), seen)
        for low, high in (BAND_80, BAND_95)
    ]
    moved = naive > 0
    ratio = np.where(moved, error / np.where(moved, naive, 1.0), 1.0)
    return Skill(ratio, inside[0], inside[1], int(seen.sum()))


def _pulled(values: Floats, seen: Floats) -> Floats:
    """Mean per series over what was seen, shrunk to the mean over all series."""
    observed = np.where(seen, values, 0.0)
    pooled = observed.sum() / seen.sum()
    return np.asarray((observed.sum(axis=(1, 2)) + PRIOR_OUTCOMES * pooled) / (seen.sum(axis=(1, 2)) + PRIOR_OUTCOMES))
