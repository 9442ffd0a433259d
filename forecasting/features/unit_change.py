"""A price that jumps by a factor and stays there: another unit or another pack, not a dearer product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from forecasting.note_codes import NoteCode, note
from forecasting.series import Floats, Series

FACTOR = 3.0  # between two neighbouring prices; no retail price of oil was seen to do that and stay
SPIKE = 14  # days: who is back within them had a wrong price in between
ALIKE = 1.5


@dataclass(frozen=True, slots=True)
class UnitChange:
    """From `day` on the price is `factor` times what it was (or a fraction of it).

    `confirmed` once it has stayed for longer than a wrong price could.
    """

    day: date
    factor: float
    confirmed: bool = True

    @property
    def note(self) -> str:
        """The code of a note on the series: the factor, and the day from which prices count."""
        code = NoteCode.UNIT_CHANGED if self.confirmed else NoteCode.UNIT_MAY_HAVE_CHANGED
        return note(code, f"{self.factor:.3g}", self.day)


def jumped(before: float, now: float) -> bool:
    """Whether a price is so far from the one before that a forecast from that one does not hold for it."""
    return max(now / before, before / now) > FACTOR


def unit_change(prices: Floats, start: date) -> tuple[UnitChange | None, Floats]:
    """The last change of unit in daily prices [days], and the prices that count: nan before it and in short spikes.

    Without any jump they are the same array.
    """
    if np.fmax.reduce(prices, initial=0.0) < FACTOR * (1 - 1e-9) * np.fmin.reduce(prices, initial=np.inf):
        return None, prices  # no two prices are that far apart
    known = np.flatnonzero(np.isfinite(prices))
    logs = np.log(prices[known])
    jumps = (np.flatnonzero(np.abs(np.diff(logs)) > np.log(FACTOR)) + 1).tolist()
    counted = prices.copy() if jumps else prices
    while jumps:
        last = jumps.pop()
        if jumps and _spike(known, logs, jumps[-1], last):
            counted[known[jumps.pop()] : known[last]] = np.nan
            continue
        counted[: known[last]] = np.nan
        factor = float(np.exp(logs[last] - logs[last - 1]))
        stayed = len(prices) - 1 - int(known[last])
        return UnitChange(start + timedelta(days=int(known[last])), factor, stayed >= SPIKE), counted
    return None, counted


def in_one_unit(catalogue: Iterable[Series]) -> tuple[list[Series], dict[str, UnitChange]]:
    """The series with only what is in today's unit, and the changes by key; one without a jump is left as it is."""
    changes: dict[str, UnitChange] = {}
    cleaned = []
    for series in catalogue:
        change, counted = unit_change(series.prices, series.start)
        if change is not None:
            changes[series.key] = change
        whole = counted is series.prices
        known = series if whole else replace(series, prices=counted, observed=series.observed & np.isfinite(counted))
        cleaned.append(known)
    return cleaned, changes


def _spike(known: npt.NDArray[np.int64], logs: Floats, first: int, last: int) -> bool:
    short = known[last] - known[first] <= SPIKE
    return bool(short and abs(logs[last] - logs[first - 1]) < np.log(ALIKE))
