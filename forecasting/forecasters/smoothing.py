"""Simple exponential smoothing for continuous prices: panel averages, farm-gate quotations."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from forecasting.forecasters.base import History, PointForecaster, gettext_noop
from forecasting.series import Floats


class Smoothing(PointForecaster):
    """A flat path at the smoothed level."""

    name = "smoothing"
    labels: ClassVar = {name: gettext_noop("exponential smoothing")}

    def forecast(self, past: History, horizon: int) -> Floats:
        """Paths [series, horizon]."""
        return np.repeat(past.features.smoothed[:, -1:], horizon, axis=1)
