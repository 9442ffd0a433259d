"""One product's forecast and advice, composed from what was published for the whole catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from forecasting.candidates.candidates import CONTINUOUS, POOLED, REFERENCE, STICKY, Candidates
from forecasting.candidates.published import Published
from forecasting.evaluation.odds import corrected
from forecasting.evaluation.track_record import Calibration, TrackRecord
from forecasting.explain import notes_on
from forecasting.forecast_context import ForecastContext
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.forecasters.price_change import EVENT
from forecasting.forecasters.price_fall import SIZES, median_step
from forecasting.forecasters.registry import SMOOTHING
from forecasting.panel import Panel
from forecasting.policy.advice import Advice
from forecasting.policy.advice_days import ADVICE_DAYS
from forecasting.policy.advise import advise, why_none
from forecasting.policy.realised_advice import adjusted
from forecasting.product_forecast import FallOdds, ForecastSkill, ProductForecast
from forecasting.quantiles import LEVELS, SMALLEST_MOVE, probability_below


def assemble(
    panel: Panel, row: int, current: Candidates, published: Published, record: TrackRecord, known: ForecastContext
) -> ProductForecast:
    """The forecast of the series in one row of the panel, from the panel's last day."""
    last, today = float(panel.prices[row, -1]), panel.day(panel.steps - 1)
    quantiles, point = published.quantiles[row], published.point[row]
    rel_mae, coverage_80, coverage_95 = record.of(panel.keys[row])
    forecast = ProductForecast(
        key=panel.keys[row],
        cutoff=today,
        last_price=last,
        levels=tuple(LEVELS.tolist()),
        quantiles=quantiles,
        point=point,
        method=_method(published, bool(np.abs(point / last - 1).max() > SMALLEST_MOVE)),
        skill=ForecastSkill(
            days=len(point),
            rel_mae=rel_mae,
            coverage_80=coverage_80,
            coverage_95=coverage_95,
            probability_of_drop=float(probability_below(quantiles[-1], np.asarray(last))),
            notes=notes_on(panel, row),
        ),
        odds=_odds(current, row, record.calibration),
    )
    return _advised(forecast, current, row, record, known)


def _method(published: Published, moves: bool) -> str:
    """Whose forecast it is, by its name in the registry: the last price's where nothing moves."""
    if not moves:
        return LAST_PRICE
    named = {CONTINUOUS: SMOOTHING, STICKY: EVENT, POOLED: EVENT, REFERENCE: LAST_PRICE}
    distribution = str(published.chosen["distribution"])
    return str(published.chosen["shift"]) or named.get(distribution, distribution)


def _odds(current: Candidates, row: int, calibration: Calibration) -> FallOdds:
    """Chances of a fall as they are stated, and the day by which one by the smaller size is as likely as not."""
    if current.falls is None or not np.isfinite(current.falls[row]).all():
        return FallOdds()
    chance = corrected(current.falls[row][None], calibration.odds)[0]
    day = float(median_step(chance[:1], current.spans)[0])
    return FallOdds(
        {
            f"{100 * size:g}": dict(zip(map(str, current.spans), chance[at].tolist(), strict=True))
            for at, size in enumerate(SIZES)
        },
        None if np.isnan(day) else round(day),
    )


def _advised(
    forecast: ProductForecast, current: Candidates, row: int, record: TrackRecord, known: ForecastContext
) -> ProductForecast:
    """The forecast with advice, or with the reason why there is none."""
    figures = record.scores.get("advice", {}).get(str(ADVICE_DAYS))
    if figures is None or ADVICE_DAYS not in current.savings:
        return forecast
    saving = float(current.savings[ADVICE_DAYS][row])
    if reason := why_none(figures, saving, advice_pays=known.realised.pays):
        return replace(forecast, advice=Advice(code=reason))
    advice = advise(
        forecast.last_price,
        forecast.cutoff + timedelta(days=ADVICE_DAYS),
        saving=saving,
        regret=record.calibration.regret,
        realised=record.calibration.realised,
        record=figures,
        smallest=known.smallest,
    )
    return replace(forecast, advice=adjusted(advice, known.realised))
