"""The last price: the reference every other forecaster must beat, and the fallback."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from forecasting.forecasters.base import History, PointForecaster, gettext_noop
from forecasting.series import Floats

LAST_PRICE = "last_price"


class LastPrice(PointForecaster):
    """Tomorrow and every day after costs what today costs (the random walk's best guess)."""

    name = LAST_PRICE
    labels: ClassVar = {LAST_PRICE: gettext_noop("last price")}

    def forecast(self, past: History, horizon: int) -> Floats:
        """The price at the cutoff, repeated: [series, horizon]."""
        return np.repeat(past.last[:, None], horizon, axis=1)
