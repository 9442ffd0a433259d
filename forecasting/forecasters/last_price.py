"""The last price: the reference every other forecaster must beat, and the fallback."""

from __future__ import annotations

import numpy as np

from forecasting.forecasters.base import History
from forecasting.series import Floats


class LastPrice:
    """Tomorrow and every day after costs what today costs (the random walk's best guess)."""

    name = "last_price"

    def forecast(self, past: History, horizon: int) -> Floats:
        """The price at the cutoff, repeated: [series, horizon]."""
        return np.repeat(past.last[:, None], horizon, axis=1)
