"""What a training says of an index, as a row of its ledger."""

from collections.abc import Mapping
from typing import Any

from forecasting.models import IndexForecast, Training
from forecasting.product_forecast import ProductForecast
from forecasting.selectors.index_series import Basket
from forecasting.serialization.forecast_payload import figures_of, skill_of


def index_values_of(basket: Basket, forecast: ProductForecast) -> dict[str, Any]:
    """What was said of one index; an index is not for sale, so it carries no advice."""
    return {
        "grade": basket.grade,
        "currency": basket.currency,
        "simulated": basket.simulated,
        "last_value": forecast.last_price,
        "skill": skill_of(forecast),
        **figures_of(forecast),
    }


def index_row(training: Training, fields: Mapping[str, Any]) -> IndexForecast:
    """One index forecast from what was said of it."""
    values = dict(fields)
    return IndexForecast(training=training, cutoff=values.pop("origin"), **values)
