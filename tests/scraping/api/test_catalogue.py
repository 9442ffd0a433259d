"""GET /api/products/ and /api/shops/: the offer last seen, each kind of price, and what its page says of it."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from scraping.price_kinds import COLUMNS
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db


def _product(**values):
    answer = APIClient().get(f"/api/products/{ProductFactory(**values).pk}/")
    assert answer.status_code == 200
    return answer.json()


def test_a_product_has_every_kind_of_price_of_its_offer():
    prices = {"list_price": 49, "prime_price": 39, "subscribe_price": 38, "used_price": 30}
    spell = SpellFactory(price=Decimal(40), coupon_amount=Decimal(5), shipping=0, seller="Almazara", **prices)
    spell.product.latest_spell = spell
    spell.product.save()
    row = APIClient().get(f"/api/products/{spell.product.pk}/").json()
    assert {name: float(row[name]) for name in COLUMNS} == {**prices, "coupon_price": 35}
    assert (float(row["shipping"]), row["seller"], row["condition"]) == (0, "Almazara", "new")


def test_a_product_has_what_its_page_says_of_it():
    category = ["Alimentación y bebidas", "Aceites"]
    row = _product(rating=Decimal("4.40"), reviews=1234, category=category, gtin="08410010000017")
    assert (float(row["rating"]), row["reviews"], row["category"]) == (4.4, 1234, category)
    assert (row["gtin"], row["image_url"]) == ("08410010000017", "")


def test_a_product_that_was_never_seen_has_no_prices():
    row = _product()
    assert [row[name] for name in ("price", *COLUMNS, "shipping", "seller", "condition", "rating")] == [None] * 10


def test_a_shop_says_which_price_is_the_price():
    shop = ShopFactory(price_basis="prime", delivery_place="28008")
    row = APIClient().get(f"/api/shops/{shop.pk}/").json()
    assert (row["price_basis"], row["delivery_place"]) == ("prime", "28008")
