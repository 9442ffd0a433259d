"""The same oil cheaper in another pack or shop, with the advice on a product's page."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.dashboard.rows import forecast_of, priced_product

pytestmark = pytest.mark.django_db


def offer_on(client: Any, product: Any, language: str = "en") -> Any:
    answer = client.get(f"/products/{product.pk}/", headers={"host": "localhost", "accept-language": language})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml").select_one(".cheaper-offer")


def test_it_works(client: Any) -> None:
    product = priced_product(title="Oro del Sur picual, 5 l", brand="Oro del Sur")
    forecast_of(product)
    assert offer_on(client, product) is None
    other = priced_product(
        title="Oro del Sur picual, 3 x 5 l", brand="Oro del Sur", litres=Decimal(15), pack=3, price="105"
    )
    offer = offer_on(client, product)
    text = " ".join(offer.text.replace("\N{NO-BREAK SPACE}", " ").split())
    assert text == f"Cheaper now: 15 l (3 × 5 l) at €7.00/l (−12.5%), the same oil at {other.shop.name}"
    assert offer.a["href"] == f"/products/{other.pk}/"
    assert offer_on(client, other) is None
    assert "Más barato ahora:" in offer_on(client, product, "es").text


def test_the_smallest_saving_is_the_operators(client: Any, settings: Any) -> None:
    product = priced_product(title="Oro del Sur picual, 5 l", brand="Oro del Sur")
    priced_product(title="Oro del Sur picual, 2 l", brand="Oro del Sur", litres=Decimal(2), price="15")
    assert offer_on(client, product) is not None
    settings.OILWATCH_SMALLEST_SAVING_PERCENT, settings.OILWATCH_SMALLEST_SAVING_AMOUNT = 10.0, 5.0
    assert offer_on(client, product) is None
