"""The health page says what is not well."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from tests.factories import ProductFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ringing_beat() -> None:
    every = IntervalSchedule.objects.create(every=1, period="minutes")
    PeriodicTask.objects.create(name="x", task="x", interval=every, last_run_at=timezone.now())


def asked() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/health/")
    return answer.status_code, answer.json()["checks"]


def test_well() -> None:
    product = ProductFactory()
    VisitFactory(product=product, status="ok", finished_at=timezone.now())
    code, checks = asked()
    assert code == 200, checks


def test_a_shop_not_looked_at_for_twice_its_interval() -> None:
    product = ProductFactory()
    VisitFactory(product=product, status="ok", finished_at=timezone.now() - 3 * product.shop.visit_interval)
    code, checks = asked()
    assert (code, list(checks["looks"]["late"])) == (503, [product.shop.name])


def test_a_silent_beat() -> None:
    PeriodicTask.objects.update(last_run_at=timezone.now() - timedelta(minutes=6))
    code, checks = asked()
    assert (code, checks["beat"]["ok"]) == (503, False)


def test_no_redis(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    code, checks = asked()
    assert (code, checks["redis"]["ok"]) == (503, False)


def test_live_needs_no_stores() -> None:
    assert Client().get("/health/live/").json() == {"live": True}
