"""Every page of the admin opens; "scrape now" and "retrain now" order work."""

import json
from datetime import date
from html import unescape

import pytest
from django.contrib import admin
from django.core.serializers import deserialize, serialize
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forecasting.models import Training
from forecasting.policy.advice import Advice, AdviceCode
from forecasting.product_forecast import ForecastSkill
from forecasting.serialization.published_json import advice_json
from scraping.models import QuarantinedOffer, ScrapeRun
from tests.factories import ProductFactory, SpellFactory, UserFactory, VisitFactory
from tests.record_rows import done_training, forecast_of, index_forecast_of

pytestmark = pytest.mark.django_db
MODELS = [model for model in admin.site._registry if model._meta.app_label in {"scraping", "forecasting", "dashboard"}]


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_page_opens(operator: Client, model: type) -> None:
    SpellFactory()
    VisitFactory()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert operator.get(reverse(f"{name}_changelist")).status_code == 200
    assert operator.get(reverse(f"{name}_changelist"), {"q": "x"}).status_code in {200, 302}
    assert operator.get(reverse(f"{name}_add")).status_code in {200, 403}
    row = model._default_manager.first()
    if row is not None:
        assert operator.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_all_tables_are_there() -> None:
    assert {model.__name__ for model in MODELS} == {
        *("Shop", "Product", "PriceSpell", "Visit", "ScrapeRun", "Training", "Forecast", "Alert", "Delivery"),
        *("Channel", "AlertEvent", "NotificationPreferences", "MailAddress"),
        *("SavedSearch", "QuarantinedOffer", "IndexForecast", "MarketSeries", "ForecastScore", "AdviceScore"),
        *("IndexScore", "TaxChange", "PriceRule", "MethodForecast", "MethodScore", "PromotionPeriod"),
    }


def test_the_ledger_shows_advice_and_skill_as_the_api_does(operator: Client) -> None:
    skill = ForecastSkill(days=30, rel_mae=0.8, notes=("never_changed",))
    advice = Advice("wait", AdviceCode.WAITING_PAYS, date(2026, 12, 7), expected_saving=0.02)
    training = done_training()
    forecast = forecast_of(ProductFactory(), training, skill=skill, advice=advice)
    index = index_forecast_of(training, simulated=False)
    page = operator.get(reverse("admin:forecasting_forecast_change", args=[forecast.pk])).content.decode()
    text = unescape(page)
    assert "Waiting until 2026-12-07 is expected to save 2.0%." in text
    assert "The price has never changed so far." in text
    page += operator.get(reverse("admin:forecasting_indexforecast_change", args=[index.pk])).content.decode()
    assert "Advice(" not in page
    assert "ForecastSkill(" not in page
    assert "FallOdds(" not in page
    assert '"days_to_fall": null' in text


def test_the_ledger_can_be_dumped_and_loaded() -> None:
    skill = ForecastSkill(days=30, rel_mae=0.8, notes=("never_changed",))
    forecast = forecast_of(ProductFactory(), done_training(), skill=skill, advice=Advice("buy"))
    dumped = serialize("json", [forecast])
    [read] = deserialize("json", dumped)
    assert json.loads(dumped)[0]["fields"]["advice"]["word"] == "buy"
    assert read.object.advice == advice_json(forecast.advice), "as JSON, which is what the column takes"


def test_scrape_now(operator: Client) -> None:
    product = ProductFactory()
    answer = operator.post(
        reverse("admin:scraping_product_changelist"),
        {"action": "scrape_now", "_selected_action": [product.pk]},
        follow=True,
    )
    assert "1 check started" in answer.content.decode()
    assert ScrapeRun.objects.get().visits.get().product == product


def test_retrain_now(operator: Client) -> None:
    page = operator.get(reverse("admin:forecasting_training_changelist")).content.decode()
    assert "Retrain now" in page
    operator.post(reverse("admin:forecasting_training_retrain"))
    assert Training.objects.get().source == "admin"


