"""Price spells -> an even daily series, where absence is never a price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ordinals = npt.NDArray[np.int64]


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

    `group` is its shop and grade, for reports: forecasts learn from all alike.
    """

    key: str
    start: date
    prices: Floats
    observed: Bools
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be a series of prices."""
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

    See `series_of_spells`, which does the same for spells that are arrays already.
    """
    spells = list(steps)
    days = np.array([(step.first_day.toordinal(), step.last_day.toordinal()) for step in spells], dtype=np.int64)
    prices = np.array([step.price for step in spells], dtype=np.float64)
    return series_of_spells(days.reshape(-1, 2), prices, until=until, max_gap_days=max_gap_days, key=key, group=group)


def series_of_spells(
    days: Ordinals, prices: Floats, *, until: date, max_gap_days: int = 14, key: str = "", group: str = ""
) -> Series:
    """One price a day from the first spell to `until`, from first and last days [spells, 2] and prices [spells].

    Days are ordinals (`date.toordinal`). Days inside a spell carry its price; where spells overlap the later one
    wins. A gap is filled forward for at most `max_gap_days` days (not observed) and is nan beyond. Raises BadSeries
    for prices <= 0, spells that end before they start, or a negative gap.
    """
    if max_gap_days < 0:
        raise BadSeries("max_gap_days must be 0 or more")
    _refuse_impossible(days, prices, key)
    order = np.lexsort((days[:, 1], days[:, 0]))
    order = order[days[order, 0] <= until.toordinal()]
    if not order.size:
        return Series(key, until + timedelta(days=1), np.empty(0), np.empty(0, dtype=bool), group)
    first, last = days[order, 0], np.minimum(days[order, 1], until.toordinal())
    lengths = last - first + 1
    before = np.cumsum(lengths) - lengths
    places = np.repeat(first - first[0] - before, lengths) + np.arange(lengths.sum())
    seen = np.full(until.toordinal() - int(first[0]) + 1, np.nan)
    seen[places] = np.repeat(prices[order], lengths)  # of a place named twice the last value stays
    return Series(key, date.fromordinal(int(first[0])), fill_forward(seen, max_gap_days), ~np.isnan(seen), group)


def fill_forward(prices: Floats, max_gap: int) -> Floats:
    """Carry the last known price [..., days] over at most `max_gap` unknown days; same shape and unit."""
    places = np.arange(prices.shape[-1])
    last = np.maximum.accumulate(np.where(np.isnan(prices), -1, places), axis=-1)
    near = (last >= 0) & (places - last <= max_gap)
    carried = np.take_along_axis(prices, np.maximum(last, 0), axis=-1)
    return np.where(near, carried, np.nan)


def _refuse_impossible(days: Ordinals, prices: Floats, key: str) -> None:
    """Raise BadSeries where a spell is no spell."""
    for place in np.flatnonzero(~(np.isfinite(prices) & (prices > 0)))[:1]:
        raise BadSeries(
            f"{key}: price {float(prices[place])!r} on {date.fromordinal(int(days[place, 0]))} is not positive; "
            "leave the spell out where there was no offer"
        )
    for first, last in days[days[:, 1] < days[:, 0]][:1].tolist():
        raise BadSeries(
            f"{key}: the spell of {date.fromordinal(first)} ends before it starts, on {date.fromordinal(last)}"
        )
