"""Night after night: what is served is measured by the best before it, and nobody is served on stale forecasts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from forecasting.models import Standing, Training
from forecasting.pipeline import forecast_catalogue
from forecasting.services.order_training import order_training
from forecasting.services.rule_standing import serve
from forecasting.services.train import train
from scraping.models import Shop
from tests.forecasting.services.made_up_shop import made_up_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spread")]


def nightly(monkeypatch: Any, crps: float) -> Training:
    """A training of everything whose backtest of the shop came out so."""
    made = forecast_catalogue

    def scored(*args: Any, **kwargs: Any) -> Any:
        figures = {"30": {"n": 1000, "crps_pct": crps, "rel_mae": 0.9}}
        return replace(made(*args, **kwargs), scores={"horizons": figures, "reference": {"30": {"crps_pct": 1.0}}})

    monkeypatch.setattr("forecasting.services.train_part.forecast_catalogue", scored)
    training = order_training(source="schedule", enqueue=False)
    train(training_id=training.pk)
    training.refresh_from_db()
    return training


def test_a_champion_a_little_worse_each_night_ends_at_the_bar(monkeypatch: Any) -> None:
    made_up_shop(3)
    nights = [nightly(monkeypatch, crps) for crps in (0.50, 0.52, 0.54, 0.56)]
    assert [night.standing for night in nights] == ["served", "served", "served", "held_back"]
    assert "CRPS 0.560 of the last price's, the baseline is 0.500" in nights[3].standing_reason
    assert nights[2].baseline == {Shop.objects.get().name: {"crps": 0.50, "error": 0.9}}
    Training.objects.filter(standing=Standing.SERVED).update(finished_at=timezone.now() - timedelta(days=4))
    let_through, after = nightly(monkeypatch, 0.57), nightly(monkeypatch, 0.58)
    assert "too old" in let_through.standing_reason
    assert (after.standing, after.baseline) == ("served", let_through.baseline), (
        "measured by what had to be let through"
    )


def test_a_champion_without_a_baseline_of_its_own_is_the_baseline(monkeypatch: Any) -> None:
    """As trainings of before there were baselines are."""
    made_up_shop(3)
    with monkeypatch.context() as earlier:
        earlier.setattr("forecasting.services.publish_training.baseline_after", lambda *_: {})
        nightly(monkeypatch, 0.50)
    assert nightly(monkeypatch, 0.56).standing == Standing.HELD_BACK


def test_an_operator_who_serves_a_worse_one_lowers_the_bar(monkeypatch: Any) -> None:
    made_up_shop(3)
    nightly(monkeypatch, 0.50)
    serve(training_ids=[nightly(monkeypatch, 0.56).pk], by="anna")
    assert nightly(monkeypatch, 0.57).standing == Standing.SERVED
