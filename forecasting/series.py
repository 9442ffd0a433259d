"""Price spells -> an even daily series, where absence is never a price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class BadSeries(ValueError):
    """The spells cannot be a price history; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of days (both ends included) during which one price held."""

    first_day: date
    last_day: date
    price: float


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One product's price on each day from `start`: nan where unknown; `observed` where really seen.

    `group` names the shelf it stands on (a shop and grade), for reports: forecasts learn from all alike.
    """

    key: str
    start: date
    prices: Floats
    observed: Bools
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse what no shelf can show."""
        if self.prices.ndim != 1 or self.prices.shape != self.observed.shape:
            raise BadSeries(f"{self.key}: give one price and one observed flag a day, in flat arrays")
        known = self.prices[~np.isnan(self.prices)]
        if np.isinf(known).any() or (known <= 0).any():
            raise BadSeries(f"{self.key}: prices must be positive and finite; write nan where there is none")
        if np.isnan(self.prices[self.observed]).any():
            raise BadSeries(f"{self.key}: an observed day needs a price; clear its flag or give the price")

    @property
    def end(self) -> date:
        """The last day the arrays cover (the day before `start` when they are empty)."""
        return self.start + timedelta(days=len(self.prices) - 1)


def daily_series(
    steps: Iterable[Step], *, until: date, max_gap_days: int = 14, key: str = "", group: str = ""
) -> Series:
    """Turn spells into one price a day from the first spell to `until`.

    Days inside a spell carry its price; where spells overlap the later one wins. A gap is filled forward for
    at most `max_gap_days` days (not observed) and is nan beyond. Raises BadSeries for prices <= 0, spells
    that end before they start, or a negative gap.
    """
    if max_gap_days < 0:
        raise BadSeries("max_gap_days must be 0 or more")
    ordered = sorted(steps, key=lambda step: (step.first_day, step.last_day))
    for step in ordered:
        _refuse_impossible(step, key)
    ordered = [step for step in ordered if step.first_day <= until]
    if not ordered:
        return Series(key, until + timedelta(days=1), np.empty(0), np.empty(0, dtype=bool), group)
    start = ordered[0].first_day
    seen = np.full((until - start).days + 1, np.nan)
    for step in ordered:
        seen[(step.first_day - start).days : (step.last_day - start).days + 1] = step.price
    return Series(key, start, fill_forward(seen, max_gap_days), ~np.isnan(seen), group)


def fill_forward(prices: Floats, max_gap: int) -> Floats:
    """Carry the last known price over at most `max_gap` unknown places along the last axis."""
    places = np.arange(prices.shape[-1])
    last = np.maximum.accumulate(np.where(np.isnan(prices), -1, places), axis=-1)
    near = (last >= 0) & (places - last <= max_gap)
    carried = np.take_along_axis(prices, np.maximum(last, 0), axis=-1)
    return np.where(near, carried, np.nan)


def contiguous_tail(series: Series) -> Series:
    """The last unbroken block of known prices, up to the last day; empty when the last day is unknown."""
    unknown = np.flatnonzero(np.isnan(series.prices))
    first = int(unknown[-1]) + 1 if unknown.size else 0
    start = series.start + timedelta(days=first)
    return Series(series.key, start, series.prices[first:], series.observed[first:], series.group)


def _refuse_impossible(step: Step, key: str) -> None:
    """Raise BadSeries where a spell is no spell."""
    if not np.isfinite(step.price) or step.price <= 0:
        raise BadSeries(
            f"{key}: price {step.price!r} on {step.first_day} is not positive; leave the spell out where "
            "there was no offer"
        )
    if step.last_day < step.first_day:
        raise BadSeries(f"{key}: the spell of {step.first_day} ends before it starts, on {step.last_day}")
