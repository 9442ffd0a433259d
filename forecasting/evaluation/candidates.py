"""Everything that could be said at one cutoff, before the past decides what to believe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from forecasting.calibration.conformal import around_last_price, around_smoothed, by_state
from forecasting.calibration.widening import widened
from forecasting.forecasters.base import History
from forecasting.forecasters.price_change import PriceChange, train_price_change
from forecasting.forecasters.prophet_regular import ProphetRegular
from forecasting.forecasters.registry import POINT_FORECASTERS
from forecasting.policy.limit_order import LimitOrder, train_limit_order
from forecasting.quantiles import MEDIAN, ordered
from forecasting.series import Bools, Floats

STEADY, STEADY_PROPHET = "steady_event", "steady_prophet"
EVENT, EVENT_AND_PROPHET = "event", "event_and_prophet"
STICKY, CONTINUOUS = "shelf", "flowing"
SURE_DROP, SURE_RISE = 8, 4
SMALLEST_MOVE = 0.002
MOST_TRAIN = 400
PROPHET_SHARES = (0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Forecasts from one cutoff as log offsets from the last price, for the chosen series.

    points: name -> [series, horizon]; spreads: name -> [series, horizon, 13]; reference [series, horizon, 13]
    is the last price with pooled split-conformal intervals; flowing tells markets from shelves; savings:
    deadline -> expected log saving of waiting [series]; regrets: deadline -> chance that waiting ends dearer
    [series].
    """

    cutoff: int
    last: Floats
    points: Mapping[str, Floats]
    spreads: Mapping[str, Floats]
    reference: Floats
    continuous: bool = False
    savings: Mapping[int, Floats] = field(default_factory=dict)
    regrets: Mapping[int, Floats] = field(default_factory=dict)
    limit_orders: Mapping[int, LimitOrder] = field(default_factory=dict)
    price_change: PriceChange | None = None


def candidates_at(past: History, horizon: int, rows: Sequence[int], deadlines: Sequence[int] = ()) -> Candidates:
    """Learn from the past of (a spread of at most 400 of) all series, then forecast those in `rows`."""
    train, target = past.only(spread(len(past.panel), MOST_TRAIN)), past.only(list(rows))
    model = train_price_change(train, horizon)
    orders = {steps: order for steps in deadlines if (order := train_limit_order(train, steps)) is not None}
    reference = around_last_price(train, target, horizon)
    events = by_state(train, target, horizon) if model is None else reference.copy()
    smoothed = around_smoothed(train, target, horizon)
    now = target.features.values[:, -1]
    known = np.isfinite(now[:, 0])
    if model is not None and known.any():
        events[known] = model.quantiles(now[known], horizon)
    smoothed = np.where(np.isfinite(smoothed), smoothed, events)
    return Candidates(
        cutoff=past.panel.steps - 1,
        last=target.last,
        points=_points(target, events, horizon),
        spreads={STICKY: widened(events, reference), CONTINUOUS: ordered((events + smoothed) / 2)},
        reference=reference,
        continuous=target.continuous,
        savings={steps: _where(known, order.expected, now) for steps, order in orders.items()},
        regrets={steps: _where(known, order.regret, now) for steps, order in orders.items()},
        limit_orders=orders,
        price_change=model,
    )


def spread(series: int, most: int) -> list[int]:
    """Which of so many series to learn from: all, or `most` spread evenly over them."""
    places = np.linspace(0, series - 1, min(series, most)).round().astype(int)
    return [int(place) for place in places]


def _points(past: History, events: Floats, horizon: int) -> dict[str, Floats]:
    """Every point candidate as a log offset; where one has no opinion it says "no change"."""
    median = events[..., MEDIAN]
    paths = {
        forecaster.name: np.nan_to_num(np.log(forecaster.forecast(past, horizon) / past.last[:, None]))
        for forecaster in POINT_FORECASTERS
    }
    prophet = paths.pop(ProphetRegular.name)
    both = (median + prophet) / 2
    # on a shelf the events say when, Prophet's regular price says where to
    target = median if past.continuous else np.where(median * prophet > 0, both, median)
    sure = (events[..., SURE_DROP] < -SMALLEST_MOVE) | (events[..., SURE_RISE] > SMALLEST_MOVE)
    blends = {f"{ProphetRegular.name}_{share:.0%}": share * prophet for share in PROPHET_SHARES}
    steady = {STEADY: np.where(sure, target, 0.0), STEADY_PROPHET: np.where(sure, prophet, 0.0)}
    return {**steady, EVENT: median, EVENT_AND_PROPHET: both, **paths, **blends}


def _where(known: Bools, ask: Callable[[Any], Floats], now: Any) -> Floats:
    """The answer [series] for the series of which enough is known; nan for the rest."""
    answer = np.full(len(now), np.nan)
    if known.any():
        answer[known] = ask(now[known])
    return answer
