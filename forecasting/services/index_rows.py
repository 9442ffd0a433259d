"""An index's forecast as a row of its ledger."""

from collections.abc import Mapping
from typing import Any

from forecasting.models import IndexForecast, Training
from forecasting.product_forecast import ProductForecast
from forecasting.selectors.index_series import Basket
from forecasting.serialization.forecast_payload import figures_of
from forecasting.serialization.published_json import skill_json


def index_values_of(basket: Basket, forecast: ProductForecast) -> dict[str, Any]:
    """The columns of one index forecast; an index is not for sale, so it carries no advice."""
    return {
        "grade": basket.grade,
        "currency": basket.currency,
        "simulated": basket.simulated,
        "last_value": forecast.last_price,
        "skill": skill_json(forecast.skill),
        **figures_of(forecast),
    }


def index_row(training: Training, fields: Mapping[str, Any]) -> IndexForecast:
    """The row of one index forecast."""
    values = dict(fields)
    return IndexForecast(training=training, cutoff=values.pop("origin"), **values)
