"""Which readings become prices, which wait for a person, and which say nothing about the product."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scraping.models import Product, VisitStatus
from scraping.offer import Offer, OfferState, PageKind, PageReading
from scraping.services.judge_reading import Verdict, judge
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db
OFFER = Offer(None, "", state=OfferState.IN_STOCK, price=Decimal("39.95"), currency="EUR")


@pytest.fixture
def product() -> Product:
    made: Product = ProductFactory(shop=ShopFactory(delivery_place="28008"))
    return made


def verdict(product: Product, **shown: object) -> Verdict:
    reading = PageReading(PageKind.PRODUCT, "", replace(OFFER, **shown))  # type: ignore[arg-type]
    return judge(reading, product=product, http_status=200)


@pytest.mark.parametrize(
    ("place", "status"),
    [
        (None, VisitStatus.OK),
        ("Entrega en Madrid 28008", VisitStatus.OK),
        ("Entrega en Barcelona 08001", VisitStatus.OK),  # another town of the same country: the same taxes
        ("Enviar a Estados Unidos", VisitStatus.WRONG_LOCATION),
    ],
)
def test_only_a_country_in_place_of_a_postcode_is_the_wrong_place(
    product: Product, place: str | None, status: VisitStatus
) -> None:
    assert verdict(product, location=place).status == status
