"""A forecast by one named method alone, beside the published forecast that the gate chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forecasting.quantiles import MEDIAN
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class MethodForecast:
    """One product's future from `cutoff` by `method`: row d of `quantiles` is cutoff + d + 1 days.

    quantiles [horizon, 13] are in the unit of the prices; `levels` names the columns; `inputs`
    are the codes of what was used beside the prices and the calendar.
    """

    key: str
    method: str
    cutoff: date
    last_price: float
    levels: tuple[float, ...]
    quantiles: Floats
    inputs: tuple[str, ...] = ()

    @property
    def point(self) -> Floats:
        """The median [horizon]: Prophet's yhat."""
        return self.quantiles[:, MEDIAN]
