"""Everything beside its prices that a shop's forecast takes into account."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from forecasting.forecast_context import ForecastContext
from forecasting.market.tax_steps import TaxStep
from forecasting.market.tax_table import TaxRow, shipped_rows
from forecasting.models import TaxChange
from forecasting.policy.smallest_saving import SmallestSaving
from forecasting.selectors.catalogue import LONGEST_HISTORY
from forecasting.selectors.past_advice import past_advice
from forecasting.selectors.peers import peer_shops, peers_of
from forecasting.selectors.producer_prices import producer_price_of
from scraping.models import Product, Shop


def forecast_context_of(shop: Shop, *, today: date, horizon: int) -> ForecastContext:
    """What is known on `today`, the last day of the shop's catalogue, for the `horizon` days after it."""
    after, until = today - LONGEST_HISTORY, today + timedelta(days=horizon)
    others = peer_shops(shop)
    taxes = {
        key: steps for one in (shop, *others) for key, steps in tax_steps_of(one, after=after, until=until).items()
    }
    return ForecastContext(
        realised=past_advice(shop, today=today),
        producer_price=producer_price_of(shop, until=today),
        taxes=taxes,
        smallest=smallest_saving(),
        contenders=tuple(settings.OILWATCH_CONTENDERS),
        peers=tuple(peers_of(others, until=today)),
    )


def smallest_saving() -> SmallestSaving:
    """The smallest saving worth a word, as the operator set it."""
    return SmallestSaving(settings.OILWATCH_SMALLEST_SAVING_PERCENT, settings.OILWATCH_SMALLEST_SAVING_AMOUNT)


NOTHING = Decimal(100)  # per cent of itself


def tax_steps_of(shop: Shop, *, after: date, until: date) -> dict[str, list[TaxStep]]:
    """The steps between two days (the first not included) by product id, as series are called: two queries at most."""
    changes = sorted(_rows(shop.country, after, until), key=_broad_before_narrow)
    steps: dict[str, list[TaxStep]] = defaultdict(list)
    if not changes:
        return steps
    for product_id, grade in Product.objects.filter(shop=shop).values_list("pk", "grade"):
        if own := _steps(change for change in changes if not change.grades or grade in change.grades):
            steps[str(product_id)] = own
    return steps


def _rows(country: str, after: date, until: date) -> list[TaxRow]:
    """The operator's rows, and those that come with oilwatch on days of which the operator says nothing."""
    entered = TaxChange.objects.filter(country=country, starts_on__gt=after, starts_on__lte=until).order_by("pk")
    own = [
        TaxRow(
            row.country,
            tuple(row.grades),
            row.starts_on,
            row.percent_before,
            row.percent_after,
            row.announced_on,
            row.law,
        )
        for row in entered
    ]
    days = {row.starts_on for row in own}
    shipped = (row for row in shipped_rows(country) if after < row.starts_on <= until)
    return [*(row for row in shipped if row.starts_on not in days), *own]


def _steps(changes: Iterable[TaxRow]) -> list[TaxStep]:
    """Each step leads from where the one before it ended, so that rows that say the same thing twice are one step."""
    steps, percent = [], None
    for change in changes:
        before, after = (
            NOTHING + (change.percent_before if percent is None else percent),
            NOTHING + change.percent_after,
        )
        if before != after:
            steps.append(TaxStep(change.starts_on, float(after / before), change.announced_on))
        percent = change.percent_after
    return steps


def _broad_before_narrow(change: TaxRow) -> tuple[date, bool, int]:
    """By day; of one day every grade's first and the fewest grades' last: the narrowest has the last word."""
    return change.starts_on, bool(change.grades), -len(change.grades)
