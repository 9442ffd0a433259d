"""Every forecaster by name. To add one, write its file and add it here: the leaderboard scores it from then on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from forecasting.forecasters.base import Forecaster, Shift, gettext_noop
from forecasting.forecasters.last_price import LAST_PRICE, LAST_PRICE_LABEL
from forecasting.forecasters.price_change import EVENT, EVENT_LABEL, PriceChangeForecaster
from forecasting.forecasters.producer_price_pass_through import ProducerPricePassThrough
from forecasting.forecasters.prophet_curve import PROPHET, PROPHET_LABEL

SMOOTHING, SMOOTHING_LABEL = "smoothing", gettext_noop("exponential smoothing")
PUBLISHED, PUBLISHED_LABEL = "published", gettext_noop("published forecast")

FORECASTERS: Final[tuple[Forecaster, ...]] = (PriceChangeForecaster(),)
SHIFTS: Final[tuple[Shift, ...]] = (ProducerPricePassThrough(),)

METHOD_LABELS: Final[Mapping[str, str]] = {
    LAST_PRICE: LAST_PRICE_LABEL,
    EVENT: EVENT_LABEL,
    SMOOTHING: SMOOTHING_LABEL,
    PROPHET: PROPHET_LABEL,
    PUBLISHED: PUBLISHED_LABEL,
    **{shift.name: shift.label for shift in SHIFTS},
    **{forecaster.name: forecaster.label for forecaster in FORECASTERS},
}

# Methods whose own forecasts are published beside the one the gate chose: `/api/predict/?method=`.
NAMED_METHODS: Final = (PROPHET,)
