"""What a training learned, as plain JSON values: no pickles, no arrays."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from forecasting.candidates.candidates import Candidates
from forecasting.candidates.published import Published
from forecasting.features.feature_table import NAMES
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS

FORMAT = 3
PACKAGES = ("prophet", "lightgbm", "numpy", "scipy")


def fitted_values(current: Candidates) -> dict[str, Any]:
    """What the models of a cutoff learned, as LightGBM's own text, and the residual table beside them."""
    model = current.price_change
    return {
        "residual_table": current.reference[0].tolist(),
        "price_change": None if model is None else model.to_text(),
        "price_change_returns": None if model is None else model.returns.tolist(),
        "price_fall": None if current.price_fall is None else current.price_fall.to_text(),
        "limit_orders": {str(days): order.to_text() for days, order in current.limit_orders.items()},
    }


def learned_values(
    panel: Panel, fitted: Mapping[str, Any], published: Published, scores: Mapping[str, Any]
) -> dict[str, Any]:
    """What was fitted, what the past chose of it of the candidates and how that did."""
    return {
        "format": FORMAT,
        "versions": {name: version(name) for name in PACKAGES},
        "origin": panel.day(panel.steps - 1).isoformat(),
        "series": len(panel),
        "levels": LEVELS.tolist(),
        "chosen": dict(published.chosen),
        "features": list(NAMES),
        "scores": dict(scores),
        **fitted,
    }
