"""When prices leave the intervals that are served, a training is ordered at once, and only once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from forecasting.models import Forecast, Training, TrainingStatus
from forecasting.services.watch_drift import PAUSE, drifts, watch_drift
from scraping.models import Product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEVELS = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975]


@pytest.fixture
def catalogue(time_machine: Any) -> list[Product]:
    """Twenty products, trained two days ago, seen again today at the price of then."""
    time_machine.move_to(NOW)
    shop = ShopFactory(name="corner")
    over_at = NOW - timedelta(days=2)
    training = Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=over_at, finished_at=over_at
    )
    products = [ProductFactory(shop=shop) for _ in range(20)]
    for product in products:
        product.latest_spell = SpellFactory(product=product, price=Decimal(10), first_seen=NOW)
        product.save()
        day = [9.0 + 0.15 * place for place in range(13)]
        Forecast.objects.create(
            product=product,
            training=training,
            cutoff=over_at.date(),
            last_price=10,
            method="event model",
            levels=LEVELS,
            quantiles=[[10.0] * 13] + [day] * 29,
            point=[10.0] * 30,
        )
    return products


def dearer(products: list[Product], price: str = "12") -> None:
    for product in products:
        product.latest_spell = SpellFactory(
            product=product, price=Decimal(price), first_seen=NOW + timedelta(minutes=1)
        )
        product.save()


def test_prices_inside_order_nothing(catalogue: list[Product]) -> None:
    assert drifts(Training.objects.get())["corner"].outside == 0
    dearer(catalogue[:3])
    assert watch_drift() is None


def test_prices_outside_order_one_training_that_says_why(catalogue: list[Product]) -> None:
    dearer(catalogue[:8])
    ordered = watch_drift()
    assert ordered is not None
    assert (ordered.source, ordered.scope) == ("drift", "all")
    assert ordered.because == "corner: 8 of 20 prices lie outside their 95 % interval"
    assert watch_drift() is None, "it waits to be trained"


def test_a_price_is_held_against_the_interval_of_its_own_day(catalogue: list[Product]) -> None:
    """Two days on, the interval is wider than on the first."""
    dearer(catalogue, "10.5")
    assert drifts(Training.objects.get())["corner"].outside == 0


def test_a_training_of_today_is_given_time(catalogue: list[Product]) -> None:
    dearer(catalogue)
    lately = timezone.now() - PAUSE + timedelta(minutes=1)
    Training.objects.update(finished_at=lately)
    assert watch_drift() is None


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_one_that_came_to_nothing_is_not_ordered_again_each_hour(catalogue: list[Product], status: str) -> None:
    dearer(catalogue)
    over_at = Training.objects.create(status=status, dispatch_at=NOW, finished_at=NOW - PAUSE + timedelta(minutes=1))
    assert watch_drift() is None
    Training.objects.filter(pk=over_at.pk).update(finished_at=NOW - PAUSE)
    assert watch_drift() is not None


def test_prices_from_before_the_training_are_no_news(catalogue: list[Product]) -> None:
    dearer(catalogue)
    Training.objects.update(finished_at=NOW + timedelta(hours=1))
    assert drifts(Training.objects.get()) == {}
    assert not Training.objects.filter(status=TrainingStatus.QUEUED).exists()
