"""Never much surer than the whole catalogue's past allows."""

from __future__ import annotations

import numpy as np

from forecasting.quantiles import LEVELS, MEDIAN, ordered
from forecasting.series import Floats

# Half of the way to the pooled intervals in the body; less in the tails, where the pooled ones are widest.
OUTWARD = np.array([0.1, 0.18, 0.55, 0.5, 0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.55, 0.18, 0.1])


def widened(quantiles: Floats, reference: Floats) -> Floats:
    """Quantiles [..., 13] moved outwards towards the reference's where those lie further out."""
    side = np.sign(np.arange(len(LEVELS)) - MEDIAN)
    gap = reference - quantiles
    return ordered(quantiles + np.where(gap * side > 0, OUTWARD * gap, 0.0))
