"""Every forecaster by name. To add one, write its file and add it here: the leaderboard scores it from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from forecasting.forecasters.base import Forecaster, Shift, gettext_noop
from forecasting.forecasters.last_price import LAST_PRICE, LAST_PRICE_LABEL
from forecasting.forecasters.lstm import available as lstm_available
from forecasting.forecasters.lstm_curve import LSTM
from forecasting.forecasters.lstm_forecaster import LstmForecaster
from forecasting.forecasters.price_change import EVENT, EVENT_LABEL, PriceChangeForecaster
from forecasting.forecasters.producer_price_pass_through import ProducerPricePassThrough
from forecasting.forecasters.prophet_curve import PROPHET
from forecasting.forecasters.prophet_forecaster import ProphetForecaster

SMOOTHING, SMOOTHING_LABEL = "smoothing", gettext_noop("exponential smoothing")
PUBLISHED, PUBLISHED_LABEL = "published", gettext_noop("published forecast")
SUM_OF_PRODUCTS, SUM_LABEL = "sum_of_products", gettext_noop("sum of its products")  # of an index

FORECASTERS: Final[tuple[Forecaster, ...]] = (PriceChangeForecaster(), ProphetForecaster(), LstmForecaster())
SHIFTS: Final[tuple[Shift, ...]] = (ProducerPricePassThrough(),)

METHOD_LABELS: Final[Mapping[str, str]] = {
    LAST_PRICE: LAST_PRICE_LABEL,
    EVENT: EVENT_LABEL,
    SMOOTHING: SMOOTHING_LABEL,
    PUBLISHED: PUBLISHED_LABEL,
    SUM_OF_PRODUCTS: SUM_LABEL,
    **{shift.name: shift.label for shift in SHIFTS},
    **{forecaster.name: forecaster.label for forecaster in FORECASTERS},
}

# Methods whose own forecasts are published beside the one the gate chose: `/api/predict/?method=`.
NAMED_METHODS: Final = (PROPHET, LSTM)


def usable_forecasters() -> tuple[Forecaster, ...]:
    """Those that can run here: the LSTM needs its extra, `pip install .[lstm]`."""
    return tuple(one for one in FORECASTERS if one.name != LSTM or lstm_available())


def forecasters_named(names: Sequence[str]) -> tuple[Forecaster, ...]:
    """The forecasters of these names, in this order; ValueError names one that there is not."""
    known = {one.name: one for one in FORECASTERS}
    for name in names:
        if name not in known:
            raise ValueError(f"there is no forecaster {name!r}; there are {', '.join(sorted(known))}")
    return tuple(known[name] for name in names)
