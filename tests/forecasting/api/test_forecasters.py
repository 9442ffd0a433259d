"""GET /api/forecasters/: the leaderboard, each published record, and how the odds did."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from forecasting.models import AdviceScore, ForecastScore, MethodForecast, MethodScore, Standing
from tests.factories import ShopFactory
from tests.forecasting.training_figures import shop_figures
from tests.record_rows import done_training, forecast_of, real_product

pytestmark = pytest.mark.django_db


def forecasters(**params: Any) -> Any:
    return APIClient().get("/api/forecasters/", params)


def test_before_the_first_training_there_are_forecasters_and_no_figures() -> None:
    shop = ShopFactory()
    body = forecasters().json()
    assert {"name": "prophet", "label": "Prophet", "published": True} in body["forecasters"]
    assert [one["name"] for one in body["forecasters"] if one["published"]].count("event") == 0
    assert body["shops"] == [
        {
            "shop": shop.name,
            "id": shop.pk,
            "simulated": True,
            "training": None,
            "trained_at": None,
            "compared_on": None,
            "leaderboard": [],
            "published": [],
            "advice": {
                **dict.fromkeys(("saving", "always_wait", "possible", "capture", "waits_lost", "always_lost")),
                "decisions": 0,
                "waits": 0,
                "never_wait": 0.0,
            },
            "odds": {"scores": [], "reliability": []},
        }
    ]


def test_the_newest_served_training_counts() -> None:
    shop = ShopFactory(name="amazon.es", adapter="amazon")
    served = done_training(scores={"amazon.es": shop_figures(), "gone": shop_figures()})
    done_training(scores={"amazon.es": {}}, standing=Standing.HELD_BACK)
    [one] = forecasters().json()["shops"]
    assert (one["shop"], one["simulated"], one["training"], one["compared_on"]) == (
        *(shop.name, False, served.pk, "2026-11-20"),
    )
    assert one["trained_at"]
    best = next(row for row in one["leaderboard"] if row["days"] == 30)
    assert (best["forecaster"], best["rel_mae"], best["difference"]) == ("published", 0.88, "less_error")
    assert best["rel_mae_95"] == pytest.approx([0.83, 0.93])
    assert (best["n"], best["cutoffs"], best["dm"], best["coverage_95"]) == (54_000, 26, 0.004, 0.955)
    assert one["odds"]["scores"][0] == {
        "fall_pct": 5,
        "days": 7,
        "n": 1240,
        "stated": 0.23,
        "came": 0.25,
        "brier": 0.15,
        "brier_skill": 0.12,
    }
    first = one["odds"]["reliability"][0]
    assert (first["from"], first["to"], first["n"], first["stated"]) == (0, 0.05, 200, 0.025)


def test_a_training_of_before_there_were_leaderboards() -> None:
    ShopFactory(name="amazon.es", adapter="amazon")
    done_training(scores={"amazon.es": {"origins": 3, "horizons": {}}})
    [one] = forecasters().json()["shops"]
    assert (one["leaderboard"], one["odds"]) == ([], {"scores": [], "reliability": []})
    assert one["training"]


def test_each_published_record_stands_by_itself() -> None:
    product = real_product()
    training = done_training()
    values = {"days_seen": 5, "naive_error": 0.04, "crps": 0.01, "inside_80": 4, "inside_95": 5, "last_step": 7}
    due = {"days": 7, "due_on": timezone.now().date(), "outcome": 40.0}
    ForecastScore.objects.create(forecast=forecast_of(product, training), error=0.02, **values, **due)
    curve = MethodForecast.objects.create(
        product=product,
        training=training,
        cutoff=timezone.now().date(),
        last_price=40,
        method="prophet",
        levels=[0.5],
        quantiles=[[40.0]],
    )
    MethodScore.objects.create(forecast=curve, error=0.08, **values, **due)
    [shop] = forecasters(shop=product.shop.name).json()["shops"]
    week = {one["forecaster"]: one["horizons"][0] for one in shop["published"]}
    assert (week["published"]["rel_mae"], week["published"]["forecasts"]) == (0.5, 1)
    assert (week["prophet"]["rel_mae"], week["prophet"]["no_better_than_last_price"]) == (2.0, True)


def test_advice_stands_beside_always_never_and_knowing_the_future() -> None:
    product, other = real_product(), ShopFactory()
    training, due = done_training(), {"days": 14, "due_on": timezone.now().date()}
    for day, (word, waited, always) in enumerate([("wait", 0.97, 1.02), ("no_hurry", 1.01, 1.01), ("buy", 0.9, 0.9)]):
        forecast = forecast_of(product, training, cutoff=timezone.now().date() - timedelta(days=day))
        AdviceScore.objects.create(forecast=forecast, word=word, waited=waited, always=always, lowest=0.9, **due)
    [advice] = [one["advice"] for one in forecasters(shop=product.shop.name).json()["shops"]]
    assert (advice["decisions"], advice["waits"], advice["waits_lost"], advice["never_wait"]) == (3, 2, 0.5, 0)
    figures = [advice[name] for name in ("saving", "always_wait", "possible", "capture", "always_lost")]
    assert figures == pytest.approx([0.02 / 3, 0.07 / 3, 0.1, 0.2 / 3, 2 / 3])
    assert forecasters(shop=other.name).json()["shops"][0]["advice"]["decisions"] == 0


def test_one_shop_by_name_or_id() -> None:
    shop, other = ShopFactory(), ShopFactory()
    assert [one["id"] for one in forecasters().json()["shops"]] == [shop.pk, other.pk]
    for named in (other.name, other.pk):
        assert [one["id"] for one in forecasters(shop=named).json()["shops"]] == [other.pk]
    answer = forecasters(shop="nowhere")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "/api/shops/" in answer.json()["detail"]
