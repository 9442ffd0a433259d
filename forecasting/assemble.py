"""One product's forecast and advice, composed from what was published for the whole catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from forecasting.evaluation.candidates import Candidates
from forecasting.explain import METHODS, notes_on
from forecasting.panel import Panel
from forecasting.policy.advice import advise, why_none
from forecasting.policy.realised_advice import RealisedAdvice, adjusted
from forecasting.product_forecast import ProductForecast
from forecasting.quantiles import LEVELS, probability_below
from forecasting.selection.gate import LAST_PRICE
from forecasting.selection.published import Published
from forecasting.selection.track_record import TrackRecord

ADVICE_DAYS = 14
SMALLEST_MOVE = 0.002


def compose(
    panel: Panel, row: int, now: Candidates, published: Published, record: TrackRecord, realised: RealisedAdvice
) -> ProductForecast:
    """The forecast of the series in one row of the panel, from the panel's last day."""
    last, today = float(panel.prices[row, -1]), panel.day(panel.steps - 1)
    quantiles, point = published.quantiles[row], published.point[row]
    moves = bool(np.abs(point / last - 1).max() > SMALLEST_MOVE)
    names = published.chosen["point"]
    skill = record.of(panel.keys[row])
    forecast = ProductForecast(
        key=panel.keys[row],
        cutoff=today,
        last_price=last,
        levels=tuple(LEVELS.tolist()),
        quantiles=quantiles,
        point=point,
        method=METHODS.get(names[-1], names[-1]) if moves else METHODS[LAST_PRICE],
        skill=skill[0],
        coverage_80=skill[1],
        coverage_95=skill[2],
        probability_of_drop=float(probability_below(quantiles[-1], np.asarray(last))),
        notes=notes_on(panel, row),
    )
    return _advised(forecast, now, row, record.scores, realised)


def _advised(
    forecast: ProductForecast, now: Candidates, row: int, scores: Mapping[str, Any], realised: RealisedAdvice
) -> ProductForecast:
    """The forecast with advice, or with the reason why there is none."""
    record = scores.get("advice", {}).get(str(ADVICE_DAYS))
    if record is None or ADVICE_DAYS not in now.savings:
        return forecast
    saving = float(now.savings[ADVICE_DAYS][row])
    if reason := why_none(record, saving, advice_pays=realised.pays):
        return replace(forecast, no_advice=reason)
    regret = float(now.regrets[ADVICE_DAYS][row])
    advice = advise(forecast.last_price, forecast.cutoff, ADVICE_DAYS, saving=saving, regret=regret, record=record)
    return replace(forecast, advice=adjusted(advice, realised))
