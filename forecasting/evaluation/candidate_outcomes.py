"""Past candidates beside what came of them: the only thing gates and intervals may learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.evaluation.candidates import Candidates
from forecasting.features.outcomes import ledger_of
from forecasting.panel import Panel
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Log outcomes [series, origins, horizon] (nan where not seen yet) and those origins' candidates."""

    origins: tuple[int, ...]
    outcomes: Floats
    points: Mapping[str, Floats]
    spreads: Mapping[str, Floats]

    @property
    def stride(self) -> int:
        """Steps between neighbouring origins (the widest gap)."""
        return int(np.diff(self.origins).max()) if len(self.origins) > 1 else 1

    def apart(self, part: slice) -> float:
        """How much of an origin's outcomes its neighbour does not share, 1 where they do not overlap."""
        return min(1.0, self.stride / float(part.stop))


def record_of(known: Panel, past: Sequence[Candidates], horizon: int) -> Record:
    """Pair past candidates with the outcomes in a panel that ends at the origin one stands at.

    Only pairs (o, h) with o + h within the panel have an outcome: the panel holds nothing later.
    """
    origins = tuple(candidates.origin for candidates in past)
    if not past:
        empty = np.empty((len(known), 0, horizon))
        return Record((), empty, {}, {})
    ledger = ledger_of(known, origins, horizon)
    outcomes = np.log(ledger.outcomes / ledger.last[:, :, None])
    return Record(
        origins,
        outcomes,
        {name: np.stack([one.points[name] for one in past], axis=1) for name in past[0].points},
        {name: np.stack([one.spreads[name] for one in past], axis=1) for name in past[0].spreads},
    )


def mean_by_origin(values: Floats) -> Floats:
    """Mean over series and horizons of values [series, origins, horizon]; origins with none are left out."""
    known = np.isfinite(values)
    count = known.sum(axis=(0, 2))
    total = np.where(known, values, 0.0).sum(axis=(0, 2))
    return np.asarray((total / np.maximum(count, 1))[count > 0])


def cautious_mean(by_origin: Floats, errors: float, apart: float = 1.0) -> float:
    """The mean plus `errors` standard errors over origins; infinite on the safe side without origins.

    `apart` is the share of an origin's outcomes that is its own: overlapping origins count for less. With
    fewer than three origins the standard error is taken as half of the mean.
    """
    if not by_origin.size:
        return float("inf") if errors > 0 else float("-inf")
    mean = float(by_origin.mean())
    few = by_origin.size < 3
    error = abs(mean) / 2 if few else float(by_origin.std(ddof=1)) / float(np.sqrt(by_origin.size * apart))
    return mean + errors * error
