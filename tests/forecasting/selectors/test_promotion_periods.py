"""Promotions that an operator enters: what Prophet is given of them, and what the database refuses."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from forecasting.forecasters.prophet_inputs import NamedDay
from forecasting.market.promotion_days import PromotionDay
from forecasting.models import MarketRole, MarketSeries, PromotionPeriod
from forecasting.selectors.prophet_inputs import prophet_inputs_of
from scraping.models import Adapter, Shop
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def period(shop: Shop, **values: Any) -> PromotionPeriod:
    defaults = {"name": "3x2", "first_day": date(2026, 11, 26), "last_day": date(2026, 11, 28)}
    return PromotionPeriod.objects.create(shop=shop, **{**defaults, **values})


def days_of(shop: Shop, name: str = "3x2") -> list[NamedDay]:
    return [day for day in prophet_inputs_of(shop, today=TODAY, horizon=30).promotions if day.name == name]


def test_it_works() -> None:
    shop = ShopFactory(country="ES")
    period(shop, announced_on=date(2026, 11, 19))
    period(ShopFactory(country="ES"), name="another shop's")
    assert days_of(shop) == [PromotionDay("3x2", date(2026, 11, day), date(2026, 11, 19)) for day in (26, 27, 28)]
    names = {day.name for day in prophet_inputs_of(shop, today=TODAY, horizon=30).promotions}
    assert names == {"3x2", "Black Friday", "Cyber Monday"}


def test_days_of_two_periods_come_once_from_when_they_were_first_known() -> None:
    shop = ShopFactory(country="ES")
    period(shop, announced_on=date(2026, 11, 19))
    period(shop, first_day=date(2026, 11, 28), last_day=date(2026, 11, 29), announced_on=date(2026, 11, 10))
    assert [(day.day.day, day.announced) for day in days_of(shop)] == [
        (26, date(2026, 11, 19)),
        (27, date(2026, 11, 19)),
        (28, date(2026, 11, 10)),
        (29, date(2026, 11, 10)),
    ]
    period(shop, first_day=date(2026, 11, 27), last_day=date(2026, 11, 27))
    assert days_of(shop)[1].announced is None, "always known"


def test_periods_beyond_the_horizon_and_before_the_history_are_left_out() -> None:
    shop = ShopFactory(country="ES")
    period(shop, first_day=date(2026, 12, 21), last_day=date(2026, 12, 24))
    period(shop, first_day=date(2020, 1, 2), last_day=date(2020, 1, 4))
    assert days_of(shop) == []


def test_prime_events_of_2026_are_known_from_their_announcement() -> None:
    shop = ShopFactory(country="ES", adapter=Adapter.AMAZON)
    summer = [day for day in days_of(shop, "Prime Day") if day.day.year == 2026]
    autumn = [day for day in days_of(shop, "Prime Big Deal Days") if day.day.year == 2026]
    assert [day.day for day in summer] == [date(2026, 6, day) for day in (23, 24, 25, 26)]
    assert [day.day for day in autumn] == [date(2026, 10, 6), date(2026, 10, 7)]
    known = prophet_inputs_of(shop, today=TODAY, horizon=30)
    assert ("Prime Day", date(2026, 6, 23)) not in known.promotions_known(date(2026, 6, 1))
    assert ("Prime Day", date(2026, 6, 23)) in known.promotions_known(date(2026, 6, 2))
    assert ("Prime Day", date(2025, 7, 8)) in known.promotions_known(date(2025, 6, 1))


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"last_day": date(2026, 11, 25)}, "a_promotion_ends_after_it_begins"),
        ({"name": ""}, "a_promotion_has_a_name"),
    ],
)
def test_the_database_refuses_impossible_promotions(values: dict[str, Any], name: str) -> None:
    shop = ShopFactory()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        period(shop, **values)
    period(shop)
    with pytest.raises(IntegrityError, match="begins_once_a_day"), transaction.atomic():
        period(shop, last_day=date(2026, 11, 30))


def test_the_producer_price_of_the_currency_comes_with_the_grades() -> None:
    market, shop = ShopFactory(currency="EUR"), ShopFactory(country="ES", currency="EUR")
    product = ProductFactory(shop=shop, grade="extra_virgin")
    assert prophet_inputs_of(shop, today=TODAY, horizon=30).producer_price is None
    quoted = ProductFactory(shop=market)
    MarketSeries.objects.create(product=quoted, name="Jaén", role=MarketRole.ORIGIN, unit="kg")
    seen = SpellFactory(product=quoted).first_seen.date()
    known = prophet_inputs_of(shop, today=seen, horizon=30)
    assert known.producer_price is not None
    assert known.grades == {str(product.pk): "extra_virgin"}
    assert (known.producer_price.start - seen).days == 7, "quotations are out a week later"
