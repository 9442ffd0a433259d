"""The price index of a grade: chained mean log changes, so that products coming and going do not move it.

A median of the prices on sale jumps when an expensive brand enters. A matched-model index does not: each day is
compared with the day before over the products seen on both, and the changes are chained (Consumer Price Index
Manual, IMF and others 2020, chapter 8: elementary indices; chapter 7: appearing and disappearing products;
https://www.elibrary.imf.org/view/book/9781484354841/ch08.xml).

The change of a day is the mean of the log changes (the manual's Jevons index), not their median. Shelf prices
stand still on 96 days of 100, so the median change of a day is nearly always zero and a chain of medians never
moves: on 127 days of Spanish shelves it moved on 1 % of the days and fell 5 % where the products fell 10 to 12 %;
the chained mean fell 11 %. With a fixed set of products chained means give the same level as a direct comparison.

A product that is not seen for at most a fortnight and comes back keeps its price meanwhile, so that what changed in
the gap is counted on its return: on Spanish shelves the sum of the products' forecasts erred 0.795 of the last value
over a month instead of 0.857 (`python -m benchmarks.run index`).

What it does not see: a product that leaves at a clearance price and comes back after more than a fortnight at its
usual one has fallen but not risen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from forecasting.series import Bools, Floats, Series, fill_forward

LONGEST_LINK = 14  # days: a longer silence ends the chain and a new one begins


@dataclass(frozen=True, slots=True, eq=False)
class GradeIndex:
    """Index levels [days] from `start` in currency per litre, nan on days that could not be linked.

    `products` [days] counts the products each link rests on (on the first day: those that set the level).
    """

    start: date
    values: Floats
    products: npt.NDArray[np.int64]

    def day(self, place: int) -> date:
        """The calendar day of one place in the arrays."""
        return self.start + timedelta(days=place)

    @property
    def end(self) -> date:
        """The last day of the index."""
        return self.day(len(self.values) - 1)

    def until(self, day: date) -> GradeIndex:
        """The index as it was on a day: nothing later can be read from it."""
        days = max((day - self.start).days + 1, 0)
        return GradeIndex(self.start, self.values[:days], self.products[:days])

    def level(self, day: date) -> float:
        """The newest level of the fortnight up to a day; nan where there is none."""
        place = (day - self.start).days
        carried = self.series("", day).prices
        return float(carried[place]) if 0 <= place < len(carried) else float("nan")

    def changes_since(self, cutoff: date, days: int) -> Floats:
        """The levels of the days after `cutoff` relative to the cutoff's [days]; nan where a day has none.

        Relative, because late prices move the level of the whole chain, and what was forecast is where it goes.
        """
        place = (cutoff - self.start).days
        unknown = np.full(days, np.nan)
        if not 0 <= place < len(self.values):
            return unknown
        at_cutoff = fill_forward(self.values[: place + 1], LONGEST_LINK)[-1]
        return np.asarray(np.concatenate([self.values[place + 1 :], unknown])[:days] / at_cutoff)

    def series(self, key: str, until: date) -> Series:
        """The index as a price series to forecast, up to `until`; short silences carry the last level."""
        days = (until - self.start).days + 1
        seen = np.full(max(days, 0), np.nan)
        values = self.values[: len(seen)]
        seen[: len(values)] = values
        return Series(key, self.start, fill_forward(seen, LONGEST_LINK), np.isfinite(seen))


def grade_index(catalogue: Sequence[Series]) -> GradeIndex | None:
    """The index of products' prices per litre; None where no day has a price.

    Only days on which a product was observed have a level. The first one is the median price of the first day's
    products; after that only changes move it. A day is linked to the nearest earlier day within a fortnight that
    shares a product with it, usually yesterday; where there is none for longer, the index begins anew.
    """
    first, table = _table(catalogue)
    return table_index(first, table)


def table_index(first: date, prices: Floats) -> GradeIndex | None:
    """The same of a table [products, days] that begins on `first`: nan where a product was not seen."""
    seen = np.isfinite(prices)
    logs = np.log(_over_gaps(prices))
    held = np.isfinite(logs)
    days = np.flatnonzero(seen.any(axis=0))
    if not days.size:
        return None
    levels = np.full(logs.shape[1], np.nan)
    counts = np.zeros(logs.shape[1], dtype=np.int64)
    begun = last = int(days[0])
    levels[begun], counts[begun] = _first_level(prices[:, begun])
    for place in days[1:].tolist():
        if (link := _link(seen[:, place], held, levels, place, begun)) is not None:
            both = held[:, place] & held[:, link]
            levels[place] = levels[link] + (logs[both, place] - logs[both, link]).mean()
            counts[place] = (seen[:, place] & held[:, link]).sum()
            last = place
        elif place - last > LONGEST_LINK:
            begun = last = place
            levels[place], counts[place] = _first_level(prices[:, place])
    covered = slice(begun, int(days[-1]) + 1)
    return GradeIndex(first + timedelta(days=begun), np.exp(levels[covered]), counts[covered])


def _table(catalogue: Sequence[Series]) -> tuple[date, Floats]:
    """Prices [products, days] on one calendar, nan where a product was not really seen."""
    known = [series for series in catalogue if len(series.prices)]
    if not known:
        return date.min, np.empty((0, 0))
    first, end = min(series.start for series in known), max(series.end for series in known)
    table = np.full((len(known), (end - first).days + 1), np.nan)
    for row, series in zip(table, known, strict=True):
        begin = (series.start - first).days
        row[begin : begin + len(series.prices)] = np.where(series.observed, series.prices, np.nan)
    return first, table


def _over_gaps(prices: Floats) -> Floats:
    """Prices [products, days] carried to the next day a product was seen, where that comes within a fortnight."""
    days = np.arange(prices.shape[1])
    seen = np.isfinite(prices)
    last = np.maximum.accumulate(np.where(seen, days, -len(days)), axis=1)
    following = np.minimum.accumulate(np.where(seen, days, 2 * len(days))[:, ::-1], axis=1)[:, ::-1]
    carried = np.take_along_axis(prices, np.maximum(last, 0), axis=1)
    return np.where((last >= 0) & (following - last <= LONGEST_LINK), carried, np.nan)


def _first_level(prices: Floats) -> tuple[float, int]:
    known = prices[np.isfinite(prices)]
    return float(np.log(np.median(known))), len(known)


def _link(today: Bools, held: Bools, levels: Floats, place: int, begun: int) -> int | None:
    """The nearest earlier day with a level that a product seen `today` had a price on; None within a fortnight."""
    for earlier in range(place - 1, max(begun, place - LONGEST_LINK) - 1, -1):
        if np.isfinite(levels[earlier]) and (today & held[:, earlier]).any():
            return earlier
    return None
