"""The same oil cheaper now: only what can be bought, what was seen lately, and what saves enough."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forecasting.policy.smallest_saving import SmallestSaving
from forecasting.selectors.cheaper_offer import CheaperOffer, cheaper_offer
from scraping.models import Adapter, Product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
TITLE = "Oro del Sur aceite de oliva virgen extra picual"


def offered(
    per_litre: str, litres: int = 5, *, state: str = "in_stock", age: timedelta | None = None, **values: Any
) -> Product:
    """A listing of the oil at a price per litre, seen just now or so long ago."""
    defaults = {"title": f"{TITLE}, {litres} l", "brand": "Oro del Sur", "litres": Decimal(litres)}
    product: Product = ProductFactory(**{**defaults, **values})
    seen = timezone.now() - (age or timedelta(minutes=5))
    price = None if state == "unavailable" else Decimal(per_litre) * litres
    product.latest_spell = SpellFactory(
        product=product, price=price, state=state, first_seen=seen - timedelta(days=3), last_seen=seen
    )
    product.save()
    return product


def cheaper(product: Product, smallest: SmallestSaving | None = None) -> CheaperOffer | None:
    return cheaper_offer(product, smallest=smallest or SmallestSaving(), now=timezone.now())


def test_it_works() -> None:
    product = offered("8")
    offered("7.60", 3)
    best = offered("7.04", 15, pack=3, brand="ORO DEL SUR")
    with CaptureQueriesContext(connection) as queries:
        offer = cheaper(product)
    assert len(queries) == 1
    assert offer is not None
    assert (offer.product, offer.litres, offer.pack, offer.price_per_litre) == (
        best.pk,
        Decimal(15),
        3,
        Decimal("7.04"),
    )
    assert offer.saving == pytest.approx(0.12)
    assert cheaper(best) is None


@pytest.mark.parametrize(
    ("litres", "per_litre", "shown"),
    [(1, "7.77", False), (1, "7.76", True), (5, "7.81", False), (5, "7.80", True)],
)
def test_it_saves_three_per_cent_or_one_euro_on_this_pack(litres: int, per_litre: str, *, shown: bool) -> None:
    product = offered("8", litres)
    offered(per_litre, 2)
    assert (cheaper(product) is not None) == shown
    assert cheaper(product, SmallestSaving(5.0, 10.0)) is None


@pytest.mark.parametrize(
    "other",
    [
        {"state": "backorder"},
        {"state": "unavailable"},
        {"watched": False},
        {"age": timedelta(days=30)},
        {"title": f"{TITLE} sin filtrar, 5 l"},
        {"brand": "Oro del Norte"},
        {"grade": "virgin"},
        {"shop": {"currency": "GBP"}},
        {"shop": {"adapter": Adapter.AMAZON}},
        {"shop": {"imported": True}},
        {"shop": {"enabled": False}},
    ],
)
def test_what_is_no_offer(other: dict[str, Any]) -> None:
    product = offered("8")
    if "shop" in other:
        other = {"shop": ShopFactory(**other["shop"])}
    offered("4", **other)
    assert cheaper(product) is None


def test_real_offers_stand_beside_real_ones() -> None:
    product = offered("8", shop=ShopFactory(adapter=Adapter.AMAZON, name="amazon.a"))
    offered("4")
    assert cheaper(product) is None
    real = offered("6", shop=ShopFactory(adapter=Adapter.AMAZON, name="amazon.b"))
    offer = cheaper(product)
    assert offer is not None
    assert offer.product == real.pk


@pytest.mark.parametrize("values", [{"state": "unavailable"}, {"grade": "other"}, {"title": ""}])
def test_a_product_that_has_none(values: dict[str, Any]) -> None:
    product = offered("8", **values)
    offered("4")
    assert cheaper(product) is None
