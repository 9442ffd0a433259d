"""The point forecasters that are compared at every cutoff: to add one, write its file and add it here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from forecasting.forecasters.base import PointForecaster
from forecasting.forecasters.last_price import LastPrice
from forecasting.forecasters.price_change import EVENT, EVENT_LABEL
from forecasting.forecasters.producer_price_pass_through import ProducerPricePassThrough
from forecasting.forecasters.prophet_curve import PROPHET, PROPHET_LABEL
from forecasting.forecasters.prophet_regular import ProphetRegular
from forecasting.forecasters.smoothing import Smoothing

POINT_FORECASTERS: Final[tuple[PointForecaster, ...]] = (
    LastPrice(),
    ProphetRegular(),
    Smoothing(),
    ProducerPricePassThrough(),
)

METHOD_LABELS: Final[Mapping[str, str]] = {
    EVENT: EVENT_LABEL,
    PROPHET: PROPHET_LABEL,
    **{name: label for forecaster in POINT_FORECASTERS for name, label in forecaster.labels.items()},
}

# Methods whose own forecasts are published beside the one the gate chose: `/api/predict/?method=`.
NAMED_METHODS: Final = (PROPHET,)
