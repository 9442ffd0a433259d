"""The entry point: a catalogue of price histories in, calibrated forecasts and advice out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecasting.circumstances import Circumstances
from forecasting.compose import ADVICE_DAYS, compose
from forecasting.history.features import features_of, joined
from forecasting.history.unit_change import UnitChange, in_one_unit
from forecasting.learning.candidates import MOST_LESSONS, spread
from forecasting.learning.feedback import corrected, learn_feedback
from forecasting.learning.learned import learned_values
from forecasting.learning.published import publish
from forecasting.learning.rehearsal import Stage, rehearse, stage
from forecasting.learning.rehearsed import RehearsalPart, join, part_of
from forecasting.learning.track_record import track_record
from forecasting.market.origin_price import origin_changes
from forecasting.market.tax_steps import log_steps, taxed, taxed_savings
from forecasting.panel import Panel, horizon_parts, panel_of
from forecasting.product_forecast import CatalogueForecast, ProductForecast
from forecasting.series import Series

LEAST_OBSERVED = 14
LONGEST_HORIZON = 365
MOST_DAYS = 1_200
# Past origins to learn from (how many, days apart): weekly on a young catalogue, monthly on an old one.
YOUNG_DAYS, WHEN_YOUNG, WHEN_OLD, FIRST_ORIGIN = 250, (8, 7), (6, 30), 20
# Pooled lessons need no more products than this; forecasts are made for all.
MOST_REHEARSED = 300


def forecast_catalogue(
    catalogue: Sequence[Series],
    *,
    horizon: int = 30,
    rehearsals: Sequence[RehearsalPart] | None = None,
    known: Circumstances | None = None,
) -> CatalogueForecast:
    """Forecast every series of a shop together, `horizon` days from the latest day any of them covers.

    Pass series that end on the same day (`daily_series(..., until=today)`). Past origins are rehearsed here,
    unless `rehearsals` made elsewhere by `rehearse_catalogue` with the same origin price are given. Deterministic:
    the same catalogue and circumstances give the same answer. Raises ValueError for a horizon outside 1..365.
    """
    _refuse_horizon(horizon)
    known = known or Circumstances()
    catalogue, changes = in_one_unit(catalogue)
    refused, panel = _usable(catalogue, known.origin)
    refused |= {key: f"{refused[key]}. {change}" for key, change in changes.items() if key in refused}
    if not len(panel):
        return CatalogueForecast({}, refused, {}, {})
    lessons = _lessons(panel, horizon)
    if rehearsals is None:
        rehearsals = [_rehearse(lessons, past_origins(panel))]
    rehearsed = join(rehearsals, panel, horizon)
    record = track_record(rehearsed, advice_days=ADVICE_DAYS, least_observed=LEAST_OBSERVED)
    prepared = _everything(lessons, panel)
    now = prepared.at(panel.steps - 1)
    published = publish(now, rehearsed.record(now.origin), panel.lattice)
    if known.said is not None:
        parts = horizon_parts(panel.lattice, horizon)
        published = corrected(published, learn_feedback(known.said, panel.day(now.origin), parts), parts)
    if known.taxes:
        moves = log_steps(panel.keys, known.taxes, panel.day(now.origin), horizon)
        published, now = taxed(published, moves), taxed_savings(now, moves)
    said = (compose(panel, row, now, published, record, known.lived) for row in range(len(panel)))
    products = {forecast.key: _told(forecast, changes) for forecast in said}
    return CatalogueForecast(products, refused, record.scores, learned_values(panel, now, published, record.scores))


def rehearse_catalogue(
    catalogue: Sequence[Series], *, horizon: int = 30, share: int = 0, of: int = 1, origin: Series | None = None
) -> RehearsalPart | None:
    """Rehearse the past origins number share, share + of, share + 2 of, ... of a catalogue; None if there are none.

    The parts of all shares together are what `forecast_catalogue` would rehearse by itself with the same origin.
    """
    _refuse_horizon(horizon)
    _, panel = _usable(in_one_unit(catalogue)[0], origin)
    origins = past_origins(panel)[share::of] if len(panel) else ()
    return _rehearse(_lessons(panel, horizon), origins) if origins else None


def _rehearse(lessons: Stage, origins: Sequence[int]) -> RehearsalPart:
    return part_of(lessons.panel.only(lessons.rows), rehearse(lessons, origins))


def _refuse_horizon(horizon: int) -> None:
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise ValueError(f"horizon must be 1..{LONGEST_HORIZON} days, not {horizon}")


def _usable(catalogue: Sequence[Series], origin: Series | None) -> tuple[dict[str, str], Panel]:
    refused = refusals(catalogue)
    panel = _recent(panel_of([series for series in catalogue if series.key not in refused]))
    known = origin_changes(origin, panel.start, panel.steps) if origin is not None and len(panel) else None
    return refused, replace(panel, origin=known)


def _lessons(panel: Panel, horizon: int) -> Stage:
    """The series past origins are learned from (at most 400), and those among them that are rehearsed."""
    lessons = panel if len(panel) <= MOST_LESSONS else panel.only(spread(len(panel), MOST_LESSONS))
    return stage(lessons, horizon, spread(len(lessons), MOST_REHEARSED), deadlines=(ADVICE_DAYS,))


def _everything(lessons: Stage, panel: Panel) -> Stage:
    """The stage of the whole catalogue; the features of the lessons are there already."""
    everybody = tuple(range(len(panel)))
    if lessons.panel is panel:
        return replace(lessons, rows=everybody)
    known = spread(len(panel), MOST_LESSONS)
    others = sorted(set(everybody).difference(known))
    features = joined([(known, lessons.features), (others, features_of(panel.only(others)))], len(panel))
    return replace(lessons, panel=panel, features=features, rows=everybody)


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


def past_origins(panel: Panel) -> tuple[int, ...]:
    """The steps to rehearse from, oldest first: weekly while the catalogue is young, then monthly."""
    count, stride = WHEN_YOUNG if panel.steps < YOUNG_DAYS else WHEN_OLD
    back = range(panel.steps - 1 - stride * count, panel.steps - 1, stride)
    return tuple(origin for origin in back if origin >= FIRST_ORIGIN)


def _told(forecast: ProductForecast, changes: Mapping[str, UnitChange]) -> ProductForecast:
    """The forecast with a note where the series changed its unit on the way."""
    change = changes.get(forecast.key)
    return forecast if change is None else replace(forecast, notes=(str(change), *forecast.notes))
