"""Never much surer than the whole catalogue's past allows."""

from __future__ import annotations

import numpy as np

from forecasting.quantiles import LEVELS, MEDIAN, ordered
from forecasting.series import Floats

# How far each level moves out towards the pooled intervals: furthest in the tails, where a model learned in calm weeks
# errs most; in the body moving out costs accuracy. Over rolling cutoffs of eight public sets this holds 93 to 99 % in
# the 95 % band, at a CRPS within 1 % of the sharpest choice (docs/forecasting.md).
OUTWARD = np.array([0.25, 0.2, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.0, 0.2, 0.25])


def widened(quantiles: Floats, reference: Floats) -> Floats:
    """Quantiles [..., 13] moved outwards towards the reference's where those lie further out."""
    side = np.sign(np.arange(len(LEVELS)) - MEDIAN)
    gap = reference - quantiles
    return ordered(quantiles + np.where(gap * side > 0, OUTWARD * gap, 0.0))
