"""A page fills in what is not known of its product, and nothing that could do harm."""

from decimal import Decimal

import pytest

from scraping.identity import ProductIdentity, compare_products
from scraping.offer import Offer
from scraping.services.describe_product import describe_product
from scraping.volume import read_volume
from tests.factories import ProductFactory, SpellFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("shown", "stored"),
    [
        ("https://images.example/oil.jpg", "https://images.example/oil.jpg"),
        ("http://images.example/oil.jpg", ""),
        ("javascript:alert(1)", ""),
        (None, ""),
    ],
)
def test_only_pictures_over_https_are_stored(shown: str | None, stored: str) -> None:
    product = ProductFactory(image_url="")
    describe_product(product=product, offer=Offer("B0", "Aceite", image_url=shown))
    product.refresh_from_db()
    assert product.image_url == stored


def test_what_is_known_stays() -> None:
    product = ProductFactory(
        title="Aceite de oliva virgen extra 5 L", brand="Almazara", image_url="https://a.example/1"
    )
    offer = Offer("B0", "Aceite de girasol 1 L", brand="Otra", image_url="https://a.example/2")
    describe_product(product=product, offer=offer)
    product.refresh_from_db()
    known = (product.title, product.brand, product.image_url)
    assert known == ("Aceite de oliva virgen extra 5 L", "Almazara", "https://a.example/1")


def test_category_and_bar_code_are_learned_once_and_the_rating_is_the_newest() -> None:
    product = ProductFactory()
    first = Offer(
        "B0", "", rating=Decimal("4.4"), reviews=1200, breadcrumb=("Alimentación", "Aceites"), gtin="8410010000018"
    )
    second = Offer("B0", "", rating=Decimal("4.3"), reviews=None, breadcrumb=("Hogar",), gtin="8410010000025")
    for offer in (first, second):
        describe_product(product=product, offer=offer)
    product.refresh_from_db()
    assert (product.category, product.gtin) == (["Alimentación", "Aceites"], "8410010000018")
    assert (product.rating, product.reviews) == (Decimal("4.30"), 1200)


@pytest.mark.parametrize(("identity", "corrected"), [("2", True), ("2.0000", True), ("3", False), (None, False)])
def test_a_volume_that_was_misread_is_corrected_but_not_one_a_person_wrote(
    identity: str | None, *, corrected: bool
) -> None:
    title = "Aceite de oliva virgen extra 2 L, 2-count"
    product = ProductFactory(title=title, litres=Decimal(2), identity={"title": title, "litres": identity})
    spell = SpellFactory(product=product, price=Decimal(40), litres=Decimal(2))
    offer = Offer("B0", title, volume=read_volume(title))
    seen = ProductIdentity(title, None, Decimal(4))
    assert compare_products(ProductIdentity(title, None, Decimal(2)), seen).same
    describe_product(product=product, offer=offer)
    product.refresh_from_db()
    spell.refresh_from_db()
    expected = (Decimal(4), Decimal(10)) if corrected else (Decimal(2), Decimal(20))
    assert (product.litres, spell.price_per_litre) == expected
