"""Everything that could be said at one origin, before the past decides what to believe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from forecasting.conformal import around_last_price, around_smoothed, by_state
from forecasting.forecasters.base import Forecaster, Past
from forecasting.forecasters.price_change import PriceChange, train_price_change
from forecasting.forecasters.prophet_regular import ProphetRegular
from forecasting.forecasters.smoothing import Smoothing
from forecasting.limit_order import LimitOrder, train_limit_order
from forecasting.quantiles import MEDIAN, ordered
from forecasting.series import Floats
from forecasting.widening import widened

STEADY, EVENT, EVENT_AND_PROPHET = "steady_event", "event", "event_and_prophet"
SHELF, FLOWING = "shelf", "flowing"
SURE_DROP, SURE_RISE = 8, 4
SMALLEST_MOVE = 0.002
PROPHET_SHARES = (0.25, 0.5, 1.0)
POINT_FORECASTERS: tuple[Forecaster, ...] = (ProphetRegular(), Smoothing())


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Forecasts from one origin as log offsets from the last price, for the chosen series.

    points: name -> [series, horizon]; spreads: name -> [series, horizon, 13]; reference [series, horizon, 13]
    is the last price with pooled split-conformal intervals; savings: deadline -> expected log saving of
    waiting [series].
    """

    origin: int
    last: Floats
    points: Mapping[str, Floats]
    spreads: Mapping[str, Floats]
    reference: Floats
    savings: Mapping[int, Floats] = field(default_factory=dict)
    limit_orders: Mapping[int, LimitOrder] = field(default_factory=dict)
    price_change: PriceChange | None = None


def candidates_at(past: Past, horizon: int, rows: Sequence[int], deadlines: Sequence[int] = ()) -> Candidates:
    """Learn from the whole past, then forecast the series in `rows`."""
    model = train_price_change(past, horizon)
    orders = {steps: order for steps in deadlines if (order := train_limit_order(past, steps)) is not None}
    reference = around_last_price(past, horizon)
    events = by_state(past, horizon) if model is None else reference.copy()
    smoothed = around_smoothed(past, horizon)
    chosen = list(rows)
    here = past.only(chosen)
    reference, events, smoothed = reference[chosen], events[chosen], smoothed[chosen]
    now = here.features.values[:, -1]
    known = np.isfinite(now[:, 0])
    if model is not None and known.any():
        events[known] = model.quantiles(now[known], horizon)
    smoothed = np.where(np.isfinite(smoothed), smoothed, events)
    return Candidates(
        origin=past.panel.steps - 1,
        last=here.last,
        points=_points(here, events, horizon),
        spreads={SHELF: widened(events, reference), FLOWING: ordered((events + smoothed) / 2)},
        reference=reference,
        savings={steps: _savings(order, now, known) for steps, order in orders.items()},
        limit_orders=orders,
        price_change=model,
    )


def _points(past: Past, events: Floats, horizon: int) -> dict[str, Floats]:
    """Every point candidate as a log offset; where one has no opinion it says "no change"."""
    median = events[..., MEDIAN]
    drop = events[..., SURE_DROP] < -SMALLEST_MOVE
    rise = events[..., SURE_RISE] > SMALLEST_MOVE
    points: dict[str, Floats] = {STEADY: np.where(drop | rise, median, 0.0), EVENT: median}
    for forecaster in POINT_FORECASTERS:
        path = np.log(forecaster.forecast(past, horizon) / past.last[:, None])
        points[forecaster.name] = np.nan_to_num(path)
    prophet = points.pop(ProphetRegular.name)
    points[EVENT_AND_PROPHET] = (median + prophet) / 2
    points.update({f"{ProphetRegular.name}_{share:.0%}": share * prophet for share in PROPHET_SHARES})
    return points


def _savings(order: LimitOrder, now: Any, known: Any) -> Floats:
    """Expected log saving of waiting [series]; nan where too little is known."""
    savings = np.full(len(now), np.nan)
    if known.any():
        savings[known] = order.expected(now[known])
    return savings
