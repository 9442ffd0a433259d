"""Prophet on the leaderboard: its own curve and band, asked like any other forecaster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from forecasting.forecasters.base import Forecaster, History
from forecasting.forecasters.prophet_curve import PROPHET, PROPHET_LABEL, prophet_quantiles_at
from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.series import Floats


@dataclass(frozen=True, slots=True)
class ProphetForecaster(Forecaster):
    """`prophet.Prophet` fitted on each product alone, with the holidays and promotion days of `inputs`."""

    name: ClassVar[str] = PROPHET
    label: ClassVar[str] = PROPHET_LABEL
    inputs: ProphetInputs = field(default_factory=ProphetInputs)

    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        """Log offsets [series, horizon, 13]; nan where there is nothing to fit."""
        panel = target.panel
        if panel.freq != "daily":
            return np.full((len(panel), horizon, 13), np.nan)
        prices = prophet_quantiles_at(panel, [panel.steps - 1], range(len(panel)), horizon, self.inputs)[:, 0]
        return np.asarray(np.log(prices / target.last[:, None, None]))
