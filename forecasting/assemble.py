"""One product's forecast and advice, composed from what was published for the whole catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.candidates.published import Published
from forecasting.evaluation.track_record import TrackRecord
from forecasting.explain import notes_on
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.panel import Panel
from forecasting.policy.advice import Advice
from forecasting.policy.advise import ADVICE_DAYS, advise, why_none
from forecasting.policy.realised_advice import RealisedAdvice, adjusted
from forecasting.product_forecast import ForecastSkill, ProductForecast
from forecasting.quantiles import LEVELS, SMALLEST_MOVE, probability_below


def assemble(
    panel: Panel, row: int, current: Candidates, published: Published, record: TrackRecord, realised: RealisedAdvice
) -> ProductForecast:
    """The forecast of the series in one row of the panel, from the panel's last day."""
    last, today = float(panel.prices[row, -1]), panel.day(panel.steps - 1)
    quantiles, point = published.quantiles[row], published.point[row]
    moves = bool(np.abs(point / last - 1).max() > SMALLEST_MOVE)
    names = published.chosen["point"]
    rel_mae, coverage_80, coverage_95 = record.of(panel.keys[row])
    forecast = ProductForecast(
        key=panel.keys[row],
        cutoff=today,
        last_price=last,
        levels=tuple(LEVELS.tolist()),
        quantiles=quantiles,
        point=point,
        method=names[-1] if moves else LAST_PRICE,
        skill=ForecastSkill(
            days=len(point),
            rel_mae=rel_mae,
            coverage_80=coverage_80,
            coverage_95=coverage_95,
            probability_of_drop=float(probability_below(quantiles[-1], np.asarray(last))),
            notes=notes_on(panel, row),
        ),
    )
    return _advised(forecast, current, row, record.scores, realised)


def _advised(
    forecast: ProductForecast, current: Candidates, row: int, scores: Mapping[str, Any], realised: RealisedAdvice
) -> ProductForecast:
    """The forecast with advice, or with the reason why there is none."""
    record = scores.get("advice", {}).get(str(ADVICE_DAYS))
    if record is None or ADVICE_DAYS not in current.savings:
        return forecast
    saving = float(current.savings[ADVICE_DAYS][row])
    if reason := why_none(record, saving, advice_pays=realised.pays):
        return replace(forecast, advice=Advice(code=reason))
    regret = float(current.regrets[ADVICE_DAYS][row])
    advice = advise(forecast.last_price, forecast.cutoff, ADVICE_DAYS, saving=saving, regret=regret, record=record)
    return replace(forecast, advice=adjusted(advice, realised))
