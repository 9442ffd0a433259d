"""How far prices have moved, as PostgreSQL computes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from dashboard.selectors.price_moves import MOVES
from scraping.models import Product
from tests.dashboard.rows import priced_product
from tests.factories import SpellFactory

pytestmark = pytest.mark.django_db


def _moves(product):
    return dict(zip(MOVES, Product.objects.values_list(*MOVES.values()).get(pk=product.pk), strict=True))


def _before(product, days, price, **values):
    """A spell that ended so many days before the last visit, a day long."""
    end = product.latest_spell.last_seen - timedelta(days=days)
    return SpellFactory(product=product, price=price, first_seen=end - timedelta(days=1), last_seen=end, **values)


def test_each_time_has_its_own_price():
    product = priced_product(price="40", days=5)
    _before(product, 6.5, Decimal(50))
    _before(product, 29.5, Decimal(32))
    _before(product, 364.5, Decimal(20))
    moves = _moves(product)
    assert moves["change_7"] == pytest.approx(-0.2)
    assert moves["change_30"] == pytest.approx(0.25)
    assert moves["change_365"] == pytest.approx(1.0)
    assert moves["above_low"] == pytest.approx(1.0)


def test_silence_is_no_price():
    product = priced_product(price="40", days=5)
    _before(product, 60, Decimal(30))  # the shop's patience is two days
    moves = _moves(product)
    assert (moves["change_7"], moves["change_30"], moves["change_365"]) == (None, None, None)
    assert moves["above_low"] == pytest.approx(1 / 3)


def test_a_price_holds_through_the_shops_patience():
    product = priced_product(price="40", days=5)
    _before(product, 8.5, Decimal(50))
    assert _moves(product)["change_7"] == pytest.approx(-0.2)


def test_a_short_history_has_no_low():
    assert _moves(priced_product(days=29))["above_low"] is None
    assert _moves(priced_product(days=31))["above_low"] == pytest.approx(0)


def test_a_low_of_longer_than_a_year_ago_is_forgotten():
    product = priced_product(price="40", days=200)
    _before(product, 366, Decimal(10))
    assert _moves(product)["above_low"] == pytest.approx(0)


def test_what_cannot_be_bought_has_not_moved():
    product = priced_product(days=60)
    product.latest_spell = SpellFactory(
        product=product, state="unavailable", price=None, first_seen=timezone.now() + timedelta(hours=1)
    )
    product.save()
    assert set(_moves(product).values()) == {None}


def test_another_products_prices_under_the_same_sku_do_not_count():
    product = priced_product(price="40", days=5)
    _before(product, 6.5, Decimal(50))
    _before(product, 40, Decimal(5))
    product.series_since = product.latest_spell.first_seen
    product.save()
    moves = _moves(product)
    assert moves["change_7"] is None
    assert moves["above_low"] is None
