"""What was forecast in the past and what came of it: all that is ever learned is learned from here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.panel import Panel
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Past origins (steps of the panel) and the outcomes seen since, up to the panel's end and no further.

    The panel given must already end at the origin one stands at: an outcome (o, h) with o + h beyond it
    cannot be read, because it is not there.
    """

    origins: tuple[int, ...]
    last: Floats
    outcomes: Floats

    @property
    def horizon(self) -> int:
        """How many steps ahead the ledger looks."""
        return int(self.outcomes.shape[2])

    def residuals(self, points: Floats) -> Floats:
        """log(outcome / forecast) [series, origins, horizon]; nan where nothing was seen yet."""
        return np.log(self.outcomes / points)


def ledger_of(known: Panel, origins: tuple[int, ...], horizon: int) -> Ledger:
    """The outcomes [series, origins, horizon] of really observed steps within the known panel."""
    seen = np.where(known.observed, known.prices, np.nan)
    beyond = np.full((len(known), horizon), np.nan)
    padded = np.concatenate([seen, beyond], axis=1)
    starts = np.array(origins, dtype=int)
    places = starts[:, None] + np.arange(1, horizon + 1)[None, :]
    return Ledger(origins, known.prices[:, starts], padded[:, places])
