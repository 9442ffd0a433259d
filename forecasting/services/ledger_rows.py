"""What a training says, as rows of the ledger: product forecasts and index forecasts alike."""

import math
from collections.abc import Mapping
from typing import Any

from forecasting.index_series import Basket
from forecasting.models import Forecast, IndexForecast, Training
from forecasting.product_forecast import ProductForecast

NO_RECORD = "There is no measured record yet that advice would rest on."


def said(forecast: ProductForecast) -> dict[str, Any]:
    """The fields of a Forecast row that come from the forecaster, as plain JSON values."""
    return {
        **_figures(forecast),
        "last_price": forecast.last_price,
        "skill": plain(_skill(forecast)),
        "advice": plain(_advice(forecast)),
    }


def index_row(training: Training, basket: Basket, forecast: ProductForecast) -> IndexForecast:
    """One index forecast; an index is not for sale, so it carries no advice."""
    return IndexForecast(
        training=training,
        grade=basket.grade,
        currency=basket.currency,
        simulated=basket.simulated,
        last_value=forecast.last_price,
        skill=plain(_skill(forecast)),
        **_figures(forecast),
    )


def forecast_row(training: Training, product_id: int, fields: Mapping[str, Any]) -> Forecast:
    """One product's forecast from what was `said`."""
    return Forecast(product_id=product_id, training=training, **fields)


def plain(value: Any) -> Any:
    """JSON has no NaN: an unknown figure is null."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _figures(forecast: ProductForecast) -> dict[str, Any]:
    return {
        "origin": forecast.origin,
        "method": forecast.method,
        "levels": list(forecast.levels),
        "quantiles": forecast.quantiles.tolist(),
        "point": forecast.point.tolist(),
    }


def _skill(forecast: ProductForecast) -> dict[str, Any]:
    return {
        str(len(forecast.point)): {
            "rel_mae": forecast.skill,
            "coverage_80": forecast.coverage_80,
            "coverage_95": forecast.coverage_95,
        },
        "probability_of_drop": forecast.probability_of_drop,
        "notes": list(forecast.notes),
    }


def _advice(forecast: ProductForecast) -> dict[str, Any]:
    if (advice := forecast.advice) is None:
        return {
            "word": "none",
            "until": None,
            "expected_saving_pct": None,
            "chance_of_regret": None,
            "reason": NO_RECORD,
        }
    return {
        "word": advice.action,
        "until": advice.deadline.isoformat(),
        "limit_price": advice.limit_price,
        "expected_saving_pct": 100 * advice.expected_saving,
        "chance_of_regret": advice.chance_of_regret,
        "reason": advice.reason,
    }
