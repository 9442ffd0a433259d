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
    """The ledger of the shop, the market behind it and the law above it; all may be missing.

    said: forecasts really published before, with what came; they correct what goes out now. realised: what came of
    the advice people were given. cutoff: the producer price, which stands for election beside the other
    forecasters. taxes: announced steps by series key, taken in from their day on.
    """

    published: PublishedPast | None = None
    realised: RealisedAdvice = field(default_factory=RealisedAdvice)
    producer_price: Series | None = None
    taxes: Mapping[str, Sequence[TaxStep]] = field(default_factory=dict)
