"""Which shops' shelves teach a small shop, and what is read of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forecasting.selectors import peers as selector
from forecasting.selectors.forecast_context import forecast_context_of
from forecasting.selectors.peers import peer_shops, peers_of
from scraping.models import Adapter, Shop
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


def shop_of(products: int = 1, **values: object) -> Shop:
    shop = ShopFactory(**{"country": "ES", "currency": "EUR", "adapter": Adapter.IMPORT, **values})
    ProductFactory.create_batch(products, shop=shop)
    return shop


def test_shops_of_the_country_and_currency_the_largest_first() -> None:
    shop, small, large = shop_of(), shop_of(), shop_of(3)
    for values in ({"country": "PT"}, {"currency": "USD"}, {"adapter": Adapter.DEMO}):
        shop_of(**values)
    shop_of(0)
    assert peer_shops(shop) == [large, small]
    assert peer_shops(shop_of(country="")) == []


def test_simulated_prices_teach_simulated_ones() -> None:
    shop, other = shop_of(adapter=Adapter.DEMO), shop_of(adapter=Adapter.DEMO)
    shop_of()
    assert peer_shops(shop) == [other]


def test_a_large_shop_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    shop_of()
    monkeypatch.setattr(selector, "MOST_TRAIN", 3)
    assert len(peer_shops(shop_of(2))) == 1
    assert peer_shops(shop_of(3)) == []


def test_they_end_on_the_day_and_hold_nothing_later() -> None:
    shop = shop_of(2)
    for product in shop.products.all():
        begins = datetime(2026, 3, 1, 12, tzinfo=UTC)
        SpellFactory(product=product, price=5, first_seen=begins, last_seen=begins + timedelta(days=29))
        SpellFactory(
            product=product, price=9, first_seen=begins + timedelta(days=31), last_seen=begins + timedelta(days=40)
        )
    read = peers_of([shop], until=TODAY)
    assert {series.end for series in read} == {TODAY}
    assert {float(price) for series in read for price in series.prices} == {5.0}
    assert len(peers_of([shop, shop_of(5)], until=TODAY)) == 2


def test_a_forecast_knows_them_and_their_taxes() -> None:
    shop, other = shop_of(), shop_of()
    product = other.products.get()
    SpellFactory(product=product, first_seen=datetime(2024, 9, 1, 12, tzinfo=UTC))
    known = forecast_context_of(shop, today=date(2024, 10, 10), horizon=30)
    assert [series.key for series in known.peers] == [str(product.pk)]
    assert known.taxes[str(product.pk)], "Spain's steps of 2024"
