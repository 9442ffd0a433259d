"""A published forecast beside the prices that came: errors, intervals, and what its advice would have cost. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from forecasting.policy.limit_order import paid_by_waiting
from forecasting.quantiles import EDGE
from forecasting.series import Bools, Floats

SHORT = 2  # days a forecast may lack of a horizon: those of a training that was served a day or two after its cutoff


@dataclass(frozen=True, slots=True, eq=False)
class PublishedPrices:
    """A published forecast: prices [horizon] and [horizon, levels] in the unit of `last`, the last price known then."""

    last: float
    levels: Floats
    quantiles: Floats
    point: Floats


@dataclass(frozen=True, slots=True)
class LaterAdvice:
    """What was advised on a later day, from the prices up to its cutoff."""

    cutoff: date
    action: str


@dataclass(frozen=True, slots=True)
class HorizonScore:
    """Errors as shares of the last price known when it was published, over the seen days; steps count from 1."""

    days_seen: int
    error: float | None = None
    naive_error: float | None = None
    crps: float | None = None
    inside_80: int = 0
    inside_95: int = 0
    last_step: int | None = None
    outcome: float | None = None


def score_horizon(published: PublishedPrices, seen: Floats, steps: int) -> HorizonScore:
    """Score steps 1..`steps` by the prices `seen` [>= steps], nan where none was."""
    prices = seen[:steps]
    known = np.flatnonzero(np.isfinite(prices))
    if not known.size:
        return HorizonScore(0)
    truth = prices[known] / published.last
    bands = published.quantiles[known] / published.last
    gap = truth[:, None] - bands
    pinball = np.maximum(published.levels * gap, (published.levels - 1) * gap)
    return HorizonScore(
        days_seen=int(known.size),
        error=float(np.abs(truth - published.point[known] / published.last).mean()),
        naive_error=float(np.abs(truth - 1).mean()),
        crps=float(2 * pinball.mean()),
        inside_80=_inside(published.levels, bands, truth, 0.1),
        inside_95=_inside(published.levels, bands, truth, 0.025),
        last_step=int(known[-1]) + 1,
        outcome=float(prices[known[-1]]),
    )


def days_that_count(seen: Floats, late: int, days: int, horizon: int) -> Floats:
    """The prices `seen` [late + days] by which a forecast of `horizon` steps is scored over `days` days.

    nan on the first `late` steps, which were over when it was published; all nan where it ends too early.
    """
    counted = np.where(np.arange(len(seen)) < late, np.nan, seen)[:horizon]
    return counted if horizon >= late + days - SHORT else np.full(len(counted), np.nan)


def _inside(levels: Floats, bands: Floats, truth: Floats, tail: float) -> int:
    low, high = (np.array([np.interp(level, levels, row) for row in bands]) for level in (tail, 1 - tail))
    return int(((truth >= low - EDGE) & (truth <= high + EDGE)).sum())


@dataclass(frozen=True, slots=True)
class AdviceCosts:
    """What was paid, as shares of the price on the day of the advice.

    waited: by who waited until the limit, the deadline, or a later advice to buy. always: by who waited for the limit
    or the deadline whatever was advised later. lowest: the least one could have paid.
    """

    waited: float
    always: float
    lowest: float


def costs(last: float, prices: Floats, buy_days: Bools | None = None) -> AdviceCosts | None:
    """What waiting cost and the least one could have paid; None if the price of the deadline is not known.

    `prices` [days] are those of the days up to the deadline, carried over short silences; nan beyond. `buy_days`
    [days] are those on which a later advice to buy was published: who waits buys then, or at the next known price.
    """
    if not len(prices) or not np.isfinite(prices[-1]):
        return None
    path = np.concatenate([[last], prices])[None, :]
    stops = np.zeros(len(prices), dtype=bool) if buy_days is None else np.logical_or.accumulate(buy_days)
    on = ~(stops & np.isfinite(prices))[None, :-1]
    waited, always = (float(paid_by_waiting(path, 0, len(prices), days)[0]) / last for days in (on, None))
    return AdviceCosts(waited, always, min(1.0, float(np.nanmin(prices)) / last))


def buy_days(later: Mapping[date, LaterAdvice], start: date, cutoff: date, days: int) -> Bools:
    """On which days after `start` [days] advice to buy was published, made from prices later than `cutoff`."""
    published = [later.get(start + timedelta(days=step)) for step in range(1, days + 1)]
    return np.array([one is not None and one.cutoff > cutoff and one.action == "buy" for one in published], dtype=bool)
