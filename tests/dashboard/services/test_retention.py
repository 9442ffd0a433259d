"""Old alert events go with their deliveries; what is still to be sent stays, and so does the rule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dashboard.models import Alert, AlertEvent, Delivery
from dashboard.services.retention import forget_alert_events
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db


def event_of(alert: Alert, days_ago: int, state: str) -> AlertEvent:
    now = timezone.now()
    event = AlertEvent.objects.create(
        alert=alert, product_id=alert.product_id or 0, event=f"{days_ago} {state}", happened_at=now
    )
    AlertEvent.objects.filter(pk=event.pk).update(created_at=now - timedelta(days=days_ago))
    sent_at = now if state == "sent" else None
    Delivery.objects.create(alert_event=event, user=alert.user, email="a@example.org", state=state, sent_at=sent_at)
    return event


def test_only_what_is_old_and_over_goes() -> None:
    alert = Alert.objects.create(user=UserFactory(), product=ProductFactory(), kind="back_in_stock")
    event_of(alert, 400, "sent")
    remaining = {event_of(alert, 400, "held"), event_of(alert, 300, "sent")}
    assert forget_alert_events(now=timezone.now()) == 1
    assert set(AlertEvent.objects.all()) == remaining
    assert Delivery.objects.count() == 2
    assert Alert.objects.count() == 1
