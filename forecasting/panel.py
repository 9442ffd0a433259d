"""Many series on one even calendar: the table every pooled method reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np

from forecasting.series import Bools, Floats, Series

Lattice = Literal["daily", "weekly", "monthly"]
DAYS_A_STEP: dict[Lattice, float] = {"daily": 1.0, "weekly": 7.0, "monthly": 30.4375}
HORIZON_EDGES: dict[Lattice, tuple[int, ...]] = {
    "daily": (7, 14, 30),
    "weekly": (1, 2, 4),
    "monthly": (1, 3, 6),
}
UNIX_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Prices [series, steps], nan where unknown, observed where really seen; all series end together.

    `origin` [steps, lags] is how oil had moved at origin as it was known on each day, None where nobody says.
    """

    keys: tuple[str, ...]
    start: date
    lattice: Lattice
    prices: Floats
    observed: Bools
    origin: Floats | None = None

    def __len__(self) -> int:
        """How many series there are."""
        return len(self.keys)

    @property
    def steps(self) -> int:
        """How many steps of the lattice the table covers."""
        return int(self.prices.shape[1])

    def until(self, step: int) -> Panel:
        """The table as it was known at the end of `step`: nothing later can be read from it."""
        end = step + 1
        origin = None if self.origin is None else self.origin[:end]
        return Panel(self.keys, self.start, self.lattice, self.prices[:, :end], self.observed[:, :end], origin)

    def only(self, rows: Sequence[int]) -> Panel:
        """The same calendar with the chosen series alone."""
        chosen = list(rows)
        return Panel(
            tuple(self.keys[row] for row in chosen),
            self.start,
            self.lattice,
            self.prices[chosen],
            self.observed[chosen],
            self.origin,
        )

    def epoch_days(self) -> Floats:
        """Days since 1970-01-01 of each step, as Prophet counts them."""
        first = (self.start - UNIX_EPOCH).days
        return first + np.arange(self.steps, dtype=np.float64) * DAYS_A_STEP[self.lattice]

    def day(self, step: int) -> date:
        """The date of a step (the first of the stretch for weeks and months, rounded for months)."""
        return self.start + timedelta(days=round(step * DAYS_A_STEP[self.lattice]))


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


def horizon_parts(lattice: Lattice, horizon: int) -> list[slice]:
    """Near, middle and far (and beyond): slices of 0-based horizons that are judged together."""
    edges = [edge for edge in HORIZON_EDGES[lattice] if edge < horizon]
    return [slice(low, high) for low, high in pairwise((0, *edges, horizon))]
