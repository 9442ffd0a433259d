"""API, export, pages and training agree on which spells belong to a product."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from dashboard.selectors.product import product_stretches
from forecasting.selectors.catalogue import catalogue_of
from scraping.models import PriceSpell
from scraping.selectors import HistoryQuery, product_history
from tests.factories import ProductFactory, ShopFactory, SpellFactory
from tests.record_rows import DAY, NOW, two_products_under_one_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> APIClient:
    return APIClient(headers={"host": "localhost"})


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True), st.integers(-1, 45))
def test_they_agree_wherever_the_sku_changed_its_product(days: list[int], since: int) -> None:
    """Prices on some of the last 40 days, each another one; `since` days ago the SKU became another product."""
    shop = ShopFactory(timezone="UTC")
    product = ProductFactory(shop=shop, series_since=None if since < 0 else NOW - since * DAY)
    for ago in days:
        SpellFactory(product=product, first_seen=NOW - ago * DAY, last_seen=NOW - ago * DAY, price=Decimal(100 + ago))
    product.latest_spell = product.spells.last()
    product.save()
    own = {100 + ago for ago in days if since < 0 or ago <= since}
    rows = APIClient(headers={"host": "localhost"}).get(f"/api/data/?product={product.pk}&page_size=100").json()
    assert {int(float(row["price"])) for row in rows["results"]} == own
    exported = product_history(HistoryQuery(product.pk), resolution="day")
    assert {int(row["price"]) for row in exported} == own
    assert {int(stretch.price or 0) for stretch in product_stretches(product.pk)} == own
    trained = [series.prices[series.observed] for series in catalogue_of(shop) if series.key == str(product.pk)]
    assert {round(price) for prices in trained for price in prices.tolist()} == own


def test_api_export_page_and_training_agree_on_the_spells_of_a_product(api: APIClient) -> None:
    product = two_products_under_one_sku()
    rows = api.get(f"/api/data/?product={product.pk}").json()["results"]
    spells = api.get(f"/api/data/?product={product.pk}&resolution=spell").json()["results"]
    grade = api.get("/api/data/?grade=extra_virgin").json()["results"]
    assert {row["price"] for row in (*rows, *spells, *grade)} == {"40.0000"}
    exported = product_history(HistoryQuery(product.pk), resolution="day")
    assert {row["price"] for row in exported} == {Decimal(40)}
    assert {float(stretch.price or 0) for stretch in product_stretches(product.pk)} == {40.0}
    (series,) = catalogue_of(product.shop)
    assert set(series.prices[~(series.prices != series.prices)].tolist()) == {40.0}
    assert list(PriceSpell.objects.own().filter(product=product).values_list("price", flat=True)) == [Decimal(40)]
