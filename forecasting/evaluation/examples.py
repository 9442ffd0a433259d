"""One good and one bad forecast of past cutoffs, chosen by a rule: not the best, not the worst, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from forecasting.evaluation.scored_windows import ScoredWindows
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS

HORIZON = 30  # days: the longest that is published
BEFORE = 90  # days of prices that stand before the forecast
FEWEST = 10  # scored forecasts: of fewer, a percentile says nothing
AT = {"good": 0.9, "bad": 0.1}  # the percentile of the gain over assuming that the price stays
PLACES = 4
NO_CHANGE = 1e-6  # a smaller gain is that of a forecast which expects no change


def past_examples(scored: ScoredWindows, panel: Panel) -> Mapping[str, Any]:
    """The forecasts at the 90th and the 10th percentile of their gain over 30 days; {} where too few were scored.

    The gain is how much smaller the mean error was than the last price's, as a share of the last price; a forecast
    counts where it expected a change and half of its days or more had a price. Prices are lists by the day, None
    where nothing was seen.
    """
    if panel.freq != "daily" or scored.actual.shape[2] < HORIZON:
        return {}
    actual, points = scored.actual[:, :, :HORIZON], scored.points[:, :, :HORIZON]
    last = scored.last[:, :, None]
    seen = np.isfinite(actual)
    counts = seen.sum(axis=2)
    errors = np.where(seen, np.abs(actual - points) / last, 0.0).sum(axis=2) / np.maximum(counts, 1)
    naive = np.where(seen, np.abs(actual - last) / last, 0.0).sum(axis=2) / np.maximum(counts, 1)
    differs = np.abs(naive - errors) > NO_CHANGE  # of the rest, which expect no change, none is better than another
    places = np.argwhere((counts >= HORIZON / 2) & differs & np.isfinite(errors) & np.isfinite(naive))
    if len(places) < FEWEST:
        return {}
    gains = np.array([naive[row, step] - errors[row, step] for row, step in places])
    order = np.argsort(gains, kind="stable")
    examples = {}
    for name, percentile in AT.items():
        row, step = places[order[round(percentile * (len(order) - 1))]].tolist()
        cutoff = scored.cutoffs[step]
        examples[name] = {
            "key": panel.keys[row],
            "cutoff": panel.day(cutoff).isoformat(),
            "last_price": round(float(scored.last[row, step]), PLACES),
            "levels": [float(level) for level in LEVELS],
            "quantiles": np.round(scored.quantiles[row, step, :HORIZON], PLACES).tolist(),
            "point": np.round(points[row, step], PLACES).tolist(),
            "before": _prices(panel.prices[row, max(0, cutoff + 1 - BEFORE) : cutoff + 1]),
            "actual": _prices(actual[row, step]),
            "error": float(errors[row, step]),
            "naive": float(naive[row, step]),
        }
    return {"n": len(places), **examples}


def _prices(values: Any) -> list[float | None]:
    return [round(float(value), PLACES) if np.isfinite(value) else None for value in values]
