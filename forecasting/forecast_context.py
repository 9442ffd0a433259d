"""What a forecast may take into account beside the prices of its own catalogue. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forecasting.calibration.published_history import PublishedPast
from forecasting.market.tax_steps import TaxStep
from forecasting.policy.realised_advice import RealisedAdvice
from forecasting.series import Series


@dataclass(frozen=True, slots=True, eq=False)
class ForecastContext:
    """The published record of the shop, producer prices and taxes; all may be missing.

    published: forecasts published before, beside the prices observed since; they correct what is published now.
    realised: how published advice turned out. producer_price: one more point forecaster uses it. taxes: announced
    steps by series key, applied from their day on.
    """

    published: PublishedPast | None = None
    realised: RealisedAdvice = field(default_factory=RealisedAdvice)
    producer_price: Series | None = None
    taxes: Mapping[str, Sequence[TaxStep]] = field(default_factory=dict)
