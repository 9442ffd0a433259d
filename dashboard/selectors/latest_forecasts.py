"""The forecasts that hold now, by product."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard.charts.fan import Fan
from forecasting.features.unit_change import jumped
from forecasting.models import Forecast, MethodForecast
from forecasting.models.published import is_stale
from forecasting.policy.advice import NO_ADVICE, Advice
from forecasting.product_forecast import FallOdds, ForecastSkill
from forecasting.selectors.advice_now import Withheld, why_withheld


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the latest forecast of one product says; arrays as in the ledger."""

    product_id: int
    cutoff: date
    last_price: float
    method: str
    advice: Advice
    skill: ForecastSkill
    levels: tuple[float, ...] = ()
    quantiles: tuple[tuple[float, ...], ...] = ()
    point: tuple[float, ...] = ()
    odds: FallOdds = field(default_factory=FallOdds)

    @property
    def fan(self) -> Fan:
        """The forecast as the charts take it, for the pack."""
        return Fan(self.cutoff, self.last_price, self.levels, self.quantiles, self.point)

    def outlived(self, seen: datetime | None) -> bool:
        """Whether the price was seen so long after the forecast that the two would mislead side by side."""
        return seen is not None and is_stale(self.cutoff, seen.date())

    def leapt(self, price: Decimal | None) -> bool:
        """Whether the price has jumped since: a wrong one, or another unit or pack, which was not forecast."""
        return price is not None and jumped(self.last_price, float(price))

    def withheld(
        self, *, price: Decimal | None, seen: datetime | None, state: str | None, today: date
    ) -> Withheld | None:
        """Why its advice does not hold for an offer; None where it does."""
        return why_withheld(
            self.advice,
            cutoff=self.cutoff,
            last_price=self.last_price,
            price=None if price is None else float(price),
            seen_on=seen.date() if seen else None,
            state=state,
            today=today,
        )


BRIEF = ("product_id", "cutoff", "last_price", "method", "advice", "skill")
ARRAYS = ("levels", "quantiles", "point")


def latest_outlooks(product_ids: Iterable[int]) -> dict[int, Outlook]:
    """Return the latest forecast of each product, without its arrays: one query."""
    rows: Any = Forecast.objects.served().filter(product_id__in=list(product_ids)).latest_per_product().values(*BRIEF)
    return {row["product_id"]: Outlook(**row) for row in rows}


def latest_outlook(product_id: int) -> Outlook | None:
    """Return the latest forecast of one product with its quantiles and odds."""
    row: Any = Forecast.objects.served().filter(product_id=product_id).values(*BRIEF, "odds", *ARRAYS).first()
    if row is None:
        return None
    brief = Outlook(**{name: row[name] for name in (*BRIEF, "odds")})
    quantiles = tuple(map(tuple, row["quantiles"]))
    return replace(brief, levels=tuple(row["levels"]), quantiles=quantiles, point=tuple(row["point"]))


def latest_method_outlooks(product_id: int) -> dict[str, Outlook]:
    """Return the latest forecast of one product by each named method with its quantiles; they give no advice."""
    served: Any = MethodForecast.objects.served().filter(product_id=product_id)
    latest = served.order_by("method", "-cutoff", "-training_id").distinct("method")
    return {forecast.method: _method_outlook(forecast) for forecast in latest}


def _method_outlook(forecast: Any) -> Outlook:
    return Outlook(
        product_id=forecast.product_id,
        cutoff=forecast.cutoff,
        last_price=forecast.last_price,
        method=forecast.method,
        advice=NO_ADVICE,
        skill=ForecastSkill(),
        levels=tuple(forecast.levels),
        quantiles=tuple(map(tuple, forecast.quantiles)),
        point=tuple(forecast.point),
    )
