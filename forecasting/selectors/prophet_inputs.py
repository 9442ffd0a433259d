"""What Prophet is given of a shop beside its prices."""

from collections.abc import Iterator
from datetime import date, timedelta

from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.market.producer_price import producer_price_known
from forecasting.market.promotion_days import PromotionDay, promotion_days
from forecasting.models import PromotionPeriod
from forecasting.selectors.catalogue import LONGEST_HISTORY
from forecasting.selectors.forecast_context import tax_steps_of
from forecasting.selectors.producer_prices import producer_price_of
from scraping.models import Adapter, Product, Shop


def prophet_inputs_of(shop: Shop, *, today: date, horizon: int) -> ProphetInputs:
    """Holidays and promotion days of the shop and its country, its tax changes, and the producer price in its currency.

    Of taxes and promotions those of its history and the `horizon` days.
    """
    first, last = today - LONGEST_HISTORY, today + timedelta(days=horizon)
    producer_price = producer_price_of(shop, until=today)
    return ProphetInputs(
        country=shop.country,
        promotions=(
            *promotion_days(shop.country, amazon=shop.adapter == Adapter.AMAZON),
            *_days_of_periods(shop, first, last),
        ),
        taxes=tax_steps_of(shop, after=first, until=last),
        producer_price=None if producer_price is None else producer_price_known(producer_price),
        grades=dict(_grades(shop)) if producer_price is not None else {},
    )


def _days_of_periods(shop: Shop, first: date, last: date) -> Iterator[PromotionDay]:
    """The days of the operator's periods that touch the stretch; days of two periods of one name come once."""
    days: dict[tuple[str, date], PromotionDay] = {}
    for period in PromotionPeriod.objects.filter(shop=shop, last_day__gte=first, first_day__lte=last):
        for number in range((period.last_day - period.first_day).days + 1):
            day = PromotionDay(period.name, period.first_day + timedelta(days=number), period.announced_on)
            known = days.setdefault((day.name, day.day), day)
            if day.announced is None or (known.announced is not None and day.announced < known.announced):
                days[day.name, day.day] = day
    yield from sorted(days.values(), key=lambda day: (day.day, day.name))


def _grades(shop: Shop) -> Iterator[tuple[str, str]]:
    for product_id, grade in Product.objects.filter(shop=shop).values_list("pk", "grade"):
        yield str(product_id), grade
