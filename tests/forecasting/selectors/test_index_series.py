"""Spells -> the table an index is computed of: the shop's own days, and the later of two prices of one day."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from forecasting.market.grade_index import grade_index
from forecasting.selectors.index_series import Basket, index_of
from forecasting.series import Step, daily_series
from scraping.models import Adapter
from tests.factories import ProductFactory, ShopFactory, SpellFactory

START = datetime(2026, 3, 28, 22, tzinfo=UTC)  # the night before the clocks change, an hour before Madrid's midnight
BASKET = Basket("extra_virgin", "EUR", simulated=True)
HOUR = timedelta(hours=1)
MADRID = ZoneInfo("Europe/Madrid")
hours = st.lists(st.integers(0, 40), min_size=1, max_size=6)


class SameAsDayByDay(TestCase):
    """The table painted at once is the one made product by product."""

    @given(st.lists(st.tuples(st.integers(0, 60), hours), min_size=1, max_size=4))
    def test_it_is(self, products):
        shop = ShopFactory(timezone=MADRID.key)
        catalogue = []
        for begins, lengths in products:
            product = ProductFactory(shop=shop, litres=Decimal(1))
            at, steps = START + begins * HOUR, []
            for place, length in enumerate(lengths):
                price = 5 + (begins + place) % 3
                last = at + length * HOUR
                SpellFactory(product=product, price=price, first_seen=at, last_seen=last)
                days = (moment.astimezone(MADRID).date() for moment in (at, last))
                steps.append(Step(*days, float(price)))  # type: ignore[call-arg]
                at = last + HOUR
            catalogue.append(daily_series(steps, until=max(step.last_day for step in steps), max_gap_days=0))
        result, made = grade_index(catalogue), index_of(BASKET)
        assert (made.start, made.products.tolist()) == (result.start, result.products.tolist())
        np.testing.assert_allclose(made.values, result.values)


@pytest.mark.django_db
def test_only_its_own_prices_make_an_index():
    shop = ShopFactory()
    mine = ProductFactory(shop=shop, litres=Decimal(1), series_since=START)
    SpellFactory(product=mine, price=5, first_seen=START)
    SpellFactory(product=mine, price=90, first_seen=START - 48 * HOUR)  # of another product under the same sku
    SpellFactory(product=ProductFactory(shop=shop, litres=None), price=90, first_seen=START - 48 * HOUR)
    SpellFactory(product=ProductFactory(shop=shop, grade="olive"), price=90, first_seen=START - 48 * HOUR)
    for other in ({"currency": "GBP"}, {"adapter": Adapter.IMPORT}):
        SpellFactory(product=ProductFactory(shop=ShopFactory(**other)), price=90, first_seen=START - 48 * HOUR)
    index = index_of(BASKET)
    assert index.values.tolist() == pytest.approx([5.0])
    assert index_of(Basket("extra_virgin", "USD")) is None
