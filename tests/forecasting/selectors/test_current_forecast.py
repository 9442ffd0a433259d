"""Pages and API serve one and the same forecast, while it is fresh, and compute none."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from dashboard.selectors.latest_forecasts import latest_outlook, latest_outlooks
from forecasting.models import Training
from forecasting.selectors.current_forecast import NoForecast, current_forecast, latest_forecast
from tests.factories import ProductFactory, SpellFactory
from tests.record_rows import DAY, NOW, done_training, forecast_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> APIClient:
    return APIClient(headers={"host": "localhost"})


def test_page_and_api_choose_the_same_forecast() -> None:
    product = ProductFactory()
    first, second = done_training(scope="all"), done_training(scope="products 1")
    forecast_of(product, second, 11.0)
    forecast_of(product, first, 10.0)  # the one-product training finished before the nightly one did
    chosen = latest_forecast(product)
    page, line = latest_outlook(product.pk), latest_outlooks([product.pk])[product.pk]
    assert chosen is not None
    assert page is not None
    assert chosen.last_price == page.last_price == line.last_price == 11.0


def test_asking_for_a_forecast_trains_nothing(api: APIClient) -> None:
    product = ProductFactory()
    for day in range(40):
        seen = NOW - (41 - day) * DAY
        SpellFactory(product=product, first_seen=seen, last_seen=seen + DAY / 2, price=Decimal(40 + day % 3))
    response = api.get(f"/api/predict/?product={product.pk}")
    assert response.status_code == 409
    assert "/api/retrain/" in response.json()["detail"]
    assert not Training.objects.exists()


def test_a_stale_forecast_is_served_nowhere(api: APIClient) -> None:
    product = ProductFactory()
    product.latest_spell = SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW, price=Decimal(40))
    product.save()
    training = done_training()
    forecast_of(product, training, cutoff=NOW.date() - 8 * DAY)
    response = api.get(f"/api/predict/?product={product.pk}")
    assert response.status_code == 409
    assert "too old" in response.json()["detail"]
    outlook = latest_outlook(product.pk)
    assert outlook is not None
    assert outlook.outlived(NOW)
    forecast_of(product, training, cutoff=NOW.date() - 7 * DAY)
    assert api.get(f"/api/predict/?product={product.pk}").status_code == 200


def test_a_refusal_holds_until_a_newer_price_comes() -> None:
    product = ProductFactory()
    SpellFactory(product=product, first_seen=NOW - 9 * DAY, last_seen=NOW - 8 * DAY)
    done_training(refused={str(product.pk): "too short"}, finished_at=NOW - 7 * DAY)
    with pytest.raises(NoForecast, match="too short"):
        current_forecast(product)
    SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW)
    with pytest.raises(NoForecast, match="no forecast yet"):
        current_forecast(product)
