"""Two workers at once, and one that is killed while it sends: nothing is sent twice."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection, connections, transaction

from dashboard.models import Alert, AlertEvent, Channel, Delivery, NotificationPreferences
from dashboard.selectors.scopes import Scope
from dashboard.services import deliveries
from dashboard.services.alert_events import check_alerts, find_alert_events
from dashboard.services.alerts import set_alert
from dashboard.services.send_deliveries import send_due
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.rows import priced_product
from tests.dashboard.sinks import WebSink, web_sink
from tests.factories import ProductFactory, ShopFactory, SpellFactory, UserFactory

PROJECT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
WORKER = """
import django
django.setup()
from dashboard.services.alert_events import check_alerts
check_alerts()
"""


@pytest.fixture
def web(settings: Any) -> Iterator[WebSink]:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    with web_sink() as sink:
        yield sink


def alerts(sink: WebSink, *, people: int) -> None:
    product = ProductFactory()
    SpellFactory(product=product, price=Decimal("39.95"))
    point_to_latest([product.pk])
    for _ in range(people):
        user = UserFactory()
        channel = Channel.objects.create(user=user, name="hook", address=sink.address)
        rule = Alert.objects.create(user=user, product=product, kind="price_below", threshold=40)
        rule.channels.add(channel)


def at_once(work: Any, *, workers: int) -> None:
    gate = threading.Barrier(workers)

    def run() -> None:
        gate.wait()
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_workers_side_by_side_find_and_send_each_event_once(web: WebSink) -> None:
    alerts(web, people=15)
    at_once(find_alert_events, workers=4)
    find_alert_events()
    assert AlertEvent.objects.count() == Delivery.objects.count() == 15
    at_once(send_due, workers=4)
    assert len(web.bodies) == 15
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_workers_side_by_side_find_what_a_rule_over_many_products_finds_once(web: WebSink) -> None:
    shop = ShopFactory()
    rules = []
    for _ in range(4):
        user = UserFactory()
        hook = Channel.objects.create(user=user, name="hook", address=web.address)
        scope = Scope("EUR", simulated=True, shop=shop)
        values = {"kind": "per_litre_below", "threshold": Decimal(6), "channels": [hook]}
        rules.append(set_alert(user=user, scope=scope, **values))  # type: ignore[arg-type]
    for price in ("29", "28", "27"):
        priced_product(shop=shop, price=price)
    at_once(check_alerts, workers=4)
    check_alerts()
    assert AlertEvent.objects.count() == Delivery.objects.filter(state="sent").count() == 12
    assert len(web.bodies) == 4, "three products of one rule are one message"
    priced_product(shop=shop, price="26")
    at_once(check_alerts, workers=4)
    check_alerts()
    assert (AlertEvent.objects.count(), len(web.bodies)) == (16, 8)


def test_one_worker_at_a_time_decides_for_a_person(web: WebSink, monkeypatch: Any) -> None:
    """Two that count the messages of the day at once would both find room for the last one."""
    alerts(web, people=1)
    NotificationPreferences.objects.create(user=Alert.objects.get().user)
    find_alert_events()
    decide, others = deliveries._not_before, []

    def another() -> None:
        try:
            with transaction.atomic():
                NotificationPreferences.objects.select_for_update(nowait=True).get()
        except OperationalError:
            others.append("must wait")
        finally:
            connections.close_all()

    def meanwhile(preferences: NotificationPreferences, now: datetime) -> datetime | None:
        at_once(another, workers=1)
        return decide(preferences, now)

    monkeypatch.setattr(deliveries, "_not_before", meanwhile)
    assert send_due() == 1
    assert others == ["must wait"]


def test_a_worker_killed_while_it_sends(web: WebSink) -> None:
    """The other side has the message, and nobody here knows: it is not sent again, and that is said."""
    alerts(web, people=1)
    before, _, query = os.environ["DATABASE_URL"].partition("?")
    tested = f"{before.rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}"
    result = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "oilwatch.settings",
        "DATABASE_URL": f"{tested}?{query}",
        "OILWATCH_ALERT_PRIVATE_HOSTS": "true",
    }
    worker: list[subprocess.Popen[bytes]] = []
    started = threading.Event()

    def kill() -> None:
        started.wait(30)
        os.kill(worker[0].pid, signal.SIGKILL)
        worker[0].wait(30)

    web.before = kill
    worker.append(subprocess.Popen([sys.executable, "-c", WORKER], cwd=PROJECT, env=result))
    started.set()
    assert worker[0].wait(60) == -signal.SIGKILL
    web.before = None
    assert Delivery.objects.get().state == "sending"
    assert check_alerts() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6), tick=False):
        assert check_alerts() == 0
    assert len(web.bodies) == 1
    assert Delivery.objects.get().state == "unknown"
