"""An alert that is stopped tells nothing more: not what is queued, not what is held, not what would be tried again."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from dashboard.models import Alert, Channel, Delivery, NotificationPreferences
from dashboard.services import alert_events as finding
from dashboard.services import send_deliveries
from dashboard.services.alert_events import check_alerts, find_alert_events
from dashboard.services.alerts import change_alert, remove_alert, stop_alerts, switch_alert
from dashboard.services.deliveries import claim_next
from dashboard.services.send_deliveries import send_due
from dashboard.texts.alert_message import stop_token
from tests.dashboard.rows import priced_product
from tests.dashboard.sinks import WebSink, web_sink
from tests.factories import UserFactory

NIGHT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
WAYS = {
    "page or API": lambda alert: switch_alert(user=alert.user, alert_id=alert.pk, active=False),
    "link": lambda alert: Client(headers={"host": "localhost"}).post(f"/alerts/stop/{stop_token([alert.pk])}/"),
    "removed": lambda alert: remove_alert(user=alert.user, alert_id=alert.pk),
}


@pytest.fixture
def web(settings: Any) -> Iterator[WebSink]:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    with web_sink() as sink:
        yield sink


def rule(web: WebSink, **fields: Any) -> Alert:
    """An alert whose moment has come."""
    user = fields.pop("user", None) or UserFactory()
    channel, _ = Channel.objects.get_or_create(user=user, name="hook", address=web.address)
    alert = Alert.objects.create(
        user=user, product=priced_product(price="39"), kind="price_below", threshold=Decimal(40), **fields
    )
    alert.channels.add(channel)
    return alert


def state() -> str:
    return Delivery.objects.get().state


@pytest.mark.django_db
@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_what_is_held_in_quiet_hours_is_stopped(web: WebSink, way: str, once: bool) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock:
        alert = rule(web, once=once)
        NotificationPreferences.objects.create(
            user=alert.user, timezone="Europe/Madrid", quiet_from=time(22), quiet_until=time(8)
        )
        check_alerts()
        assert state() == "held"
        WAYS[way](alert)
        clock.move_to(MORNING)
        assert check_alerts() == 0
    assert web.bodies == []
    assert list(Delivery.objects.values_list("state", flat=True)) == ([] if way == "removed" else ["stopped"])


@pytest.mark.django_db
def test_other_alerts_are_told_all_the_same(web: WebSink) -> None:
    stopped = rule(web)
    rule(web, user=stopped.user)
    find_alert_events()
    stop_alerts(alert_ids=[stopped.pk])
    assert send_due() == 1
    assert len(web.bodies) == 1


@pytest.mark.django_db
def test_an_alert_that_tells_once_is_told_though_it_is_off(web: WebSink) -> None:
    rule(web, once=True)
    assert check_alerts() == 1


@pytest.mark.django_db
def test_what_an_operator_switches_off_is_stopped(web: WebSink, operator: Client) -> None:
    alert = rule(web)
    find_alert_events()
    rule_fields = {"kind": "price_below", "price_kind": "regular", "threshold": "40"}
    result = {"user": alert.user_id, "product": alert.product_id, **rule_fields}
    path = reverse("admin:dashboard_alert_change", args=[alert.pk])
    assert operator.post(path, result).status_code == 302
    assert state() == "stopped"


@pytest.mark.django_db
def test_resumed_while_it_holds_it_is_told_once(web: WebSink) -> None:
    alert = rule(web)
    find_alert_events()
    for active in (False, True):
        change_alert(alert=alert, active=active)
    assert [check_alerts(), check_alerts()] == [1, 0]
    for active in (False, True):
        change_alert(alert=alert, active=active)
    assert check_alerts() == 0, "that was told"
    assert len(web.bodies) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "state_after"), [(503, "stopped"), (200, "sent"), (None, "unknown"), (401, "failed")]
)
def test_stopped_while_it_is_being_sent_it_is_not_tried_again(
    web: WebSink, monkeypatch: Any, status: int | None, state_after: str
) -> None:
    """The other side is being asked when the link is pressed: that one exchange ends as it ends."""
    web.status, send = status, send_deliveries.send_over

    def meanwhile(*args: Any) -> Any:
        stop_alerts(alert_ids=[alert.pk])
        assert state() == "sending"
        return send(*args)

    monkeypatch.setattr(send_deliveries, "send_over", meanwhile)
    with time_machine.travel(MORNING, tick=False) as clock:
        alert = rule(web)
        check_alerts()
        assert state() == state_after
        clock.shift(timedelta(days=1))
        assert send_due() == 0
    assert len(web.bodies) == 1


def _in_a_thread(work: Any) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_stopped_while_a_worker_fires_it(web: WebSink, monkeypatch: Any) -> None:
    """The worker has found the alert event and not committed: the stop waits for it, and then stops what it queued."""
    alert, threads, queue = rule(web), [], finding.queue_deliveries

    def meanwhile(alert_events: Any) -> None:
        threads.append(_in_a_thread(lambda: stop_alerts(alert_ids=[alert.pk])))
        threads[0].join(0.5)
        assert threads[0].is_alive(), "it waits"
        queue(alert_events)

    monkeypatch.setattr(finding, "queue_deliveries", meanwhile)
    find_alert_events()
    threads[0].join(20)
    assert state() == "stopped"
    assert check_alerts() == 0
    assert web.bodies == []


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_stopped_while_a_worker_claims_it(web: WebSink) -> None:
    """Who takes the row first has it: it is sent once, or not at all, and never both sent and stopped."""
    alert = rule(web)
    find_alert_events()
    with transaction.atomic():
        claim = claim_next(datetime.now(UTC))
        stopping = _in_a_thread(lambda: stop_alerts(alert_ids=[alert.pk]))
        stopping.join(0.5)
        assert stopping.is_alive(), "it waits"
    stopping.join(20)
    assert claim
    assert (state(), Delivery.objects.get().wanted) == ("sending", False)
