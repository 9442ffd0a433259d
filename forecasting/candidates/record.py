"""Past candidates beside how they turned out: the only thing that a choice may learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.features.outcomes import ledger_of
from forecasting.panel import Panel
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Log outcomes [series, cutoffs, horizon] (nan where not seen yet) and those cutoffs' candidates.

    spreads: name -> [series, cutoffs, horizon, 13]; shifts: name -> [series, cutoffs, horizon].
    """

    cutoffs: tuple[int, ...]
    outcomes: Floats
    spreads: Mapping[str, Floats]
    shifts: Mapping[str, Floats]

    @property
    def apart(self) -> float:
        """How much of a cutoff's outcomes its neighbour does not share, 1 where they do not overlap."""
        if len(self.cutoffs) < 2:
            return 1.0
        return min(1.0, int(np.diff(self.cutoffs).max()) / int(self.outcomes.shape[-1]))


def record_of(known: Panel, past: Sequence[Candidates], horizon: int) -> Record:
    """Pair past candidates with the outcomes in a panel that ends at the cutoff.

    Only pairs (o, h) with o + h within the panel have an outcome: the panel holds nothing later.
    """
    cutoffs = tuple(candidates.cutoff for candidates in past)
    if not past:
        return Record((), np.empty((len(known), 0, horizon)), {}, {})
    ledger = ledger_of(known, cutoffs, horizon)
    outcomes = np.log(ledger.outcomes / ledger.last[:, :, None])
    return Record(
        cutoffs,
        outcomes,
        _stacked([one.spreads for one in past]),
        _stacked([one.shifts for one in past]),
    )


def _stacked(made: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    """name -> values [series, cutoffs, ...], of the names that every cutoff has."""
    names = [name for name in made[0] if all(name in one for one in made)]
    return {name: np.stack([one[name] for one in made], axis=1) for name in names}


def mean_by_cutoff(values: Floats) -> Floats:
    """Mean over series and horizons of values [series, cutoffs, horizon]; cutoffs with none are left out."""
    known = np.isfinite(values)
    count = known.sum(axis=(0, 2))
    total = np.where(known, values, 0.0).sum(axis=(0, 2))
    return np.asarray((total / np.maximum(count, 1))[count > 0])


def cautious_mean(by_cutoff: Floats, errors: float, apart: float = 1.0) -> float:
    """The mean of by_cutoff [cutoffs] plus `errors` standard errors; infinite on the safe side without cutoffs.

    `apart` is the share of a cutoff's outcomes that is its own: overlapping cutoffs count for less. With
    fewer than three cutoffs the standard error is taken as half of the mean.
    """
    if not by_cutoff.size:
        return float("inf") if errors > 0 else float("-inf")
    mean = float(by_cutoff.mean())
    few = by_cutoff.size < 3
    error = abs(mean) / 2 if few else float(by_cutoff.std(ddof=1)) / float(np.sqrt(by_cutoff.size * apart))
    return mean + errors * error
