"""Faults of the stores under the running services: what is frozen or gone must not freeze or lose anything."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil
import pytest
from rest_framework.test import APIClient

from oilwatch.celery import app
from oilwatch.embedded import redis_server
from oilwatch.urls_of_redis import broker_url
from scraping.client.shared_redis import shared_redis
from scraping.models import Visit, VisitStatus
from scraping.services.order_visits import order_scrape
from scraping.services.visit_product import visit
from tests.factories import ProductFactory, UserFactory

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("up")]


@pytest.fixture
def own_redis(tmp_path: Path, settings: Any) -> Iterator[psutil.Process]:
    """A Redis of this test's own, to be frozen and killed."""
    address = redis_server.start(tmp_path)
    settings.REDIS_URL = address
    shared_redis.cache_clear()
    info: Any = shared_redis().info("server")
    process = psutil.Process(info["process_id"])
    before = app.conf.broker_url
    app.conf.broker_url = broker_url(address)  # type: ignore[misc]
    app.pool.force_close_all()
    app._pool = None
    yield process
    app.conf.broker_url = before  # type: ignore[misc]
    app._pool = None
    if process.is_running():
        os.kill(process.pid, signal.SIGCONT)
        process.kill()
        process.wait(5)
    shared_redis.cache_clear()


def test_a_frozen_redis_does_not_freeze_an_order(own_redis: psutil.Process) -> None:
    """A frozen broker hangs `delay()` for 45 s and more by default; here an order is a row and a ring of seconds."""
    ProductFactory.create_batch(5)
    staff = APIClient()
    staff.force_authenticate(UserFactory(staff=True))
    own_redis.suspend()
    with patch.object(app, "send_task", wraps=app.send_task) as sent:
        answer = staff.post("/api/scraper/", {})
    assert answer.status_code == 202
    assert sent.call_count == 1, "one message that failed is enough; the reconciler sends the others"
    assert app.conf.task_publish_retry_policy["max_retries"] == 1
    assert app.conf.broker_transport_options["socket_timeout"] <= 2
    assert Visit.objects.filter(status=VisitStatus.QUEUED).count() == 5


def test_without_redis_nobody_is_asked(own_redis: psutil.Process) -> None:
    """The pace lives there: fail closed, and keep the visit for later."""
    run = order_scrape(products=[ProductFactory()], source="command", enqueue=False)
    own_redis.kill()
    own_redis.wait(5)
    waiting = run.visits.get()
    assert visit(visit_id=waiting.pk) is None
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == (VisitStatus.QUEUED, 0)
    assert "without Redis" in waiting.reason
