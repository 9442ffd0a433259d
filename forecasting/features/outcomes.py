"""What was forecast in the past and how it turned out: all that is ever learned is learned from here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.panel import Panel
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Past cutoffs (steps of the panel) and the outcomes seen since, up to the panel's end and no further.

    The panel given must already end at the cutoff: an outcome (o, h) with o + h beyond it
    cannot be read, because it is not there.
    """

    cutoffs: tuple[int, ...]
    last: Floats
    outcomes: Floats

    @property
    def horizon(self) -> int:
        """How many steps ahead the ledger looks."""
        return int(self.outcomes.shape[2])

    def residuals(self, points: Floats) -> Floats:
        """log(outcome / forecast) [series, cutoffs, horizon]; nan where nothing was seen yet."""
        return np.log(self.outcomes / points)


def ledger_of(known: Panel, cutoffs: tuple[int, ...], horizon: int) -> Ledger:
    """The outcomes [series, cutoffs, horizon] of really observed steps within the known panel."""
    seen = np.where(known.observed, known.prices, np.nan)
    beyond = np.full((len(known), horizon), np.nan)
    padded = np.concatenate([seen, beyond], axis=1)
    starts = np.array(cutoffs, dtype=int)
    places = starts[:, None] + np.arange(1, horizon + 1)[None, :]
    return Ledger(cutoffs, known.prices[:, starts], padded[:, places])
