"""What a forecast may take into account beside the prices of its own catalogue. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from forecasting.market.tax_steps import TaxSteps
from forecasting.policy.realised_advice import RealisedAdvice
from forecasting.policy.smallest_saving import SmallestSaving
from forecasting.series import Series


@dataclass(frozen=True, slots=True, eq=False)
class ForecastContext:
    """How published advice turned out, producer prices and taxes; all may be missing.

    producer_price: a forecaster's shift uses it. taxes: steps by series key, past ones too: those before the last
    day are taken out of what models learn from, announced ones after it are applied from their day on. contenders:
    names of forecasters that the gate may choose beside the usual ones. smallest: the least saving worth waiting for.
    peers: series of other shops of the country to learn from as well; `taxes` holds their steps too.
    """

    realised: RealisedAdvice = field(default_factory=RealisedAdvice)
    producer_price: Series | None = None
    taxes: TaxSteps = field(default_factory=dict)
    contenders: tuple[str, ...] = ()
    smallest: SmallestSaving = field(default_factory=SmallestSaving)
    peers: tuple[Series, ...] = ()
