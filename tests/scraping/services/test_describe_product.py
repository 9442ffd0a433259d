"""A page fills in what is not known of its product, and nothing that could do harm."""

import pytest

from scraping.offer import Offer
from scraping.services.describe_product import describe_product
from tests.factories import ProductFactory

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
