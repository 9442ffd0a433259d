"""GET /api/predict/?method=prophet: Prophet's own forecast, with its own record."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from forecasting.models import Forecast, MethodForecast, MethodScore
from forecasting.services.train import wait_for
from tests.forecasting.services.made_up_shop import made_up_shop, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def products(settings: Any, tmp_path: Any) -> list[Any]:
    settings.OILWATCH_ARTEFACTS = tmp_path
    shop = made_up_shop(3)
    wait_for(training_id=planned().pk)
    return list(shop.products.order_by("pk"))


def predict(product: Any, **params: Any) -> Any:
    return APIClient().get("/api/predict/", {"product": product.pk, **params})


def test_the_curve_has_the_shape_of_the_published_forecast(products: list[Any]) -> None:
    published, curve = predict(products[0]).json(), predict(products[0], method="prophet", days=7).json()
    assert set(curve) == set(published)
    assert (curve["method"], curve["origin"], len(curve["days"])) == ("Prophet", published["origin"], 7)
    assert curve["last_price"] == published["last_price"]
    assert curve["training"] == MethodForecast.objects.filter(product=products[0]).latest("id").training_id
    first, second = curve["days"][0], published["days"][0]
    assert set(first) == set(second)
    assert first["point"] == first["quantiles"]["0.5"]
    assert first["quantiles"]["0.025"] < first["point"] < first["quantiles"]["0.975"]
    assert (curve["advice"]["word"], set(curve["advice"])) == ("none", set(published["advice"]))
    assert "without `method`" in curve["advice"]["reason"]


def test_it_says_whether_the_producer_price_was_used(products: list[Any]) -> None:
    assert predict(products[0], method="prophet").json()["inputs"] == []
    curve = MethodForecast.objects.filter(product=products[0]).latest("id")
    curve.pk, curve.cutoff, curve.inputs = None, curve.cutoff + timedelta(days=1), ["producer_price"]
    curve.save(force_insert=True)
    assert predict(products[0], method="prophet").json()["inputs"] == ["producer_price"]
    assert predict(products[0]).json()["inputs"] == []


def test_its_record_is_its_own(products: list[Any]) -> None:
    curve = MethodForecast.objects.get(product=products[0])
    values = {"days_seen": 5, "error": 0.08, "naive_error": 0.04, "crps": 0.01, "inside_80": 2, "inside_95": 4}
    due = timezone.now().date()
    MethodScore.objects.create(forecast=curve, days=7, due_on=due, last_step=7, outcome=30.0, **values)
    body, published = predict(products[0], method="prophet").json(), predict(products[0]).json()
    assert (body["record"][0]["rel_mae"], body["record"][0]["coverage_80"]) == (2.0, 0.4)
    assert (body["product_record"]["horizons"][0]["forecasts"], published["record"][0]["days_seen"]) == (1, 0)
    assert body["product_record"]["horizons"][0]["rel_mae"] is None, "too few to tell"


def test_an_unknown_method_is_a_problem_that_names_the_known_ones(products: list[Any]) -> None:
    answer = predict(products[0], method="oracle")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert "prophet" in answer.content.decode()


def test_without_a_curve_it_says_why(products: list[Any]) -> None:
    constant = products[2]
    assert Forecast.objects.filter(product=constant).exists()
    answer = predict(constant, method="prophet")
    assert answer.status_code == 409
    assert "never changed" in answer.json()["detail"]


def test_one_that_is_too_old_is_not_served(products: list[Any]) -> None:
    product = products[0]
    latest = product.spells.order_by("-last_seen")[0]
    type(latest).objects.filter(pk=latest.pk).update(last_seen=latest.last_seen + timedelta(days=8))
    product.latest_spell = latest
    product.save()
    answer = predict(product, method="prophet")
    assert answer.status_code == 409
    assert "too old" in answer.json()["detail"]
