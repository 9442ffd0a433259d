"""The health page says what is not well."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from forecasting.models import Training, TrainingPart
from scraping.models import Visit
from tests.factories import ProductFactory, ShopFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sending_beat() -> None:
    every = IntervalSchedule.objects.create(every=1, period="minutes")
    PeriodicTask.objects.create(name="x", task="x", interval=every, last_run_at=timezone.now())


def health() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/health/")
    return answer.status_code, answer.json()["checks"]


def test_well() -> None:
    ProductFactory(last_visit_at=timezone.now())
    code, checks = health()
    assert code == 200, checks


def test_a_shop_not_looked_at_for_twice_its_interval() -> None:
    product = ProductFactory()
    product.last_visit_at = timezone.now() - 3 * product.shop.visit_interval
    product.save()
    code, checks = health()
    assert (code, list(checks["looks"]["late"])) == (503, [product.shop.name])


def test_a_product_just_added_is_not_late() -> None:
    product = ProductFactory()
    assert health()[0] == 200
    type(product).objects.update(created_at=timezone.now() - 3 * product.shop.visit_interval)
    assert list(health()[1]["looks"]["late"]) == [product.shop.name]


def test_work_that_nobody_takes() -> None:
    product = ProductFactory(last_visit_at=timezone.now())
    waiting = VisitFactory(product=product, status="queued")
    assert health()[1]["queue"] == {"ok": True, "visits_open": 1, "trainings_open": 0}
    Visit.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    code, checks = health()
    assert (code, checks["queue"]["ok"]) == (503, False)
    assert "no worker" in checks["queue"]["why"]
    assert checks["queue"]["waiting"] == 1
    assert "celery --app oilwatch worker" in checks["queue"]["cure"][0]
    now = timezone.now()
    VisitFactory(product=product, status="ok", due_at=now, started_at=now, finished_at=now)
    assert health()[0] == 200


def test_a_training_that_nobody_plans() -> None:
    training = Training.objects.create(dispatch_at=timezone.now())
    assert health()[0] == 200
    Training.objects.filter(pk=training.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    code, checks = health()
    assert (code, checks["queue"]["waiting"]) == (503, 1)


def test_a_worker_that_keeps_its_lease_is_alive() -> None:
    product = ProductFactory(last_visit_at=timezone.now())
    long_ago = timezone.now() - timedelta(minutes=40)
    VisitFactory(product=product, status="queued")
    Visit.objects.update(created_at=long_ago)
    training = Training.objects.create(
        dispatch_at=long_ago, status="running", started_at=long_ago, lease_until=timezone.now() + timedelta(hours=1)
    )
    part = TrainingPart.objects.create(
        training=training,
        kind="prophet",
        stage=1,
        status="running",
        dispatch_at=long_ago,
        started_at=long_ago,
        lease_until=timezone.now() + timedelta(minutes=1),
    )
    assert health()[0] == 200
    TrainingPart.objects.filter(pk=part.pk).update(lease_until=long_ago)
    assert health()[0] == 503


def test_a_silent_beat() -> None:
    PeriodicTask.objects.update(last_run_at=timezone.now() - timedelta(minutes=6))
    code, checks = health()
    assert (code, checks["beat"]["ok"]) == (503, False)


def test_no_redis(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    code, checks = health()
    assert (code, checks["redis"]["ok"]) == (503, False)


def test_live_needs_no_stores() -> None:
    assert Client().get("/health/live/").json() == {"live": True}


def test_a_marketplace_that_is_switched_off_is_not_late(settings: Any) -> None:
    """The first real product, on a server that may not read Amazon."""
    shop = ShopFactory(adapter="amazon")
    product = ProductFactory(shop=shop)
    type(product).objects.update(created_at=timezone.now() - 9 * shop.visit_interval)
    assert health()[0] == 200
    settings.OILWATCH_SCRAPE_AMAZON = True
    code, checks = health()
    assert (code, list(checks["looks"]["late"])) == (503, [shop.name])


def test_a_shop_that_refuses_is_no_missing_worker(settings: Any) -> None:
    settings.OILWATCH_SCRAPE_AMAZON = True
    product = ProductFactory(shop=ShopFactory(adapter="amazon"))
    type(product).objects.update(created_at=timezone.now() - 9 * product.shop.visit_interval)
    for hours, status in ((1, "blocked"), (2, "blocked"), (3, "unreachable"), (90, "gone")):
        at = timezone.now() - timedelta(hours=hours)
        VisitFactory(product=product, status=status, due_at=at, finished_at=at)
    code, checks = health()
    assert (code, checks["looks"]) == (200, {"ok": True, "late": {}, "failing": {product.shop.name: "blocked"}})
