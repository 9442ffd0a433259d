"""A product's forecast as plain JSON values: for the ledger, and for files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from forecasting.product_forecast import ProductForecast
from forecasting.serialization.published_json import advice_json, odds_json, skill_json


def payload_of(forecast: ProductForecast) -> dict[str, Any]:
    """A product's forecast without its key; `origin` is a date, the rest is JSON."""
    return {
        **figures_of(forecast),
        "last_price": forecast.last_price,
        "skill": skill_json(forecast.skill),
        "advice": plain(advice_json(forecast.advice)),
        "odds": odds_json(forecast.odds),
    }


def figures_of(forecast: ProductForecast) -> dict[str, Any]:
    """Origin, method, levels [13], quantiles [horizon][13] and point [horizon]."""
    return {
        "origin": forecast.cutoff,
        "method": forecast.method,
        "levels": list(forecast.levels),
        "quantiles": forecast.quantiles.tolist(),
        "point": forecast.point.tolist(),
    }


def plain(value: Any) -> Any:
    """JSON has no NaN: an unknown figure is null."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
