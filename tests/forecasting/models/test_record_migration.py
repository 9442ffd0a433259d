"""On upgrade a training counts from when it was served, and scores of what was known already are made anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from forecasting.models import AdviceScore, ForecastScore, IndexScore, Training
from tests.record_rows import DAY, NOW, real_product


@contextmanager
def before(migration: str) -> Iterator[Any]:
    """The tables as they were after this migration; afterwards as they are now."""
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "forecasting"]
    try:
        executor.migrate([("forecasting", migration)])
        yield executor.loader.project_state([("forecasting", migration)]).apps
    finally:
        MigrationExecutor(connection).migrate(newest)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_scores_of_what_was_known_are_made_anew() -> None:
    product_id = real_product().pk
    today, figures = NOW.date(), {"error": 0.1, "naive_error": 0.1, "crps": 0.1, "last_step": 1, "outcome": 40.0}
    with before("0017_plain_labels") as old:
        trainings, forecasts = old.get_model("forecasting", "Training"), old.get_model("forecasting", "Forecast")
        shape = {"method": "m", "levels": [0.5], "quantiles": [[1.0]] * 30, "point": [1.0] * 30}

        def training(**fields: Any) -> Any:
            values = {"status": "done", "standing": "served", "artefact": "a", "checksum": "b", "dispatch_at": NOW}
            return trainings.objects.create(**{**values, "finished_at": NOW - DAY, **fields})

        def scored(trained: Any, cutoff: Any) -> int:
            forecast = forecasts.objects.create(
                product_id=product_id, training=trained, cutoff=cutoff, last_price=1, **shape
            )
            due = {"forecast": forecast, "due_on": today}
            old.get_model("forecasting", "ForecastScore").objects.create(**due, days=7, days_seen=1, **figures)
            old.get_model("forecasting", "AdviceScore").objects.create(**due, word="buy", days=7, waited=1, lowest=1)
            return int(forecast.pk)

        def scored_index(cutoff: Any) -> int:
            basket = {"grade": "virgin", "currency": "EUR", "last_value": 8, "training": trainings.objects.first()}
            forecast = old.get_model("forecasting", "IndexForecast").objects.create(cutoff=cutoff, **basket, **shape)
            scores = old.get_model("forecasting", "IndexScore").objects
            scores.create(forecast=forecast, due_on=today, days=7, days_seen=1, **figures)
            return int(forecast.pk)

        timely, late = scored(training(), today + DAY), scored(training(), today - timedelta(days=9))
        imported = scored(training(source="import"), today + DAY)
        by_hand = training(standing_reason="served by operator").pk
        hidden = training(standing="held_back").pk
        timely_index, _ = scored_index(today + DAY), scored_index(today - timedelta(days=9))
    assert {late, imported}.isdisjoint(ForecastScore.objects.values_list("forecast_id", flat=True))
    assert ForecastScore.objects.get().forecast_id == AdviceScore.objects.get().forecast_id == timely
    assert IndexScore.objects.get().forecast_id == timely_index
    served_from = dict(Training.objects.values_list("pk", "served_from"))
    assert served_from.pop(hidden) is None
    assert (served_from.pop(by_hand) or NOW - DAY) > NOW - timedelta(hours=1)
    assert set(served_from.values()) == {NOW - DAY}


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_advice_scored_before_keeps_the_figure_of_its_limit() -> None:
    product_id, today = real_product().pk, NOW.date()
    with before("0023_advice_without_hurry") as old:
        training = old.get_model("forecasting", "Training").objects.create(
            status="done", standing="served", artefact="a", checksum="b", dispatch_at=NOW, finished_at=NOW
        )
        forecast = old.get_model("forecasting", "Forecast").objects.create(
            product_id=product_id, training=training, cutoff=today, last_price=1, method="m",
            levels=[0.5], quantiles=[[1.0]], point=[1.0],
        )  # fmt: skip
        old.get_model("forecasting", "AdviceScore").objects.create(
            forecast=forecast, due_on=today - 30 * DAY, word="wait", days=14, waited=1.1, lowest=0.9
        )
    score = AdviceScore.objects.get()
    assert (score.waited, score.always) == (1.1, 1.1)
    with pytest.raises(IntegrityError, match="a score is not changed"), transaction.atomic():
        AdviceScore.objects.update(waited=1.0)
