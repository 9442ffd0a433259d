"""Everything beside its prices that a shop's forecast takes into account."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from forecasting.forecast_context import ForecastContext
from forecasting.market.tax_steps import TaxStep
from forecasting.models import TaxChange
from forecasting.selectors.past_forecasts import past_advice, past_forecasts
from forecasting.selectors.producer_prices import producer_price_of
from scraping.models import Product, Shop


def forecast_context_of(shop: Shop, *, today: date, horizon: int) -> ForecastContext:
    """What is known on `today`, the last day of the shop's catalogue, for the `horizon` days after it."""
    return ForecastContext(
        published=past_forecasts(shop, today=today),
        realised=past_advice(shop, today=today),
        producer_price=producer_price_of(shop, until=today),
        taxes=tax_steps_of(shop, after=today, until=today + timedelta(days=horizon)),
    )


NOTHING = Decimal(100)  # per cent of itself


def tax_steps_of(shop: Shop, *, after: date, until: date) -> dict[str, list[TaxStep]]:
    """The steps between two days (the first not included) by product id, as series are called: two queries at most."""
    announced = TaxChange.objects.filter(country=shop.country, starts_on__gt=after, starts_on__lte=until)
    changes = sorted(announced, key=_broad_before_narrow)
    steps: dict[str, list[TaxStep]] = defaultdict(list)
    if not changes:
        return steps
    for product_id, grade in Product.objects.filter(shop=shop).values_list("pk", "grade"):
        if own := _steps(change for change in changes if not change.grades or grade in change.grades):
            steps[str(product_id)] = own
    return steps


def _steps(changes: Iterable[TaxChange]) -> list[TaxStep]:
    """Each step leads from where the one before it ended, so that rows that say the same thing twice are one step."""
    steps, percent = [], None
    for change in changes:
        before, after = (
            NOTHING + (change.percent_before if percent is None else percent),
            NOTHING + change.percent_after,
        )
        if before != after:
            steps.append(TaxStep(change.starts_on, float(after / before)))
        percent = change.percent_after
    return steps


def _broad_before_narrow(change: TaxChange) -> tuple[date, bool, int, int]:
    """By day; of one day every grade's first and the fewest grades' last: the narrowest has the last word."""
    return change.starts_on, bool(change.grades), -len(change.grades), change.pk
