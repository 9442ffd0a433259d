"""Price spells -> an even daily series, where absence is never a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        known = (self.prices > 0) & (self.prices < np.inf)
        if not (known | np.isnan(self.prices)).all():
            raise BadSeries(f"{self.key}: prices must be positive and finite; write nan where there is none")
        if (self.observed & ~known).any():
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
    owners = np.zeros(len(days), dtype=np.int64)
    (series,) = series_of_many([(key, group)], owners, days, prices, until=until, max_gap_days=max_gap_days)
    return series


def series_of_many(
    names: Sequence[tuple[str, str]],
    owners: Ordinals,
    days: Ordinals,
    prices: Floats,
    *,
    until: date,
    max_gap_days: int = 14,
) -> list[Series]:
    """The same for the spells of many products: keys and groups of the products, and each spell's product [spells].

    All on one array, one product behind the other: a call of NumPy a product would take as long as everything else.
    """
    if max_gap_days < 0:
        raise BadSeries("max_gap_days must be 0 or more")
    _refuse_impossible(names, owners, days, prices)
    end = until.toordinal()
    order = np.lexsort((days[:, 1], days[:, 0], owners))
    order = order[days[order, 0] <= end]
    owner, first, last = owners[order], days[order, 0], np.minimum(days[order, 1], end)
    some, places = np.unique(owner, return_index=True)
    starts = np.full(len(names), end + 1)
    starts[some] = first[places]
    stops = np.cumsum(end + 1 - starts)
    places_of = [slice(*pair) for pair in zip((stops - (end + 1 - starts)).tolist(), stops.tolist(), strict=True)]
    lengths = last - first + 1
    before = np.cumsum(lengths) - lengths
    shifts = stops[owner] - (end + 1) + first - before
    seen = np.full(int(stops[-1]) if len(stops) else 0, np.nan)
    # of a place named twice the last value stays
    seen[np.repeat(shifts, lengths) + np.arange(lengths.sum())] = np.repeat(prices[order], lengths)
    filled = fill_forward(seen, max_gap_days)  # each product begins with a price, so that none gets another's
    observed = ~np.isnan(seen)
    return [
        Series(key, date.fromordinal(start), filled[own], observed[own], group)
        for (key, group), start, own in zip(names, starts.tolist(), places_of, strict=True)
    ]


def fill_forward(prices: Floats, max_gap: int) -> Floats:
    """Carry the last known price [..., days] over at most `max_gap` unknown days; same shape and unit."""
    places = np.arange(prices.shape[-1])
    last = np.maximum.accumulate(np.where(np.isnan(prices), -1, places), axis=-1)
    near = (last >= 0) & (places - last <= max_gap)
    carried = np.take_along_axis(prices, np.maximum(last, 0), axis=-1)
    return np.where(near, carried, np.nan)


def _refuse_impossible(names: Sequence[tuple[str, str]], owners: Ordinals, days: Ordinals, prices: Floats) -> None:
    """Raise BadSeries where a spell is no spell."""
    for place in np.flatnonzero(~(np.isfinite(prices) & (prices > 0)))[:1]:
        (key, _), day = names[owners[place]], date.fromordinal(int(days[place, 0]))
        raise BadSeries(
            f"{key}: price {float(prices[place])!r} on {day} is not positive; "
            "leave the spell out where there was no offer"
        )
    for place in np.flatnonzero(days[:, 1] < days[:, 0])[:1]:
        first, last = map(date.fromordinal, days[place].tolist())
        raise BadSeries(f"{names[owners[place]][0]}: the spell of {first} ends before it starts, on {last}")
