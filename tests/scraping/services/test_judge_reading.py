"""Which readings become prices, which wait for a person, and which say nothing about the product."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scraping.amazon.block import NOT_FOUND
from scraping.models import Product, VisitStatus
from scraping.offer import Offer, OfferState, PageKind, PageReading
from scraping.services.judge_reading import Assessment, judge
from scraping.services.spell_rows import point_to_latest
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
OFFER = Offer(None, "", state=OfferState.IN_STOCK, price=Decimal("39.95"), currency="EUR", location="Madrid 28008")


@pytest.fixture
def product() -> Product:
    made: Product = ProductFactory(shop=ShopFactory(delivery_place="28008"))
    return made


def assessment(product: Product, **shown: object) -> Assessment:
    reading = PageReading(PageKind.PRODUCT, "", replace(OFFER, **shown))  # type: ignore[arg-type]
    return judge(reading, product=product, http_status=200)


@pytest.mark.parametrize(
    ("place", "status"),
    [
        (None, VisitStatus.UNKNOWN_LOCATION),
        ("Entrega en Madrid 28008", VisitStatus.OK),
        ("Entrega en Barcelona 08001", VisitStatus.OK),  # another town of the same country: the same taxes
        ("Las Palmas 35001", VisitStatus.WRONG_LOCATION),  # the Canary Islands pay no IVA
        ("Enviar a Estados Unidos", VisitStatus.WRONG_LOCATION),
    ],
)
def test_a_price_is_for_the_taxes_of_the_shops_place(product: Product, place: str | None, status: VisitStatus) -> None:
    assert assessment(product, location=place).status == status


@pytest.mark.parametrize(
    ("price", "status"),
    [
        ("56.00", VisitStatus.OK),  # 40 % above the usual price
        ("56.10", VisitStatus.IMPLAUSIBLE),
        ("24.00", VisitStatus.OK),
        ("23.90", VisitStatus.IMPLAUSIBLE),
    ],
)
def test_a_jump_of_over_forty_per_cent_waits(product: Product, price: str, status: VisitStatus) -> None:
    SpellFactory(product=product, price=Decimal(40))
    point_to_latest([product.pk])
    product.refresh_from_db()
    assert assessment(product, price=Decimal(price)).status == status


@pytest.mark.parametrize(("price", "held"), [("2.49", True), ("2.51", False), ("749.90", False), ("750.10", True)])
def test_a_litre_costs_what_oil_may_cost(product: Product, price: str, *, held: bool) -> None:
    """Five litres: from 0.50 to 150 a litre."""
    assert assessment(product, price=Decimal(price)).held == held


def test_an_unknown_place_waits_unless_the_shop_accepts_it(product: Product) -> None:
    held = assessment(product, location=None)
    assert (held.held, held.terms and held.terms.price) == (True, Decimal("39.95"))
    product.shop.accepts_unknown_place = True
    assert assessment(product, location=None).status == VisitStatus.OK
    product.shop.accepts_unknown_place, product.shop.delivery_place = False, ""
    assert assessment(product, location=None).status == VisitStatus.OK  # a shop without a place asserts none


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("Madrid 28008", VisitStatus.OK),  # nobody at the shop's place can buy it
        ("Pakistan", VisitStatus.WRONG_LOCATION),
        (None, VisitStatus.UNKNOWN_LOCATION),
    ],
)
def test_not_sent_to_a_wrong_place_says_nothing_of_stock(
    product: Product, place: str | None, status: VisitStatus
) -> None:
    shown = {"state": OfferState.UNAVAILABLE, "price": None, "deliverable": False, "location": place}
    assert assessment(product, **shown).status == status


def test_a_page_that_says_it_is_gone_is_gone_whatever_its_http_status(product: Product) -> None:
    assert judge(PageReading(PageKind.OTHER, NOT_FOUND), product=product, http_status=200).status == VisitStatus.GONE
