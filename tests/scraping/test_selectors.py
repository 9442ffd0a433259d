"""What a price is compared with before it is believed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from scraping.models import Product, Shop
from scraping.selectors import usual_per_litre, usual_price
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def product_with(prices: dict[int, int], **fields: object) -> Product:
    """A product that cost so much, so many days ago."""
    product: Product = ProductFactory(**fields)
    for ago, price in sorted(prices.items(), reverse=True):
        product.latest_spell = SpellFactory(product=product, first_seen=NOW - ago * DAY, price=Decimal(price))
    product.save()
    return product


def test_usual_is_what_it_cost_in_the_two_weeks_before_its_last_look() -> None:
    assert usual_price(product_with({40: 10, 30: 10, 20: 10, 15: 10, 14: 40, 7: 41, 0: 39})) == 40
    assert usual_price(ProductFactory()) is None


@pytest.mark.parametrize(("neighbours", "usual"), [(7, None), (8, Decimal(8))])
def test_a_product_is_not_its_own_neighbour(neighbours: int, usual: Decimal | None) -> None:
    shop: Shop = ShopFactory()
    for _ in range(neighbours):
        product_with({0: 40}, shop=shop)
    assert usual_per_litre(product_with({0: 400}, shop=shop)) == usual
