"""The LSTM's own forecast of each product, beside the published one. Needs `.[lstm]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from forecasting.features.feature_table import features_at_end
from forecasting.forecasters.base import History
from forecasting.forecasters.lstm_forecaster import LstmForecaster
from forecasting.forecasters.method_forecast import MethodForecast
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS

LSTM = LstmForecaster.name


def lstm_curves(panel: Panel, learned: Sequence[int], *, horizon: int) -> Iterator[MethodForecast]:
    """Train one network on the series of these rows and forecast every series that has a price on the last day.

    Quantiles are in the unit of the prices. Nothing where there is too little to learn from. Deterministic; raises
    NoKeras where the extra is not installed.
    """
    train, target = (History(part, features_at_end(part)) for part in (panel.only(list(learned)), panel))
    offsets = LstmForecaster().quantiles(train, target, horizon)
    for row, key in enumerate(panel.keys):
        if np.isfinite(offsets[row]).all():
            last = float(target.last[row])
            quantiles = last * np.exp(offsets[row])
            yield MethodForecast(key, LSTM, panel.day(panel.steps - 1), last, tuple(LEVELS.tolist()), quantiles)
