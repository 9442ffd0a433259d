"""The same oil cheaper now, beside the forecast in the API."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from tests.dashboard.rows import forecast_of, priced_product

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    product = priced_product(title="Oro del Sur picual, 5 l", brand="Oro del Sur")
    forecast_of(product)
    address = f"/api/predict/?product={product.pk}"
    assert APIClient().get(address).json()["cheaper_offer"] is None
    title = "Oro del Sur picual, 3 x 5 l"
    other = priced_product(title=title, brand="Oro del Sur", litres=Decimal(15), pack=3, price="105")
    offer = APIClient().get(address).json()["cheaper_offer"]
    assert offer.pop("saving") == pytest.approx(0.125)
    assert offer == {"product": other.pk, "title": title, "price_per_litre": "7.0000"}
