"""A training among others: its champion, the ledger it learns from, the market and the law."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from forecasting.models import (
    Forecast,
    MarketRole,
    MarketSeries,
    Standing,
    TaxChange,
    Training,
    TrainingStatus,
)
from forecasting.selectors.current_forecast import champion_of, latest_forecast
from forecasting.services.order_training import order_training
from forecasting.services.rule_standing import roll_back, serve
from forecasting.services.train import train, wait_for
from scraping.models import Product, Shop
from tests.forecasting.services.made_up_shop import made_up_shop, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spread")]


@pytest.fixture
def trained() -> tuple[Product, Training]:
    shop = made_up_shop(3)
    training = order_training(source="command", enqueue=False)
    assert train(training_id=training.pk) == TrainingStatus.DONE
    return shop.products.earliest("pk"), Training.objects.get(pk=training.pk)


def test_a_challenger_that_is_worse_is_held_back(trained: tuple[Product, Training], monkeypatch: Any) -> None:
    product, champion = trained
    monkeypatch.setattr("forecasting.services.publish_training.why_worse", lambda *_: "demo: CRPS 0.9 against 0.5")
    challenger = order_training(source="command", enqueue=False)
    train(training_id=challenger.pk)
    challenger.refresh_from_db()
    assert challenger.standing == Standing.HELD_BACK
    assert f"training {champion.pk} stays champion: demo: CRPS 0.9" in challenger.standing_reason
    assert latest_forecast(product).training_id == champion.pk == champion_of("all").pk
    serve(training_ids=[challenger.pk], by="anna")
    assert latest_forecast(product).training_id == challenger.pk


def test_an_old_champion_makes_way_all_the_same(trained: tuple[Product, Training], monkeypatch: Any) -> None:
    _, champion = trained
    Training.objects.filter(pk=champion.pk).update(finished_at=timezone.now() - timedelta(days=4))
    monkeypatch.setattr("forecasting.services.publish_training.why_worse", lambda *_: "worse")
    challenger = order_training(source="command", enqueue=False)
    train(training_id=challenger.pk)
    challenger.refresh_from_db()
    assert challenger.standing == Standing.SERVED
    assert "too old" in challenger.standing_reason


def test_rolling_back_serves_the_forecasts_of_before(trained: tuple[Product, Training]) -> None:
    product, first = trained
    second = order_training(source="command", enqueue=False)
    train(training_id=second.pk)
    assert latest_forecast(product).training_id == second.pk
    assert roll_back(training_ids=[second.pk], by="anna") == 1
    second.refresh_from_db()
    assert (second.standing, second.standing_reason) == (Standing.ROLLED_BACK, "rolled back by anna")
    assert latest_forecast(product).training_id == first.pk
    assert roll_back(training_ids=[first.pk], by="anna") == 0, "the last one served has nothing behind it"
    serve(training_ids=[second.pk], by="anna")
    assert roll_back(training_ids=[first.pk, second.pk], by="anna") == 1, "one of both is left"
    assert champion_of("all") is not None


def test_the_market_and_the_law_reach_the_forecast(monkeypatch: Any) -> None:
    """An announced tax moves the path from its day on; cross-validation and forecast know the producer price alike."""
    shop, market = made_up_shop(3), made_up_shop(1)
    Shop.objects.filter(pk=shop.pk).update(country="ES")
    MarketSeries.objects.create(product=market.products.get(), role=MarketRole.ORIGIN, name="origin", unit="kg")
    last = date(2026, 4, 6)
    TaxChange.objects.create(
        country="ES", starts_on=last + timedelta(days=10), percent_before=Decimal(0), percent_after=Decimal(10)
    )
    from forecasting.services import train_part as module

    cross_validate, result = module.cross_validate_catalogue, []

    def listening(catalogue: Any, **options: Any) -> Any:
        result.append(options["known"].producer_price)
        return cross_validate(catalogue, **options)

    monkeypatch.setattr(module, "cross_validate_catalogue", listening)
    training = planned(product_ids=list(shop.products.values_list("pk", flat=True)))
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert [series.key for series in result] == ["producer_price", "producer_price"]
    forecast = Forecast.objects.filter(training=training).first()
    assert forecast is not None
    assert forecast.cutoff == last
    assert forecast.point[9] / forecast.point[8] > 1.05
