"""Indices are made of the forecasts of all shops, in their turn, whatever dies on the way."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from forecasting.models import Forecast, IndexForecast, PartKind, Training, TrainingPart, TrainingStatus
from forecasting.services.train import wait_for
from forecasting.services.train_part import train_part
from forecasting.services.training_dispatch import ready_parts
from scraping.models import Product, Shop
from tests.factories import ProductFactory, SpellFactory
from tests.forecasting.services.made_up_shop import made_up_shop, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spread")]


def train_shops(training: Training) -> None:
    """Everything that comes before the indices."""
    for part in training.parts.filter(stage__lte=1).order_by("stage"):
        assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE


def expected_path(products: Any) -> np.ndarray:
    rows = Forecast.objects.filter(product__in=products)
    return np.asarray(np.mean([np.log(np.array(row.point) / row.last_price) for row in rows], axis=0))


def relative_path(forecast: IndexForecast) -> np.ndarray:
    return np.log(np.array(forecast.point) / forecast.last_value)


def add_newcomer(shop: Shop, price: int = 90) -> Product:
    """A product of the last four days: in the index, and too young for a forecast."""
    product: Product = ProductFactory(shop=shop)
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=92)
    SpellFactory(
        product=product, first_seen=begin, last_seen=begin + timedelta(days=3), pauses=[86_400] * 3, price=price
    )
    return product


def test_the_index_agrees_with_the_products_of_all_its_shops() -> None:
    for products in (4, 2):
        add_newcomer(made_up_shop(products))
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    index = IndexForecast.objects.get()
    assert (index.training, index.grade, index.currency) == (training, "extra_virgin", "EUR")
    assert index.method == "sum_of_products"
    assert Forecast.objects.count() == 6
    np.testing.assert_allclose(relative_path(index), expected_path(Product.objects.all()), atol=1e-12)
    assert np.abs(relative_path(index)).max() > 0
    assert index.skill.coverage_80 is not None, "past paths came with the shops' results"


def test_grades_and_currencies_are_apart_and_no_litres_is_no_index() -> None:
    shop, other = made_up_shop(4), made_up_shop(2)
    Shop.objects.filter(pk=other.pk).update(currency="GBP")
    virgin, unknown = shop.products.order_by("pk")[:2]
    Product.objects.filter(pk=virgin.pk).update(grade="virgin")
    Product.objects.filter(pk=unknown.pk).update(litres=None)
    unknown.spells.update(litres=None)
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    baskets = {(row.grade, row.currency): row for row in IndexForecast.objects.all()}
    assert set(baskets) == {("extra_virgin", "EUR"), ("virgin", "EUR"), ("extra_virgin", "GBP")}
    np.testing.assert_allclose(relative_path(baskets["virgin", "EUR"]), expected_path([virgin]), atol=1e-12)
    rest = shop.products.exclude(pk__in=[virgin.pk, unknown.pk])
    np.testing.assert_allclose(relative_path(baskets["extra_virgin", "EUR"]), expected_path(rest), atol=1e-12)


def test_products_that_left_are_not_in_it() -> None:
    shop = made_up_shop(4)
    gone = made_up_shop(2, days=60)  # another shop, last seen weeks before
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    index = IndexForecast.objects.get()
    assert Forecast.objects.filter(product__shop=gone).count() == 2
    np.testing.assert_allclose(relative_path(index), expected_path(shop.products.all()), atol=1e-12)


def test_a_shop_some_days_behind_joins_where_its_path_is_by_then() -> None:
    made_up_shop(3)
    behind = made_up_shop(2, days=90)  # six days
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    index = IndexForecast.objects.get()
    paths = []
    for row in Forecast.objects.all():
        late = (index.cutoff - row.cutoff).days
        assert late == (6 if row.product.shop_id == behind.pk else 0)
        path = np.log(np.array(row.point) / row.last_price)
        paths.append(path[np.minimum(np.arange(30) + late, 29)])
    np.testing.assert_allclose(relative_path(index), np.mean(paths, axis=0), atol=1e-12)


def test_one_product_is_an_index() -> None:
    made_up_shop(1)
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    np.testing.assert_allclose(
        relative_path(IndexForecast.objects.get()), expected_path(Product.objects.all()), atol=1e-12
    )


def test_indices_wait_for_the_forecasts_of_all_shops_and_not_for_prophet() -> None:
    made_up_shop(3), made_up_shop(2)
    training = planned()
    indices = training.parts.get(kind=PartKind.INDICES)
    publish = training.parts.get(kind=PartKind.PUBLISH)
    assert PartKind.PROPHET in training.parts.values_list("kind", flat=True)
    for part in training.parts.exclude(kind__in=(PartKind.PROPHET, PartKind.INDICES, PartKind.PUBLISH)).order_by(
        "stage"
    ):
        assert indices.pk not in ready_parts(training.pk)
        assert train_part(part_id=indices.pk, enqueue=False) is None
        train_part(part_id=part.pk, enqueue=False)
    assert indices.pk in ready_parts(training.pk)
    assert train_part(part_id=indices.pk, enqueue=False) == TrainingStatus.DONE
    assert train_part(part_id=publish.pk, enqueue=False) is None, "Prophet is not over"


def test_a_worker_that_dies_on_the_indices_is_followed_by_another() -> None:
    made_up_shop(3)
    training = planned()
    train_shops(training)
    part = training.parts.get(kind=PartKind.INDICES)
    now = timezone.now()
    dead = TrainingPart.objects.claim(part.pk, now=now - timedelta(hours=1), lease=timedelta(minutes=1))
    assert dead
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert not TrainingPart.objects.held(part.pk, dead).update(reason="too late")
    assert IndexForecast.objects.count() == 1


def test_indices_made_twice_are_published_once() -> None:
    made_up_shop(3)
    training = planned()
    train_shops(training)
    part = training.parts.get(kind=PartKind.INDICES)
    assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE
    TrainingPart.objects.filter(pk=part.pk).update(status="queued")
    assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert IndexForecast.objects.count() == 1


@pytest.mark.parametrize(("broken", "whole", "count"), [(2, 4, 1), (4, 2, 0)])
def test_without_a_shop_the_index_is_of_the_others_if_they_are_half_of_it(
    monkeypatch: Any, broken: int, whole: int, count: int
) -> None:
    failing, others = made_up_shop(broken), made_up_shop(whole)
    training = planned()
    training.parts.filter(kind=PartKind.FORECAST, shop=failing).update(status=TrainingStatus.FAILED, reason="by hand")
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert IndexForecast.objects.count() == count
    for index in IndexForecast.objects.all():
        np.testing.assert_allclose(relative_path(index), expected_path(others.products.all()), atol=1e-12)


def test_indices_that_fail_cost_nobody_a_forecast(monkeypatch: Any) -> None:
    made_up_shop(2)
    training = planned()

    def broken(*_args: Any, **_kwargs: Any) -> Any:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("forecasting.services.train_part.index_values", broken)
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert "ZeroDivisionError" in training.reason
    assert (Forecast.objects.count(), IndexForecast.objects.count()) == (2, 0)


def test_prices_of_after_the_training_began_are_not_in_it() -> None:
    """A training that runs over midnight: the index ends where the products' forecasts begin."""
    shop = made_up_shop(3)
    training = planned()
    train_shops(training)
    cutoff = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=95)
    for product in shop.products.all():
        SpellFactory(product=product, first_seen=cutoff + timedelta(days=1), price=Decimal(900))
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    index = IndexForecast.objects.get()
    assert index.cutoff == cutoff.date()
    assert index.last_value < 20
