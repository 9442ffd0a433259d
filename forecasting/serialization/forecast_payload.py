"""What a forecaster says about a product, as plain JSON values: for the ledger, and for files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from forecasting.policy.advice import NONE_BECAUSE
from forecasting.product_forecast import ProductForecast


def said(forecast: ProductForecast) -> dict[str, Any]:
    """Everything of a product's forecast but whose it is; `origin` is a date, the rest is JSON."""
    return {
        **figures_of(forecast),
        "last_price": forecast.last_price,
        "skill": skill_of(forecast),
        "advice": plain(_advice(forecast)),
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


def skill_of(forecast: ProductForecast) -> dict[str, Any]:
    """How good such forecasts were, by the horizon in days."""
    figures = {
        str(len(forecast.point)): {
            "rel_mae": forecast.skill,
            "coverage_80": forecast.coverage_80,
            "coverage_95": forecast.coverage_95,
        },
        "probability_of_drop": forecast.probability_of_drop,
        "notes": list(forecast.notes),
    }
    return dict(plain(figures))


def plain(value: Any) -> Any:
    """JSON has no NaN: an unknown figure is null."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _advice(forecast: ProductForecast) -> dict[str, Any]:
    if (advice := forecast.advice) is None:
        return {
            "word": "none",
            "until": None,
            "expected_saving_pct": None,
            "chance_of_regret": None,
            "code": forecast.no_advice,
            "reason": NONE_BECAUSE[forecast.no_advice],
        }
    return {
        "word": advice.action,
        "until": advice.deadline.isoformat(),
        "limit_price": advice.limit_price,
        "expected_saving_pct": 100 * advice.expected_saving,
        "chance_of_regret": advice.chance_of_regret,
        "code": "waiting_pays" if advice.action == "wait" else "waiting_does_not_pay",
        "reason": advice.reason,
    }
