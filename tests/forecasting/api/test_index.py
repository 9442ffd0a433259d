"""GET /api/index/: a grade's chained index and its forecast."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from rest_framework.test import APIClient

from forecasting.models import IndexForecast, TrainingStatus
from forecasting.selectors.index_series import Basket, baskets
from forecasting.services.order_training import order_training
from forecasting.services.train import train
from scraping.models import Adapter, Product
from tests.factories import ProductFactory, ShopFactory, SpellFactory
from tests.forecasting.services.test_train import artefacts, catalogue

pytestmark = pytest.mark.django_db
__all__ = ["artefacts", "catalogue"]
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
RANGE = "from=2026-01-01&to=2026-12-31"


def spell(product: Product, begin: int, days: int, price: str) -> None:
    first = FIRST + timedelta(days=begin)
    SpellFactory(
        product=product,
        first_seen=first,
        last_seen=first + timedelta(days=days - 1),
        pauses=[86_400] * (days - 1),
        price=Decimal(price),
    )


def test_it_works(catalogue: list[Product]) -> None:
    assert train(training_id=order_training(source="command", enqueue=False).pk) == TrainingStatus.DONE
    answer = APIClient().get(f"/api/index/?grade=extra_virgin&currency=EUR&{RANGE}")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["since"], len(body["history"])) == ("2026-01-01", 60)
    first, last = body["history"][0], body["history"][-1]
    assert first == {"date": "2026-01-01", "value": pytest.approx(31 / 5), "products": 3}
    assert last["date"] == body["forecast"]["origin"] == "2026-03-01"
    # the newcomer of the last four days, at another price, has not moved it: all are back where they began
    assert last == {"date": "2026-03-01", "value": pytest.approx(31 / 5), "products": 4}
    assert body["forecast"]["method"] == "sum of its products"
    ahead = body["forecast"]["days"]
    assert (len(ahead), ahead[0]["date"], ahead[29]["day"]) == (30, "2026-03-02", 30)
    assert ahead[0]["quantiles"]["0.025"] <= ahead[0]["point"] <= ahead[0]["quantiles"]["0.975"]


def test_only_a_training_of_everything_forecasts_indices(catalogue: list[Product]) -> None:
    train(training_id=order_training(source="command", product_ids=[catalogue[0].pk], enqueue=False).pk)
    assert not IndexForecast.objects.exists()


def test_a_published_index_forecast_is_never_changed(catalogue: list[Product]) -> None:
    train(training_id=order_training(source="command", enqueue=False).pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        IndexForecast.objects.update(method="better in retrospect")


def test_simulated_currencies_and_strangers_stay_apart() -> None:
    real = ShopFactory(adapter=Adapter.AMAZON)
    spell(ProductFactory(shop=real), 0, 3, "40")
    spell(ProductFactory(shop=ShopFactory(adapter=Adapter.DEMO)), 0, 3, "50")
    spell(ProductFactory(shop=ShopFactory(adapter=Adapter.AMAZON, currency="GBP")), 0, 3, "60")
    spell(ProductFactory(shop=real, litres=None), 0, 3, "70")
    another_before = ProductFactory(shop=real, series_since=FIRST + timedelta(days=2))
    spell(another_before, 0, 2, "1")
    result = [("EUR", False, 8.0), ("EUR", True, 10.0), ("GBP", False, 12.0)]
    for currency, simulated, value in result:
        answer = APIClient().get(
            f"/api/index/?grade=extra_virgin&currency={currency}&simulated={str(simulated).lower()}&{RANGE}"
        )
        assert [day["value"] for day in answer.json()["history"]] == [pytest.approx(value)] * 3, answer.content
        assert answer.json()["forecast"] is None
    assert baskets() == [Basket("extra_virgin", currency, simulated) for currency, simulated, _ in result]


def test_where_only_simulated_prices_exist_they_answer_and_say_so() -> None:
    spell(ProductFactory(shop=ShopFactory(adapter=Adapter.DEMO)), 0, 3, "50")
    body = APIClient().get(f"/api/index/?grade=extra_virgin&currency=EUR&{RANGE}").json()
    assert (body["simulated"], len(body["history"])) == (True, 3)
    answer = APIClient().get(f"/api/index/?grade=extra_virgin&currency=EUR&simulated=0&{RANGE}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "There are simulated ones: ask with simulated=1." in answer.json()["detail"]
    spell(ProductFactory(shop=ShopFactory(adapter=Adapter.AMAZON)), 0, 3, "40")
    body = APIClient().get(f"/api/index/?grade=extra_virgin&currency=EUR&{RANGE}").json()
    assert (body["simulated"], body["history"][0]["value"]) == (False, pytest.approx(8.0)), "real prices, alone"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "grade=lard",
        "grade=virgin&currency=euro",
        "grade=virgin&currency=ZZZ",
        "grade=virgin&simulated=perhaps",
        "grade=virgin&from=2026-02-01&to=2026-01-01",
        "grade=virgin&from=2000-01-01&to=2026-01-01",
        "grade=virgin&from=0001-01-01&to=0001-01-02x",
    ],
)
def test_bad_queries_are_problems(query: str) -> None:
    answer = APIClient().get(f"/api/index/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_grade_nobody_saw() -> None:
    answer = APIClient().get("/api/index/?grade=pomace&to=0001-01-01")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "pomace" in answer.json()["detail"]
