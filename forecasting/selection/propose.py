"""Make the candidate forecasts of one cutoff: event model, point forecasters, intervals, savings of waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from forecasting.calibration.conformal import around_last_price, around_smoothed, by_state
from forecasting.calibration.widening import widened
from forecasting.candidates.candidates import CONTINUOUS, STICKY, Candidates
from forecasting.forecasters.base import History
from forecasting.forecasters.price_change import EVENT, train_price_change
from forecasting.forecasters.registry import POINT_FORECASTERS
from forecasting.policy.limit_order import train_limit_order
from forecasting.quantiles import MEDIAN, ordered
from forecasting.series import Bools, Floats

MOST_TRAIN = 400


def candidates_at(past: History, horizon: int, rows: Sequence[int], deadlines: Sequence[int] = ()) -> Candidates:
    """Learn from the past of (a spread of at most 400 of) all series, then forecast those in `rows`."""
    train, target = past.only(spread(len(past.panel), MOST_TRAIN)), past.only(list(rows))
    model = train_price_change(train, horizon)
    orders = {steps: order for steps in deadlines if (order := train_limit_order(train, steps)) is not None}
    reference = around_last_price(train, target, horizon)
    events = by_state(train, target, horizon) if model is None else reference.copy()
    smoothed = around_smoothed(train, target, horizon)
    current = target.features.values[:, -1]
    known = np.isfinite(current[:, 0])
    if model is not None and known.any():
        events[known] = model.quantiles(current[known], horizon)
    smoothed = np.where(np.isfinite(smoothed), smoothed, events)
    return Candidates(
        cutoff=past.panel.steps - 1,
        last=target.last,
        points=_points(target, events, horizon),
        spreads={STICKY: widened(events, reference), CONTINUOUS: ordered((events + smoothed) / 2)},
        reference=reference,
        continuous=target.continuous,
        savings={steps: _where(known, order.expected, current) for steps, order in orders.items()},
        regrets={steps: _where(known, order.regret, current) for steps, order in orders.items()},
        limit_orders=orders,
        price_change=model,
    )


def spread(series: int, most: int) -> list[int]:
    """Which of so many series to learn from: all, or `most` spread evenly over them."""
    places = np.linspace(0, series - 1, min(series, most)).round().astype(int)
    return [int(place) for place in places]


def _points(past: History, events: Floats, horizon: int) -> dict[str, Floats]:
    """Every point candidate as log offsets [series, horizon]; without an opinion it is "no change"."""
    points = {EVENT: events[..., MEDIAN]}
    for forecaster in POINT_FORECASTERS:
        path = np.nan_to_num(np.log(forecaster.forecast(past, horizon) / past.last[:, None]))
        points |= forecaster.candidates(path, events, continuous=past.continuous)
    return points


def _where(known: Bools, ask: Callable[[Any], Floats], current: Any) -> Floats:
    """The answer [series] for the series of which enough is known; nan for the rest."""
    answer = np.full(len(current), np.nan)
    if known.any():
        answer[known] = ask(current[known])
    return answer
