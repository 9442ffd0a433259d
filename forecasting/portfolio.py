"""The entry point: a catalogue of price histories in, calibrated forecasts and advice out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np

from forecasting.conformal import pooled_offsets
from forecasting.ledger import ledger_of
from forecasting.panel import Panel, panel_of
from forecasting.product_forecast import CatalogueForecast, ProductForecast
from forecasting.quantiles import LEVELS, probability_below
from forecasting.series import Floats, Series

LEAST_OBSERVED = 14
FORMAT = 1


def forecast_catalogue(
    catalogue: Sequence[Series], *, horizon: int = 30, n_threads: int = 1
) -> CatalogueForecast:
    """Forecast every series of a shop together, `horizon` days from the latest day any of them covers.

    Pass series that end on the same day (`daily_series(..., until=today)`). Deterministic: the same catalogue
    gives the same answer. Raises ValueError for a horizon outside 1..365.
    """
    if not 1 <= horizon <= 365:
        raise ValueError(f"horizon must be 1..365 days, not {horizon}")
    refused = {series.key: reason for series in catalogue if (reason := reason_to_refuse(series, catalogue))}
    panel = panel_of([series for series in catalogue if series.key not in refused])
    if not len(panel):
        return CatalogueForecast({}, refused, {}, {})
    origins = tuple(range(max(LEAST_OBSERVED - 1, 0), panel.steps - 1, 3)) or (panel.steps - 1,)
    ledger = ledger_of(panel, origins, horizon)
    offsets = pooled_offsets(ledger.residuals(ledger.last[:, :, None]))
    last = panel.prices[:, -1]
    quantiles = last[:, None, None] * np.exp(offsets)[None]
    point = np.repeat(last[:, None], horizon, axis=1)
    products = {key: _product(panel, row, point[row], quantiles[row]) for row, key in enumerate(panel.keys)}
    learned = {"format": FORMAT, "versions": _versions(), "offsets": offsets.tolist()}
    return CatalogueForecast(products, refused, {}, learned)


def reason_to_refuse(series: Series, catalogue: Sequence[Series]) -> str:
    """Why a series cannot be forecast yet, in words for a reader; "" when it can."""
    observed = int(series.observed.sum())
    if observed < LEAST_OBSERVED:
        return f"{observed} observed days; a forecast needs at least {LEAST_OBSERVED}"
    latest = max(other.end for other in catalogue)
    if series.end < latest or np.isnan(series.prices[-1]):
        return f"no price on {latest}; a forecast starts from a current price"
    return ""


def _product(panel: Panel, row: int, point: Floats, quantiles: Floats) -> ProductForecast:
    last = float(panel.prices[row, -1])
    drop = float(probability_below(quantiles[-1], np.asarray(last)))
    return ProductForecast(
        panel.keys[row],
        _origin(panel),
        last,
        tuple(LEVELS.tolist()),
        quantiles,
        point,
        "last price",
        None,
        None,
        None,
        drop,
    )


def _origin(panel: Panel) -> date:
    return panel.day(panel.steps - 1)


def _versions() -> Mapping[str, Any]:
    return {name: version(name) for name in ("prophet", "lightgbm", "numpy", "scipy")}
