"""All forecasts made at one cutoff, before the record of past cutoffs decides which to believe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forecasting.forecasters.price_change import PriceChange
from forecasting.policy.limit_order import LimitOrder
from forecasting.series import Floats

STICKY, CONTINUOUS = "shelf", "flowing"  # names of intervals, as artefacts store them


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Forecasts from one cutoff as log offsets from the last price, for the chosen series.

    points: name -> [series, horizon]; spreads: name -> [series, horizon, 13]; reference [series, horizon, 13]
    is the last price with pooled split-conformal intervals; `continuous` tells markets from shelves; savings:
    deadline -> expected log saving of waiting [series]; regrets: deadline -> chance that waiting ends dearer
    [series].
    """

    cutoff: int
    last: Floats
    points: Mapping[str, Floats]
    spreads: Mapping[str, Floats]
    reference: Floats
    continuous: bool = False
    savings: Mapping[int, Floats] = field(default_factory=dict)
    regrets: Mapping[int, Floats] = field(default_factory=dict)
    limit_orders: Mapping[int, LimitOrder] = field(default_factory=dict)
    price_change: PriceChange | None = None
