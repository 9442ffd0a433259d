"""Prophet's curves: made by parts of a training, published with its forecasts, each once."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.models import Forecast, MethodForecast, PartKind, TrainingPart, TrainingStatus
from forecasting.series import Series
from forecasting.services.train import wait_for
from forecasting.services.train_part import train_part
from scraping.services.seed_demo import remove_demo
from scraping.services.shops import demo_shop
from tests.factories import ProductFactory
from tests.forecasting.services.made_up_shop import made_up_shop, planned
from tests.record_rows import done_training, real_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spread")]


def curve_of(product: Any, training: Any, **fields: Any) -> MethodForecast:
    shape = {"method": "prophet", "levels": [0.1, 0.5, 0.9], "quantiles": [[39.0, 40.0, 41.0]] * 30}
    values = {"product": product, "training": training, "cutoff": date(2026, 3, 1), "last_price": 40.0, **shape}
    return MethodForecast.objects.create(**{**values, **fields})


def test_every_product_that_has_a_curve_gets_one_with_the_training() -> None:
    shop = made_up_shop(4)
    constant = shop.products.order_by("pk")[2]
    training = planned()
    prophet = training.parts.filter(kind=PartKind.PROPHET)
    assert sorted(prophet.values_list("share", "shares")) == [(0, 2), (1, 2)]
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    curves = MethodForecast.objects.filter(training=training)
    others = shop.products.exclude(pk=constant.pk).values_list("pk", flat=True)
    assert sorted(curves.values_list("product_id", flat=True)) == sorted(others)
    curve = curves[0]
    published = Forecast.objects.get(product=curve.product)
    assert (curve.method, curve.cutoff, curve.last_price) == ("prophet", published.cutoff, published.last_price)
    assert (len(curve.quantiles), len(curve.levels), len(curve.point)) == (30, 13, 30)
    assert all(day == sorted(day) for day in curve.quantiles)


def test_what_a_curve_was_made_with_is_kept(monkeypatch: Any) -> None:
    """The code goes through the part's result into the table."""
    made_up_shop(2)
    gate = "forecasting.forecasters.prophet_curve.grades_with_gain"
    monkeypatch.setattr(gate, lambda panel, cutoff, horizon, known: frozenset(known.grades.values()))
    inputs = "forecasting.services.train_part.prophet_inputs_of"
    monkeypatch.setattr(inputs, lambda shop, *, today, horizon: _beside_a_market(shop, today))
    assert wait_for(training_id=planned().pk) == TrainingStatus.DONE
    assert [curve.inputs for curve in MethodForecast.objects.all()] == [["producer_price"]] * 2


def _beside_a_market(shop: Any, today: date) -> ProphetInputs:
    days = 800
    prices = 5 + np.sin(np.arange(days) / 40)
    market = Series("market", today - timedelta(days=days - 1), prices, np.ones(days, dtype=bool))
    grades = {str(pk): "olive" for pk in shop.products.values_list("pk", flat=True)}
    return ProphetInputs(producer_price=market, grades=grades)


def test_a_part_whose_worker_died_is_done_again_and_nothing_is_there_twice(monkeypatch: Any) -> None:
    """Killed in the middle, its lease runs out, another worker does it, and the first comes back too late."""
    made_up_shop(4)
    training = planned()
    for before in training.parts.filter(stage=0):
        train_part(part_id=before.pk, enqueue=False)
    part = training.parts.filter(kind=PartKind.PROPHET).first()
    from forecasting.services import train_part as module

    curves = module.prophet_curves

    def killed(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "prophet_curves", killed)
    with pytest.raises(KeyboardInterrupt):
        train_part(part_id=part.pk, enqueue=False)
    assert not MethodForecast.objects.exists()

    def overtaken(catalogue: Any, **options: Any) -> Any:
        monkeypatch.setattr(module, "prophet_curves", curves)
        TrainingPart.objects.filter(pk=part.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
        assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE
        return curves(catalogue, **options)

    monkeypatch.setattr(module, "prophet_curves", overtaken)
    TrainingPart.objects.filter(pk=part.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
    assert train_part(part_id=part.pk, enqueue=False) is None
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert (Forecast.objects.count(), MethodForecast.objects.count()) == (4, 3), "one price never changed"


def test_a_part_that_fails_costs_no_published_forecast(monkeypatch: Any) -> None:
    shop = made_up_shop(2)

    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("forecasting.services.train_part.prophet_curves", broken)
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert f"{shop.name}: ZeroDivisionError" in training.reason
    assert (Forecast.objects.count(), MethodForecast.objects.count()) == (2, 0)


def test_a_product_removed_meanwhile_costs_nobody_else_a_curve() -> None:
    shop = made_up_shop(2)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH).order_by("stage"):
        train_part(part_id=part.pk, enqueue=False)
    gone, stays = shop.products.order_by("pk")
    gone.delete()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert list(MethodForecast.objects.values_list("product_id", flat=True)) == [stays.pk]


def test_it_can_be_switched_off(settings: Any) -> None:
    settings.OILWATCH_PROPHET_CURVES = False
    made_up_shop(2)
    assert not planned().parts.filter(kind=PartKind.PROPHET).exists()


def test_a_curve_is_neither_changed_nor_deleted_nor_twice() -> None:
    curve = curve_of(real_product(), done_training())
    with pytest.raises(IntegrityError), transaction.atomic():
        MethodForecast.objects.update(last_price=1.0)
    with pytest.raises(IntegrityError), transaction.atomic():
        curve_of(curve.product, curve.training)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'on', true)")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("DELETE FROM forecasting_methodforecast")


def test_simulated_curves_go_with_the_demo_shop() -> None:
    training = done_training()
    real = curve_of(real_product(), training)
    curve_of(ProductFactory(shop=demo_shop()), training)
    assert remove_demo() == 1
    assert MethodForecast.objects.get() == real


def test_holidays_and_sales_are_those_of_the_shop_s_country() -> None:
    from forecasting.selectors.prophet_inputs import prophet_inputs_of

    product = real_product()
    product.shop.country = "ES"
    known = prophet_inputs_of(product.shop, today=date(2026, 3, 1), horizon=30)
    assert known.country == "ES"
    assert {day.name for day in known.promotions} >= {"Black Friday", "Prime Day"}
    assert [step.day.year for step in known.taxes[str(product.pk)]] == [2024, 2024, 2025]
