"""Forecasts as they were really published, beside the prices that came: what the ledger hands to the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from forecasting.panel import UNIX_EPOCH
from forecasting.series import Floats

Days = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedPast:
    """One row a published forecast, in any order; prices in the unit of `last`, the price at the cutoff.

    cutoffs [n] in days since 1970-01-01, last [n], points [n, horizon], quantiles [n, horizon, 13] and outcomes
    [n, horizon], nan on days nothing was seen (or that are still to come).
    """

    cutoffs: Days
    last: Floats
    points: Floats
    quantiles: Floats
    outcomes: Floats

    def __len__(self) -> int:
        """How many forecasts there are."""
        return len(self.cutoffs)

    def until(self, day: date) -> PublishedPast:
        """The same as it was known at the end of `day`: later outcomes are not there."""
        ahead = np.arange(1, self.outcomes.shape[-1] + 1)
        known = self.cutoffs[:, None] + ahead <= (day - UNIX_EPOCH).days
        return replace(self, outcomes=np.where(known, self.outcomes, np.nan))
