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


def index_row(training: Training, basket: Basket, forecast: ProductForecast) -> IndexForecast:
    """One index forecast; an index is not for sale, so it carries no advice."""
    return IndexForecast(
        training=training,
        grade=basket.grade,
        currency=basket.currency,
        simulated=basket.simulated,
        last_value=forecast.last_price,
        skill=skill_of(forecast),
        **figures_of(forecast),
    )
