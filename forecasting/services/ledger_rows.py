"""What a training says, as rows of the ledger: product forecasts and index forecasts alike."""

from collections.abc import Mapping
from typing import Any

from forecasting.index_series import Basket
from forecasting.models import Forecast, IndexForecast, Training
from forecasting.product_forecast import ProductForecast
from forecasting.said import figures_of, skill_of


def forecast_row(training: Training, product_id: int, fields: Mapping[str, Any]) -> Forecast:
    """One product's forecast from what was said of it."""
    return Forecast(product_id=product_id, training=training, **fields)


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
    return IndexForecast(training=training, **fields)
