"""What the database itself refuses."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scraping.models import Shop
from tests.factories import ProductFactory, ShopFactory, SpellFactory, VisitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def refused(name: str, make: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_two_shops_of_a_name() -> None:
    ShopFactory(name="amazon.es")
    refused("a_shop_has_its_own_name", lambda: ShopFactory(name="amazon.es"))


@pytest.mark.parametrize("code", ["EUX", "eur", "", "XXX"])
def test_a_currency_that_is_not_iso_4217(code: str) -> None:
    refused("a_shops_currency_is_iso_4217", lambda: ShopFactory(currency=code))


def test_the_same_sku_twice_in_a_shop() -> None:
    product = ProductFactory()
    refused("a_sku_is_once_in_a_shop", lambda: ProductFactory(shop=product.shop, sku=product.sku))


@pytest.mark.parametrize("litres", [Decimal(0), Decimal(-1)])
def test_a_product_without_volume(litres: Decimal) -> None:
    refused("a_product_holds_more_than_nothing", lambda: ProductFactory(litres=litres))


def test_overlapping_spells_of_a_product() -> None:
    spell = SpellFactory(last_seen=AT + timedelta(days=2))
    inside = AT + timedelta(days=1)
    refused(
        "spells_of_a_product_do_not_overlap",
        lambda: SpellFactory(product=spell.product, first_seen=inside, last_seen=inside),
    )
    SpellFactory(first_seen=inside)  # another product's may


@pytest.mark.parametrize(
    ("state", "price"), [("unavailable", Decimal(5)), ("in_stock", None), ("used_only", Decimal(5))]
)
def test_a_price_with_a_state_that_has_none(state: str, price: Decimal | None) -> None:
    refused("a_price_goes_with_a_state_that_has_one", lambda: SpellFactory(state=state, price=price))


def test_two_visits_for_one_product_and_time() -> None:
    visit = VisitFactory()
    refused("a_product_is_due_once_at_a_time", lambda: VisitFactory(product=visit.product, due_at=visit.due_at))


def test_the_price_per_litre_is_made_by_the_database() -> None:
    spell = SpellFactory(price=Decimal("39.95"))
    spell.refresh_from_db()
    assert spell.price_per_litre == Decimal("7.99")
    assert Shop.objects.count() == 1
