"""Adaptive conformal widths: stretch or tighten each central band until the past was covered as promised.

For every past pair the factor is computed by which its band would have had to be stretched around the median
to just hold the outcome; the level's quantile of those factors (recent cutoffs weigh more) is the factor to
use. On shelves most factors are 0, the atom at "no change": a band that is a point cannot get tighter, so the
coverage of a level below the atom's mass stays above its promise, and honestly so.
Compare Gibbs and Candes (2021), "Adaptive conformal inference under distribution shift".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.candidates.record import Record
from forecasting.quantiles import LEVELS, MEDIAN, ordered
from forecasting.series import Floats

BANDS = tuple((low, len(LEVELS) - 1 - low) for low in (0, 1, 2, 3, 4, 5))
HALF_LIFE = 24
PRIOR_CUTOFFS = 3.0
NARROWEST, WIDEST = 0.75, 1.6
# where prices mostly stand still a calm past says little about how far the next change goes: keep the tails
NARROWEST_TAILS, TAILS, STILL = 0.9, 2, 0.5
LEAST_PAIRS = 20
NO_MISS = 1e-9


def learn_widths(record: Record, chosen: Sequence[str], parts: Sequence[slice]) -> Floats:
    """A factor for each stretch of horizons and each of the 6 central bands [parts, 6]."""
    widths = np.ones((len(parts), len(BANDS)))
    for place, (name, part) in enumerate(zip(chosen, parts, strict=True)):
        if record.cutoffs:
            widths[place] = _widths(record, record.spreads[name][..., part, :], part)
    return widths


def rescaled(spread: Floats, widths: Floats, parts: Sequence[slice]) -> Floats:
    """Quantiles [series, horizon, 13] with each band stretched around the median by its factor."""
    factor = np.ones((spread.shape[-2], len(LEVELS)))
    for place, part in enumerate(parts):
        for band, (low, high) in enumerate(BANDS):
            factor[part, low] = factor[part, high] = widths[place, band]
    middle = spread[..., MEDIAN : MEDIAN + 1]
    return ordered(middle + (spread - middle) * factor)


def _widths(record: Record, spread: Floats, part: slice) -> Floats:
    outcome = record.outcomes[..., part]
    seen = np.isfinite(outcome)
    cutoffs = np.flatnonzero(seen.any(axis=(0, 2)))
    age = len(record.cutoffs) - np.arange(len(record.cutoffs))
    weight = np.broadcast_to((0.5 ** (age / HALF_LIFE))[None, :, None], outcome.shape)[seen]
    middle = spread[..., MEDIAN]
    miss = np.abs(outcome - middle)
    # neighbouring cutoffs share most of their outcomes: count only what does not overlap
    evidence = len(cutoffs) * record.apart(part)
    trust = evidence / (evidence + PRIOR_CUTOFFS)
    still = seen.any() and float((miss[seen] < NO_MISS).mean()) > STILL
    widths = np.ones(len(BANDS))
    for band, (low, high) in enumerate(BANDS):
        room = np.where(outcome > middle, spread[..., high] - middle, middle - spread[..., low])
        need = np.where(miss < NO_MISS, 0.0, miss / np.maximum(room, 1e-9))[seen]
        if len(need) >= LEAST_PAIRS:
            narrowest = NARROWEST_TAILS if still and band < TAILS else NARROWEST
            level = LEVELS[high] - LEVELS[low]
            factor = np.quantile(need, level, weights=weight, method="inverted_cdf")
            widths[band] = float(np.clip(factor, narrowest, WIDEST)) ** trust
    return widths
