"""GET /api/predict/ and POST /api/retrain/."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from forecasting.evaluation.record_figures import LEAST_SCORED, HorizonFigures
from forecasting.models import Forecast, ForecastScore, Training
from forecasting.product_forecast import FallOdds
from forecasting.quantiles import LEVELS
from forecasting.selectors.product_record import product_record, shop_record
from scraping.models import Product
from tests.factories import ProductFactory, SpellFactory, UserFactory
from tests.forecasting.services.test_train import artefacts, catalogue

pytestmark = pytest.mark.django_db
__all__ = ["artefacts", "catalogue"]


def test_the_latest_forecast_is_answered_and_nothing_is_written(catalogue: list[Product]) -> None:
    call_command("retrain", "--all", "--wait")
    answer = APIClient().get(f"/api/predict/?product={catalogue[0].pk}&days=7")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["origin"], body["last_price"], len(body["days"])) == ("2026-03-01", 30, 7)
    first = body["days"][0]
    assert (first["date"], first["day"]) == ("2026-03-02", 1)
    assert first["quantiles"]["0.025"] <= first["quantiles"]["0.5"] <= first["quantiles"]["0.975"]
    assert {"skill", "advice", "method"} <= set(body)
    assert set(body["odds"]) == {"5", "10", "days_to_fall"}
    assert list(body["odds"]["5"]) == ["7", "14", "30"]
    assert [(row["days"], row["forecasts"], row["rel_mae"]) for row in body["record"]] == [
        (7, 0, None),
        (14, 0, None),
        (30, 0, None),
    ]
    assert APIClient().get(f"/api/predict/?product={catalogue[0].pk}").json()["training"] == body["training"]
    assert Training.objects.count() == 1


def test_the_published_record_of_the_shop_stands_beside_the_forecast(catalogue: list[Product]) -> None:
    product, other = catalogue[0], ProductFactory()
    call_command("retrain", "--all", "--wait")
    forecast = APIClient().get(f"/api/predict/?product={product.pk}").json()
    text = Forecast.objects.get(product=product)
    values = {"days_seen": 5, "error": 0.02, "naive_error": 0.04, "crps": 0.01, "inside_80": 4, "inside_95": 5}
    today = timezone.now().date()
    ForecastScore.objects.create(forecast=text, days=7, due_on=today, last_step=7, outcome=30.0, **values)
    ForecastScore.objects.create(
        forecast=text, days=14, due_on=today - timedelta(days=91), last_step=14, outcome=30.0, **values
    )
    record = APIClient().get(f"/api/predict/?product={product.pk}").json()["record"]
    assert (record[0]["rel_mae"], record[0]["coverage_80"], record[0]["days_seen"]) == (0.5, 0.8, 5)
    assert record[1]["days_seen"] == 0, "what came due before the last 90 days is past"
    assert forecast["record"][0]["days_seen"] == 0
    assert all(figures.days_seen == 0 for figures in shop_record(other.shop, since=today))


def test_the_record_of_the_product_itself_needs_enough_scores(catalogue: list[Product]) -> None:
    product, other = catalogue[0], catalogue[1]
    forecast_body(product, LEAST_SCORED - 1, error=0.02, inside_80=4)
    forecast_body(other, LEAST_SCORED, error=0.08, inside_80=0)
    address = f"/api/predict/?product={product.pk}"
    few = APIClient().get(address).json()["product_record"]
    week = {"days": 7, "forecasts": LEAST_SCORED - 1, "days_seen": 5 * (LEAST_SCORED - 1)}
    figures = ("rel_mae", "crps", "coverage_80", "coverage_95", "no_better_than_last_price")
    assert few["least_forecasts"] == LEAST_SCORED
    assert few["horizons"][0] == week | dict.fromkeys(figures)
    forecast_body(product, 1, error=0.02, inside_80=4, first=LEAST_SCORED)
    enough, month = (APIClient().get(address).json()["product_record"]["horizons"][place] for place in (0, 2))
    assert (enough["rel_mae"], enough["coverage_80"], enough["coverage_95"]) == (0.5, 0.8, 1.0), "only its own count"
    assert enough["no_better_than_last_price"] is False
    assert (month["forecasts"], month["no_better_than_last_price"]) == (0, None)


@pytest.mark.parametrize(("error", "flag"), [(0.03, False), (0.0399, True), (0.04, True), (0.05, True)])
def test_it_says_where_forecasts_are_no_better_than_the_last_price(
    catalogue: list[Product], error: float, flag: bool
) -> None:
    forecast_body(catalogue[0], LEAST_SCORED, error=error, inside_80=4)
    body = APIClient().get(f"/api/predict/?product={catalogue[0].pk}").json()
    assert body["product_record"]["horizons"][0]["no_better_than_last_price"] is flag
    assert body["record"][0]["no_better_than_last_price"] is flag


def test_where_no_price_moved_nothing_is_better_than_the_last_price() -> None:
    assert HorizonFigures(7, 20, 140, rel_mae=None, error=0.0).no_better is True
    assert HorizonFigures(7).no_better is None


def test_what_was_said_of_another_product_under_the_same_sku_is_not_its_record(catalogue: list[Product]) -> None:
    product, today = catalogue[0], timezone.now().date()
    forecast_body(product, LEAST_SCORED, error=0.02, inside_80=4)
    assert product_record(product.pk, today=today)[0].forecasts == LEAST_SCORED
    product.series_since = timezone.now() - timedelta(days=7 + LEAST_SCORED // 2)
    product.save()
    assert 0 < product_record(product.pk, today=today)[0].forecasts < LEAST_SCORED


def forecast_body(product: Product, count: int, *, error: float, inside_80: int, first: int = 1) -> None:
    """So many forecasts of the product, one a day, scored over a week in which the price moved by 4 %."""
    now = timezone.now()
    training = Training.objects.create(status="done", standing="served", artefact="a", checksum="b", dispatch_at=now)
    for age in range(first, first + count):
        cutoff = now.date() - timedelta(days=7 + age)
        text = Forecast.objects.create(
            product=product, training=training, cutoff=cutoff, last_price=30, method="event", **PATHS
        )
        ForecastScore.objects.create(
            forecast=text,
            days=7,
            due_on=cutoff + timedelta(days=7),
            days_seen=5,
            error=error,
            naive_error=0.04,
            crps=0.01,
            inside_80=inside_80,
            inside_95=5,
            last_step=7,
            outcome=30.0,
        )


PATHS: dict[str, Any] = {"levels": [0.1, 0.5, 0.9], "quantiles": [[29, 30, 31]] * 30, "point": [30.0] * 30}


def test_too_short_a_history_is_a_conflict_with_its_reason(catalogue: list[Product]) -> None:
    call_command("retrain", "--all", "--wait")
    answer = APIClient().get(f"/api/predict/?product={catalogue[3].pk}")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "observed days" in answer.json()["detail"]


def test_a_price_that_jumped_is_not_answered_with_what_was_said_of_the_old_one(catalogue: list[Product]) -> None:
    address = f"/api/predict/?product={catalogue[0].pk}"
    call_command("retrain", "--all", "--wait")
    assert APIClient().get(address).status_code == 200
    begin = timezone.now() - timedelta(minutes=5)
    catalogue[0].latest_spell = SpellFactory(product=catalogue[0], price=300, first_seen=begin, last_seen=begin)
    catalogue[0].save()
    answer = APIClient().get(address)
    assert answer.status_code == 409
    assert "jumped from 30.00 to 300" in answer.json()["detail"]


ODDS = {"5": {"3": 0.02, "7": 0.125, "14": 0.3, "30": 0.55}, "10": {"7": 0.04, "14": 0.1, "30": 0.2}}


def test_the_odds_of_a_fall(catalogue: list[Product], capsys: pytest.CaptureFixture[str]) -> None:
    product, today = catalogue[0], timezone.now().date()
    training = Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=timezone.now()
    )
    fields = {"product": product, "training": training, "last_price": 30, "method": "event", **PATHS}
    Forecast.objects.create(**fields, cutoff=today - timedelta(days=1))
    address = f"/api/predict/?product={product.pk}"
    unknown = dict.fromkeys(("7", "14", "30"))
    assert APIClient().get(address).json()["odds"] == {"5": unknown, "10": unknown, "days_to_fall": None}
    assert Forecast.objects.get().odds == FallOdds(), "of before there were odds"
    Forecast.objects.create(**fields, cutoff=today, odds={**ODDS, "days_to_fall": 23})
    assert APIClient().get(address).json()["odds"] == {
        "5": {"7": 0.125, "14": 0.3, "30": 0.55},
        "10": {"7": 0.04, "14": 0.1, "30": 0.2},
        "days_to_fall": 23,
    }
    call_command("predict", product.pk, "--json")
    assert json.loads(capsys.readouterr().out)["odds"]["10"] == ODDS["10"]


def test_the_command_says_the_odds(catalogue: list[Product], capsys: pytest.CaptureFixture[str]) -> None:
    training = Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=timezone.now()
    )
    paths = {"levels": LEVELS.tolist(), "quantiles": [[30.0] * len(LEVELS)] * 30, "point": [30.0] * 30}
    fields = {"training": training, "cutoff": timezone.now().date(), "last_price": 30, "method": "event", **paths}
    Forecast.objects.create(product=catalogue[0], odds={**ODDS, "days_to_fall": 23}, **fields)
    Forecast.objects.create(product=catalogue[1], odds=ODDS, **fields)
    call_command("predict", catalogue[0].pk, "--days", "1")
    fall = timezone.now().date() + timedelta(days=23)
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "chance of a fall by 5 %: 12% within 7 days, 30% within 14 days, 55% within 30 days",
        "chance of a fall by 10 %: 4% within 7 days, 10% within 14 days, 20% within 30 days",
        f"a fall by 5 % is as likely as not by {fall}",
    ]
    call_command("predict", catalogue[1].pk, "--days", "1")
    assert capsys.readouterr().out.splitlines()[-1] == "a fall by 5 % is not expected within 30 days"


def test_no_history_at_all() -> None:
    answer = APIClient().get(f"/api/predict/?product={ProductFactory().pk}")
    assert answer.status_code == 409
    assert "No price" in answer.json()["detail"]
    assert not Training.objects.exists()


@pytest.mark.parametrize("query", ["", "product=x", "product=1&days=0", "product=1&days=10000", "product=1&days=-1"])
def test_bad_queries_are_problems_and_store_nothing(query: str) -> None:
    answer = APIClient().get(f"/api/predict/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not Training.objects.exists()


def test_an_unknown_product() -> None:
    assert APIClient().get("/api/predict/?product=12345").status_code == 404


def test_retrain_is_ordered_by_staff_and_followed_by_anybody(catalogue: list[Product]) -> None:
    staff = APIClient()
    staff.force_authenticate(UserFactory(staff=True))
    answer = staff.post("/api/retrain/", {"products": [catalogue[0].pk]})
    assert answer.status_code == 202
    assert APIClient().get(answer.json()["url"]).json()["status"] == "queued"
    assert APIClient().post("/api/retrain/", {}).status_code in {401, 403}


@pytest.mark.parametrize("body", [{"products": [99999]}, {"products": []}, {"all": True}, {"products": "x"}])
def test_bad_orders_are_problems(body: dict[str, Any]) -> None:
    staff = APIClient()
    staff.force_authenticate(UserFactory(staff=True))
    assert staff.post("/api/retrain/", body).status_code == 400
    assert not Training.objects.exists()


def test_the_commands(catalogue: list[Product], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("retrain", "--all", "--wait")
    assert "3 forecasts" in capsys.readouterr().out
    call_command("predict", catalogue[0].pk, "--days", "3")
    assert len(capsys.readouterr().out.splitlines()) == 9, "three days and the odds"
    with pytest.raises(CommandError, match="from 1 to 30, not 10000"):
        call_command("predict", catalogue[0].pk, "--days", "10000")
    with pytest.raises(CommandError, match="observed days"):
        call_command("predict", catalogue[3].pk)
    with pytest.raises(CommandError, match="No product has the id"):
        call_command("retrain", "--product", "99999", "--wait")
    assert Forecast.objects.count() == 3