def test_roll_back_and_serve(operator: Client) -> None:
    done = {"status": "done", "standing": "served", "artefact": "a", "checksum": "b", "dispatch_at": timezone.now()}
    old, new = (Training.objects.create(**done) for _ in range(2))
    for action, standing in (("roll_back_selected", "rolled_back"), ("serve_selected", "served")):
        operator.post(
            reverse("admin:forecasting_training_changelist"), {"action": action, "_selected_action": [new.pk]}
        )
        new.refresh_from_db()
        assert new.standing == standing
        assert new.standing_reason.split(" by ")[1]
    assert operator.get(reverse("admin:forecasting_training_change", args=[old.pk])).status_code == 200


def test_getting_the_button_orders_nothing(operator: Client) -> None:
    operator.get(reverse("admin:forecasting_training_retrain"))
    assert not Training.objects.exists()


def test_guesses_at_a_password_are_locked_out() -> None:
    person = UserFactory(staff=True)
    client = Client()
    codes = [
        client.post(reverse("admin:login"), {"username": person.username, "password": str(guess)}).status_code
        for guess in range(8)
    ]
    assert codes[0] == 200
    assert codes[-1] == 429


SCORES = {"demo": {"horizons": {"30": {"n": 120, "rel_mae": 0.8751234567890123, "coverage_80": 0.8123456789012345}}}}


def test_a_training_shows_figures_to_decide_by(operator: Client) -> None:
    scores = {"demo": {**SCORES["demo"], "reference": SCORES["demo"]["horizons"]}}
    reason = "training 7 stays champion: demo: 30 of 60 prices lie outside their 95 % interval"
    training = done_training(scores=scores, reason="60 forecasts, none skipped", standing_reason=reason)
    spanish = {"accept-language": "es"}
    rows = operator.get(reverse("admin:forecasting_training_changelist"), headers=spanish).content.decode()
    assert "−12,5\u00a0%" in rows
    assert "81\u00a0%" in rows
    assert "previsiones: 60, ninguna omitida" in rows
    page = operator.get(reverse("admin:forecasting_training_change", args=[training.pk]), headers=spanish)
    text = page.content.decode()
    assert '<table class="figures">' in text
    assert "sigue en servicio el entrenamiento 7" in text
    assert "8751234567" not in text


def test_an_empty_quarantine_says_what_belongs_there(operator: Client) -> None:
    address = reverse("admin:scraping_quarantinedoffer_changelist")
    assert "Nothing is held for review." in operator.get(address).content.decode()
    now = timezone.now()
    QuarantinedOffer.objects.create(visit=VisitFactory(status="implausible", started_at=now, finished_at=now), why="x")
    assert "A price comes here" not in operator.get(address).content.decode()
    filtered = operator.get(address, {"decision__exact": "accepted"}).content.decode()
    assert "A price comes here" in filtered
    assert "Nothing is held for review." not in filtered


def test_products_filter_by_doubtful_volume(operator: Client) -> None:
    for title, price in (*((f"Aceite {number}", 10) for number in range(6)), ("Garrafa mal leída", 1)):
        product = ProductFactory(title=title, grade="virgin")
        spell = SpellFactory(product=product, price=price, price_per_litre=price)
        type(product).objects.filter(pk=product.pk).update(latest_spell=spell)
    page = operator.get(reverse("admin:scraping_product_changelist"), {"doubtful_volume": "yes"}).content.decode()
    assert "Garrafa mal leída" in page
    assert "Aceite 1" not in page


def test_messages_of_actions_are_in_spanish(operator: Client) -> None:
    training = Training.objects.create(dispatch_at=timezone.now())
    product = ProductFactory(proposal="waiting", watched=False)
    for model, action, row, text in (
        ("forecasting_training", "cancel_selected", training, "1 entrenamiento cancelado."),
        ("forecasting_training", "roll_back_selected", training, "1 entrenamiento sin cambios"),
        ("scraping_product", "accept_selected", product, "Se sigue ahora 1 producto."),
    ):
        answer = operator.post(
            reverse(f"admin:{model}_changelist"),
            {"action": action, "_selected_action": [row.pk]},
            follow=True,
            headers={"accept-language": "es"},
        )
        assert text in answer.content.decode()
