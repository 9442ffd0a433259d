"""A training is a job and a ledger entry: claimed once, written whole, never changed."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from forecasting.models import Forecast, Training, TrainingStatus
from forecasting.services.artefacts import BrokenArtefact, read_artefact, write_artefact
from forecasting.services.order_training import cancel, order_training
from forecasting.services.train import train
from forecasting.services.training_dispatch import reconcile_trainings
from scraping.models import Adapter, Product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def artefacts(settings: Any, tmp_path: Path) -> Path:
    settings.OILWATCH_ARTEFACTS = tmp_path
    return tmp_path


@pytest.fixture
def catalogue() -> list[Product]:
    """Three products with sixty days of steps each, and one with three days."""
    shop = ShopFactory(adapter=Adapter.IMPORT)
    products = [ProductFactory(shop=shop) for _ in range(4)]
    for number, product in enumerate(products):
        for step in range(10 if number < 3 else 0):
            begin = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=6 * step)
            SpellFactory(
                product=product,
                first_seen=begin,
                last_seen=begin + timedelta(days=5),
                pauses=[86_400] * 5,
                price=Decimal(30 + number + (step % 3)),
            )
    begin = datetime(2026, 2, 26, 12, tzinfo=UTC)
    SpellFactory(product=products[3], first_seen=begin, last_seen=begin + timedelta(days=3), pauses=[86_400] * 3)
    return products


def test_it_works(catalogue: list[Product], artefacts: Path) -> None:
    training = order_training(source="command", enqueue=False)
    assert train(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert Forecast.objects.count() == 3
    assert list(training.refused) == [str(catalogue[3].pk)]
    assert "few_days" in training.refused[str(catalogue[3].pk)]
    forecast = Forecast.objects.filter(product=catalogue[0]).get()
    assert forecast.cutoff == date(2026, 3, 1)
    assert len(forecast.quantiles) == len(forecast.point) == 30
    assert all(low <= high for row in forecast.quantiles for low, high in pairwise(row))
    assert forecast.last_price == 30
    assert json.loads((artefacts / training.artefact).read_text())["training"] == training.pk
    assert read_artefact(name=training.artefact, checksum=training.checksum)["training"] == training.pk
    assert training.fingerprint
    assert training.versions["prophet"]


def test_the_same_data_have_the_same_fingerprint(catalogue: list[Product]) -> None:
    prints = set()
    for _ in range(2):
        training = order_training(source="command", enqueue=False)
        train(training_id=training.pk)
        training.refresh_from_db()
        prints.add(training.fingerprint)
    assert len(prints) == 1


def test_a_waiting_order_is_not_doubled() -> None:
    assert order_training(source="api") == order_training(source="admin")
    assert order_training(source="api", product_ids=[1]) != order_training(source="api")


def test_two_orders_at_the_same_moment_are_one(monkeypatch: Any) -> None:
    """Neither sees the other when it looks; the database lets one of them in."""
    first = order_training(source="api")
    real, blind = QuerySet.get, [True]

    def checks_too_early(rows: Any, *args: Any, **fields: Any) -> Any:
        if blind and blind.pop():
            raise Training.DoesNotExist
        return real(rows, *args, **fields)

    monkeypatch.setattr(QuerySet, "get", checks_too_early)
    assert order_training(source="admin") == first
    assert Training.objects.count() == 1


def test_one_running_training_a_scope(catalogue: list[Product]) -> None:
    first = order_training(source="api", enqueue=False)
    lease = timedelta(minutes=1)
    Training.objects.claim(first.pk, now=timezone.now(), lease=lease)
    second = order_training(source="api", enqueue=False)
    assert second.pk != first.pk
    assert train(training_id=second.pk) is None
    with pytest.raises(IntegrityError, match="a_scope_has_one_running_training"), transaction.atomic():
        Training.objects.claim(second.pk, now=timezone.now(), lease=lease)


def test_a_cancelled_training_writes_nothing(catalogue: list[Product], monkeypatch: Any) -> None:
    training = order_training(source="api", enqueue=False)
    from forecasting.services import train_part as module

    fit = module.forecast_catalogue

    def cancelled_meanwhile(*args: Any, **kwargs: Any) -> Any:
        assert cancel(training_ids=[training.pk]) == 1
        return fit(*args, **kwargs)

    monkeypatch.setattr(module, "forecast_catalogue", cancelled_meanwhile)
    assert train(training_id=training.pk) == TrainingStatus.CANCELLED
    assert not Forecast.objects.exists()
    assert not training.parts.open().exists()


def test_an_error_fails_the_training_and_says_why(catalogue: list[Product], monkeypatch: Any) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> Any:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("forecasting.services.train_part.forecast_catalogue", broken)
    training = order_training(source="api", enqueue=False)
    assert train(training_id=training.pk) == TrainingStatus.FAILED
    training.refresh_from_db()
    assert training.reason == f"{catalogue[0].shop.name}: ZeroDivisionError: by hand"


def test_a_published_forecast_is_never_changed(catalogue: list[Product]) -> None:
    train(training_id=order_training(source="api", enqueue=False).pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Forecast.objects.update(method="better in retrospect")


def test_a_training_nobody_took_is_rung_for() -> None:
    order_training(source="api", enqueue=False)
    now = timezone.now() + timedelta(minutes=2)
    assert reconcile_trainings(now=now) == 1
    assert reconcile_trainings(now=now) == 0, "enqueued a moment ago"


def test_a_harmed_artefact_is_not_read(artefacts: Path) -> None:
    checksum = write_artefact(name="training-1.json", content={"a": 1})
    assert read_artefact(name="training-1.json", checksum=checksum) == {"a": 1}
    (artefacts / "training-1.json").write_text('{"a":2}')
    with pytest.raises(BrokenArtefact, match="checksum"):
        read_artefact(name="training-1.json", checksum=checksum)
    with pytest.raises(BrokenArtefact, match="cannot be read"):
        read_artefact(name="../../etc/passwd", checksum=checksum)
