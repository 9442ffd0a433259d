"""The entry point: a catalogue of price histories in, calibrated forecasts and advice out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from forecasting.advice import Advice, advise
from forecasting.advice_record import decisions, figures
from forecasting.backtest.scores import naive_scale, scores
from forecasting.candidates import Candidates
from forecasting.explain import METHODS, notes_on
from forecasting.gate import LAST_PRICE
from forecasting.learned import learned_values
from forecasting.ledger import ledger_of
from forecasting.panel import Panel, horizon_parts, panel_of
from forecasting.product_forecast import CatalogueForecast, ProductForecast
from forecasting.published import Published, publish
from forecasting.quantiles import LEVELS, probability_below
from forecasting.rehearsal import Stage, live_rows, rehearse, stage
from forecasting.series import Series
from forecasting.skill import Skill, skill_of

LEAST_OBSERVED = 14
LONGEST_HORIZON = 365
MOST_DAYS = 1_200
# Past origins to learn from (how many, days apart): weekly on a young catalogue, monthly on an old one.
YOUNG_DAYS, WHEN_YOUNG, WHEN_OLD, FIRST_ORIGIN = 250, (8, 7), (6, 30), 20
# Pooled lessons need no more products than this; forecasts are made for all.
MOST_REHEARSED = 300
ADVICE_DAYS = 14
SMALLEST_MOVE = 0.002


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsed:
    """How good the rehearsed forecasts of past origins were, and the advice's record."""

    rows: tuple[int, ...]
    skill: Skill | None
    scores: Mapping[str, Any]

    def of(self, row: int) -> tuple[float | None, float | None, float | None]:
        """Relative error and both coverages of a product: its own, or the catalogue's if not rehearsed."""
        if self.skill is None:
            return None, None, None
        figures = (self.skill.relative_error, self.skill.coverage_80, self.skill.coverage_95)
        place = self.rows.index(row) if row in self.rows else None
        error, inside_80, inside_95 = (float(values.mean() if place is None else values[place]) for values in figures)
        return error, inside_80, inside_95


def forecast_catalogue(catalogue: Sequence[Series], *, horizon: int = 30, n_threads: int = 1) -> CatalogueForecast:
    """Forecast every series of a shop together, `horizon` days from the latest day any of them covers.

    Pass series that end on the same day (`daily_series(..., until=today)`). Deterministic: the same catalogue
    gives the same answer. `n_threads` > 1 rehearses past origins on that many spawned processes. Raises
    ValueError for a horizon outside 1..365.
    """
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise ValueError(f"horizon must be 1..{LONGEST_HORIZON} days, not {horizon}")
    refused = refusals(catalogue)
    panel = _recent(panel_of([series for series in catalogue if series.key not in refused]))
    if not len(panel):
        return CatalogueForecast({}, refused, {}, {})
    prepared = stage(panel, horizon, deadlines=(ADVICE_DAYS,))
    sample = replace(prepared, rows=_sample(panel))
    past = rehearse(sample, _origins(panel), n_threads=n_threads)
    rehearsed = _judge(sample, past)
    now = prepared.at(panel.steps - 1)
    published = publish(now, sample.record(now.origin, past), panel.lattice)
    products = {key: _product(panel, row, now, published, rehearsed) for row, key in enumerate(panel.keys)}
    learned = learned_values(panel, now, published, rehearsed.scores)
    return CatalogueForecast(products, refused, rehearsed.scores, learned)


def refusals(catalogue: Sequence[Series]) -> dict[str, str]:
    """Why series cannot be forecast yet, in words for a reader, by key."""
    latest = max((series.end for series in catalogue), default=None)
    reasons: dict[str, str] = {}
    for series in catalogue:
        observed = int(series.observed.sum())
        if observed < LEAST_OBSERVED:
            reasons[series.key] = f"{observed} observed days; a forecast needs at least {LEAST_OBSERVED}"
        elif series.end != latest or np.isnan(series.prices[-1]):
            reasons[series.key] = f"no price on {latest}; a forecast starts from a current price"
    return reasons


def _recent(panel: Panel) -> Panel:
    """The last 1,200 days: no forecaster looks further back than three years."""
    cut = max(0, panel.steps - MOST_DAYS)
    return replace(panel, start=panel.day(cut), prices=panel.prices[:, cut:], observed=panel.observed[:, cut:])


def _origins(panel: Panel) -> tuple[int, ...]:
    count, stride = WHEN_YOUNG if panel.steps < YOUNG_DAYS else WHEN_OLD
    back = range(panel.steps - 1 - stride * count, panel.steps - 1, stride)
    return tuple(origin for origin in back if origin >= FIRST_ORIGIN)


def _sample(panel: Panel) -> tuple[int, ...]:
    """The products to rehearse, spread evenly over the catalogue."""
    count = min(len(panel), MOST_REHEARSED)
    return tuple(np.linspace(0, len(panel) - 1, count).round().astype(int).tolist())


def _judge(sample: Stage, past: Sequence[Candidates]) -> Rehearsed:
    """Publish at every past origin from what was known there, then look at what came of it by today."""
    if not past:
        return Rehearsed(sample.rows, None, {"origins": 0})
    panel, horizon = sample.panel.only(sample.rows), sample.horizon
    published = [sample.publish(one, past) for one in past]
    steps = tuple(one.origin for one in past)
    ledger = ledger_of(panel, steps, horizon)
    live = np.stack([live_rows(panel, step, LEAST_OBSERVED) for step in steps], axis=1)
    actual = np.where(live[:, :, None], ledger.outcomes, np.nan)
    points = np.stack([one.point for one in published], axis=1)
    spread = np.stack([one.quantiles for one in published], axis=1)
    horizons = {str(part.stop): part.stop for part in horizon_parts(panel.lattice, horizon)}
    scale = np.stack([naive_scale(panel.until(step)) for step in steps], axis=1)
    judged = scores(actual, ledger.last, scale, (points, spread), horizons)
    record = figures(decisions(panel, past, live, ADVICE_DAYS), ADVICE_DAYS)
    return Rehearsed(
        sample.rows,
        skill_of(actual, ledger.last, points, spread),
        {"origins": len(past), "horizons": judged, "advice": {str(ADVICE_DAYS): record}},
    )


def _product(panel: Panel, row: int, now: Candidates, published: Published, rehearsed: Rehearsed) -> ProductForecast:
    last, today = float(panel.prices[row, -1]), panel.day(panel.steps - 1)
    quantiles, point = published.quantiles[row], published.point[row]
    moves = bool(np.abs(point / last - 1).max() > SMALLEST_MOVE)
    names = published.chosen["point"]
    skill = rehearsed.of(row)
    return ProductForecast(
        key=panel.keys[row],
        origin=today,
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
        advice=_advice(now, row, last, today, rehearsed.scores),
    )


def _advice(now: Candidates, row: int, last: float, today: date, figures: Mapping[str, Any]) -> Advice | None:
    if ADVICE_DAYS not in now.savings or "advice" not in figures:
        return None
    return advise(
        last,
        today,
        ADVICE_DAYS,
        saving=float(now.savings[ADVICE_DAYS][row]),
        regret=float(now.regrets[ADVICE_DAYS][row]),
        record=figures["advice"][str(ADVICE_DAYS)],
    )
