"""Visits to pages whose two prices disagree, made by the real way from page to row."""

from datetime import UTC, datetime, timedelta
from typing import Any

from scraping.client.fetch import Answer
from scraping.models import Product, QuarantinedOffer, Shop, Visit
from scraping.services.finish_visit import finish_visit
from scraping.services.read_and_judge import read_and_judge
from tests.factories import ProductFactory, ShopFactory, VisitFactory
from tests.scraping.amazon.made_pages import ASIN, Grocery

SEEN = datetime(2026, 6, 1, 12, tzinfo=UTC)
TITLE = "Carbonell Aceite de Oliva Virgen Extra, Garrafa 5 L"
DISAGREEING = Grocery(hidden="39.95").build()


def spanish_shop(**values: Any) -> Shop:
    """amazon.es, for a place in Madrid."""
    return ShopFactory(**{"name": "amazon.es", "adapter": "amazon", "delivery_place": "28008", **values})


def oil(shop: Shop | None = None, **values: Any) -> Product:
    """The product of the made pages."""
    return ProductFactory(**{"shop": shop or spanish_shop(), "sku": ASIN, "title": TITLE, **values})


def visited(product: Product, page: str = DISAGREEING, *, at: datetime = SEEN) -> Visit:
    """A visit to this product that got this page at that moment."""
    product.refresh_from_db()
    visit = VisitFactory(
        product=product,
        status="running",
        started_at=at,
        due_at=at,
        lease_until=at + timedelta(minutes=5),
        attempts=1,
    )
    answer = Answer(url="", status=200, body=page.encode(), content_type="text/html", seconds=0.1)
    result = read_and_judge(product=product, response=answer)
    assert finish_visit(visit=visit, token=visit.attempts, result=result, seconds=0.1)
    visit.refresh_from_db()
    return visit


def held_offer(product: Product | None = None, page: str = DISAGREEING, *, at: datetime = SEEN) -> QuarantinedOffer:
    """What was held back of such a visit."""
    return QuarantinedOffer.objects.get(visit=visited(product or oil(), page, at=at))


def place_of(held: QuarantinedOffer, amount: str) -> int:
    """Which candidate has this amount."""
    return next(place for place, one in enumerate(held.candidates) if one["amount"] == amount)
