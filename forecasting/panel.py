"""Many series on one even calendar: the table that every pooled method reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np

from forecasting.series import Bools, Floats, Series

Freq = Literal["daily", "weekly", "monthly"]
DAYS_A_STEP: dict[Freq, float] = {"daily": 1.0, "weekly": 7.0, "monthly": 30.4375}
HORIZON_EDGES: dict[Freq, tuple[int, ...]] = {
    "daily": (7, 14, 30),
    "weekly": (1, 2, 4),
    "monthly": (1, 3, 6),
}
UNIX_EPOCH = date(1970, 1, 1)
HORIZON = 30  # days ahead that are published


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Prices [series, steps], nan where unknown, observed where really seen; all series end together.

    `producer_price` [steps, lags] is how the producer price had moved, as known on each day; None where there is none.
    """

    keys: tuple[str, ...]
    start: date
    freq: Freq
    prices: Floats
    observed: Bools
    producer_price: Floats | None = None

    def __len__(self) -> int:
        """How many series there are."""
        return len(self.keys)

    @property
    def steps(self) -> int:
        """How many steps of the frequency the table covers."""
        return int(self.prices.shape[1])

    def until(self, step: int) -> Panel:
        """The table as it was known at the end of `step`: nothing later can be read from it."""
        end = step + 1
        producer_price = None if self.producer_price is None else self.producer_price[:end]
        return Panel(self.keys, self.start, self.freq, self.prices[:, :end], self.observed[:, :end], producer_price)

    def only(self, rows: Sequence[int]) -> Panel:
        """The same calendar with the chosen series alone."""
        chosen = list(rows)
        return Panel(
            tuple(self.keys[row] for row in chosen),
            self.start,
            self.freq,
            self.prices[chosen],
            self.observed[chosen],
            self.producer_price,
        )

    def epoch_days(self) -> Floats:
        """Days since 1970-01-01 of each step [steps], as Prophet counts them."""
        first = (self.start - UNIX_EPOCH).days
        return first + np.arange(self.steps, dtype=np.float64) * DAYS_A_STEP[self.freq]

    def place(self, day: date) -> int:
        """The first step that lies on a day or after it; negative before the panel begins."""
        return int(np.ceil((day - self.start).days / DAYS_A_STEP[self.freq]))

    def day(self, step: int) -> date:
        """The date of a step (the first of the stretch for weeks and months, rounded for months)."""
        return self.start + timedelta(days=round(step * DAYS_A_STEP[self.freq]))


def panel_of(catalogue: Sequence[Series]) -> Panel:
    """Align daily series on the days from the earliest start to the latest end."""
    filled = [series for series in catalogue if len(series.prices)]
    if not filled:
        return Panel((), UNIX_EPOCH, "daily", np.empty((0, 0)), np.empty((0, 0), dtype=bool))
    start = min(series.start for series in filled)
    days = (max(series.end for series in filled) - start).days + 1
    prices = np.full((len(filled), days), np.nan)
    observed = np.zeros((len(filled), days), dtype=bool)
    for row, series in enumerate(filled):
        first = (series.start - start).days
        prices[row, first : first + len(series.prices)] = series.prices
        observed[row, first : first + len(series.prices)] = series.observed
    keys = tuple(series.key for series in filled)
    return Panel(keys, start, "daily", prices, observed)


def horizon_parts(freq: Freq, horizon: int) -> list[slice]:
    """Near, middle and far (and beyond): slices of 0-based horizons that are scored together."""
    edges = [edge for edge in HORIZON_EDGES[freq] if edge < horizon]
    return [slice(low, high) for low, high in pairwise((0, *edges, horizon))]
