"""The pooled LSTM on the leaderboard, trained anew at each cutoff. Needs `.[lstm]`."""

from __future__ import annotations

import numpy as np

from forecasting.forecasters.base import Forecaster, History, gettext_noop
from forecasting.forecasters.lstm import train_lstm
from forecasting.quantiles import LEVELS
from forecasting.series import Floats


class LstmForecaster(Forecaster):
    """One network for all products of a catalogue."""

    name = "lstm"
    label = gettext_noop("LSTM")

    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        """Log offsets [series, horizon, 13]; nan where there is too little to learn from. Raises NoKeras."""
        model = train_lstm(train, horizon)
        if model is None:
            return np.full((len(target.panel), horizon, len(LEVELS)), np.nan)
        return model.quantiles(target)
