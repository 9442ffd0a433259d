"""All forecasts made at one cutoff, before the record of past cutoffs decides which to believe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forecasting.forecasters.price_change import PriceChange
from forecasting.forecasters.price_fall import PriceFall
from forecasting.policy.limit_order import LimitOrder
from forecasting.series import Floats

# names of distributions
STICKY, POOLED, CONTINUOUS, REFERENCE = "sticky", "pooled", "continuous", "reference"


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Forecasts from one cutoff as log offsets from the last price, for the chosen series.

    spreads: name -> quantiles [series, horizon, 13], among them the reference: the last price with pooled
    split-conformal intervals; `pooled` is there where other shops' series were learned from too.
    shifts: forecaster -> log move of the whole distribution [series, horizon]. `continuous` tells markets from shelves.
    savings: deadline -> expected log saving of waiting [series]. later: deadline -> the same asked on each later day
    before it, with the days left [series, deadline - 1], nan where that day is not known yet: what who waits would have
    been told then. falls: chance of a fall of each size by the end of each of `spans` [series, sizes, spans]; None
    where no model could be learned.
    """

    cutoff: int
    last: Floats
    spreads: Mapping[str, Floats]
    continuous: bool = False
    shifts: Mapping[str, Floats] = field(default_factory=dict)
    savings: Mapping[int, Floats] = field(default_factory=dict)
    later: Mapping[int, Floats] = field(default_factory=dict)
    falls: Floats | None = None
    spans: tuple[int, ...] = ()
    limit_orders: Mapping[int, LimitOrder] = field(default_factory=dict)
    price_change: PriceChange | None = None
    price_fall: PriceFall | None = None

    @property
    def reference(self) -> Floats:
        """The last price with pooled split-conformal intervals [series, horizon, 13]."""
        return self.spreads[REFERENCE]

    def only(self, rows: list[int], cutoff: int) -> Candidates:
        """The candidates of the chosen series, without the models, at this place of another panel."""
        return Candidates(
            cutoff=cutoff,
            last=self.last[rows],
            spreads={name: values[rows] for name, values in self.spreads.items()},
            continuous=self.continuous,
            shifts={name: values[rows] for name, values in self.shifts.items()},
            savings={days: values[rows] for days, values in self.savings.items()},
            later={days: values[rows] for days, values in self.later.items()},
            falls=None if self.falls is None else self.falls[rows],
            spans=self.spans,
        )
