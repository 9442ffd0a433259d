"""Simple exponential smoothing for prices that flow: panel averages, quotations at cutoff."""

from __future__ import annotations

import numpy as np

from forecasting.forecasters.base import History
from forecasting.series import Floats


class Smoothing:
    """A flat path at the smoothed level."""

    name = "smoothing"

    def forecast(self, past: History, horizon: int) -> Floats:
        """Paths [series, horizon]."""
        return np.repeat(past.features.smoothed[:, -1:], horizon, axis=1)
