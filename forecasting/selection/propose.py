"""Make the candidate forecasts of one cutoff: distributions, shifts, chances of a fall, savings of waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasting.calibration.conformal import around_last_price, around_smoothed, by_state
from forecasting.calibration.widening import widened
from forecasting.candidates.candidates import CONTINUOUS, POOLED, REFERENCE, STICKY, Candidates
from forecasting.features.feature_table import Features
from forecasting.forecasters.base import Forecaster, History, is_continuous
from forecasting.forecasters.price_change import PriceChange, train_price_change
from forecasting.forecasters.price_fall import PriceFall, spans_of, train_price_fall
from forecasting.forecasters.registry import SHIFTS, forecasters_named
from forecasting.forecasters.shelf_prior import prior_for, prior_weight
from forecasting.panel import Panel
from forecasting.policy.limit_order import LimitOrder, expected_saving, train_limit_order
from forecasting.quantiles import ordered
from forecasting.series import Bools, Floats

MOST_TRAIN = 400


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One cutoff's past: of the series that models learn from, of those that are forecast, and the prices of all.

    `market` says how prices move together: whether they are continuous, and how far a shift moves them all. `rows`
    are the target's places in it. `pooled` are the series to learn from and those of other shops; None without any.
    """

    train: History
    target: History
    market: Panel
    rows: Sequence[int]
    pooled: History | None = None


def known_of(past: History, rows: Sequence[int], peers: int = 0) -> Known:
    """Learn from a spread of at most 400 of all series, and forecast those in `rows`; the last `peers` are others'."""
    own, target = len(past.panel) - peers, past.only(list(rows))
    learned = spread(own, MOST_TRAIN)
    pooled = past.only([*learned, *range(own, own + peers)]) if peers and not is_continuous(target.panel) else None
    return Known(past.only(learned), target, target.panel, range(len(rows)), pooled)


def candidates_at(
    known: Known, horizon: int, deadlines: Sequence[int] = (), contenders: Sequence[str] = ()
) -> Candidates:
    """Learn from the past of the series to train on, then forecast the target's.

    Contenders are forecasters whose distribution the gate may choose too.
    """
    train, target, rows = known.train, known.target, list(known.rows)
    fall = train_price_fall(train, horizon)
    orders = {steps: order for steps in deadlines if (order := train_limit_order(train, steps)) is not None}
    current = target.features.values[:, -1]
    reference = around_last_price(train, target, horizon)
    change, offsets = _modelled(train, target, reference)
    pooled = {} if known.pooled is None else {POOLED: _modelled(known.pooled, target, reference)[1]}
    smoothed = around_smoothed(train, target, horizon)
    around_level = ordered((offsets + np.where(np.isfinite(smoothed), smoothed, offsets)) / 2)
    return Candidates(
        cutoff=target.panel.steps - 1,
        last=target.last,
        spreads={
            STICKY: widened(offsets, reference),
            **{name: widened(made, reference) for name, made in pooled.items()},
            CONTINUOUS: widened(around_level, reference),
            REFERENCE: reference,
            **{one.name: _contender(one, train, target, offsets, reference) for one in forecasters_named(contenders)},
        },
        continuous=is_continuous(known.market),
        shifts={shift.name: path[rows] for shift in SHIFTS if (path := shift.path(known.market, horizon)) is not None},
        savings={steps: expected_saving(orders.get(steps), train, current, steps) for steps in deadlines},
        falls=_falls(fall, train, target, horizon),
        spans=spans_of(target.panel.freq, horizon),
        limit_orders=orders,
        price_change=change,
        price_fall=fall,
    )


def later_savings(candidates: Candidates, train: History, whole: Features, rows: Sequence[int]) -> dict[int, Floats]:
    """Expected savings on each later day before a deadline, by the cutoff's own model and that day's features.

    `whole` holds every day's features [series, steps, features]; what stands at a day uses no later price. Only what
    who waits would have been told is read from them, never what is told at the cutoff.
    """
    chosen, savings = list(rows), {}
    for steps in candidates.savings:
        order = candidates.limit_orders.get(steps)
        days = [(candidates.cutoff + ahead, steps - ahead) for ahead in range(1, steps)]
        by_day = [_on_day(order, train, whole, chosen, day, left) for day, left in days]
        savings[steps] = np.stack(by_day, axis=1) if by_day else np.empty((len(chosen), 0))
    return savings


def _on_day(order: LimitOrder | None, train: History, whole: Features, rows: list[int], day: int, left: int) -> Floats:
    if day >= whole.values.shape[1]:
        return np.full(len(rows), np.nan)
    return expected_saving(order, train, whole.values[rows, day], left)


def spread(series: int, most: int) -> list[int]:
    """Which of so many series to learn from: all, or `most` spread evenly over them."""
    places = np.linspace(0, series - 1, min(series, most)).round().astype(int)
    return [int(place) for place in places]


def _modelled(train: History, target: History, reference: Floats) -> tuple[PriceChange | None, Floats]:
    """The price change model of `train` and what it and the prior say of the target [series, horizon, 13]."""
    model = train_price_change(train, reference.shape[1])
    return model, _with_prior(train, target, _own_model(model, train, target, reference), reference)


def _own_model(model: PriceChange | None, train: History, target: History, reference: Floats) -> Floats:
    """What the catalogue's own past says [series, horizon, 13]: its model, or states where there is too little."""
    if model is None:
        return by_state(train, target, reference.shape[1])
    return _answered(target, reference, lambda current: model.quantiles(current, reference.shape[1]))


def _with_prior(train: History, target: History, own: Floats, reference: Floats) -> Floats:
    """The same with what shelves elsewhere teach, or the reference where they do not apply."""
    prior, horizon = prior_for(train), reference.shape[1]
    other = (
        reference if prior is None else _answered(target, own, lambda now: prior.price_change.quantiles(now, horizon))
    )
    weight = prior_weight(train)
    return ordered((1 - weight) * own + weight * other)


def _contender(one: Forecaster, train: History, target: History, otherwise: Floats, reference: Floats) -> Floats:
    """Another forecaster's distribution [series, horizon, 13], and the model's where it has none."""
    own = one.quantiles(train, target, reference.shape[1])
    return widened(np.where(np.isfinite(own), own, otherwise), reference)


def _falls(model: PriceFall | None, train: History, target: History, horizon: int) -> Floats | None:
    """Chances of a fall [series, sizes, spans], from the catalogue's own model and the one learned elsewhere."""
    prior, weight, spans = prior_for(train), prior_weight(train), spans_of(train.panel.freq, horizon)
    other = prior.price_fall if prior is not None and prior.price_fall.spans == spans else None
    known = [(one, share) for one, share in ((model, 1 - weight), (other, weight)) if one is not None]
    if not known:
        return None
    total = sum(share for _, share in known)
    unknown = np.full((len(target.panel), *known[0][0].shape), np.nan)
    answers = [share * _answered(target, unknown, one.chances) for one, share in known]
    return np.asarray(sum(answers) / total)


def _answered(target: History, otherwise: Floats, ask: Callable[[Any], Floats]) -> Floats:
    """The answer for the series of which enough is known, and something else for the rest; shape of `otherwise`."""
    current = target.features.values[:, -1]
    known: Bools = np.isfinite(current[:, 0])
    answer = otherwise.copy()
    if known.any():
        answer[known] = ask(current[known])
    return answer
