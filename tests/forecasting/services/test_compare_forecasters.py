"""The leaderboard is made once a week, and trainings between carry it on."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from forecasting.models import PartKind, Training, TrainingStatus
from forecasting.services.compare_forecasters import comparison_due, forecasters_of
from forecasting.services.order_training import order_training
from forecasting.services.train import train
from scraping.models import Shop
from tests.forecasting.services.made_up_shop import made_up_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spread", "quick")]


@pytest.fixture
def quick(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weekly, and without the LSTM, which takes seconds to compile."""
    settings.OILWATCH_LEADERBOARD_DAYS = 7
    monkeypatch.setattr("forecasting.forecasters.registry.lstm_available", lambda: False)


def trained() -> Training:
    training = order_training(source="command", enqueue=False)
    assert train(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    return training


def compared(training: Training) -> bool:
    return training.parts.filter(kind=PartKind.COMPARE).exists()


def test_it_works() -> None:
    shop = made_up_shop(3)
    first = trained()
    assert not compared(first), "people wait for the first forecasts"
    assert "leaderboard" not in first.scores[shop.name]
    second = trained()
    assert compared(second)
    board = second.scores[shop.name]["leaderboard"]
    assert {"last_price", "published", "event", "prophet"} <= set(board)
    row = board["published"]["7"]
    assert row["n"] > 0
    assert row["cutoffs"] > 0
    assert second.scores[shop.name]["leaderboard_made_on"] == timezone.now().date().isoformat()
    third = trained()
    assert not compared(third)
    assert third.scores[shop.name]["leaderboard"] == board, "carried on"


def test_a_week_later_it_is_due_again(settings: Any) -> None:
    shop, today = made_up_shop(3), timezone.now().date()
    trained()
    second = trained()
    scope = {"scope": second.scope, "shop": shop.name}
    assert not comparison_due(**scope, today=today + timedelta(days=6))
    assert comparison_due(**scope, today=today + timedelta(days=7))
    settings.OILWATCH_LEADERBOARD_DAYS = 0
    assert not comparison_due(**scope, today=today + timedelta(days=70))


def test_prophet_knows_the_shop_s_holidays_and_sales() -> None:
    shop: Shop = made_up_shop(1)
    shop.country = "ES"
    prophet = next(
        one for one in forecasters_of(shop, today=timezone.now().date(), horizon=30) if one.name == "prophet"
    )
    assert prophet.inputs.country == "ES"
    assert prophet.inputs.promotions
    assert prophet.inputs.taxes == {}, "a tax is applied to every forecaster alike"
