"""Remove alert events and their deliveries once they are older than the retention."""

from datetime import datetime, timedelta

from django.conf import settings

from dashboard.models import AlertEvent, Delivery, DeliveryState

OPEN = (DeliveryState.QUEUED, DeliveryState.HELD, DeliveryState.SENDING)


def forget_alert_events(*, now: datetime) -> int:
    """Remove events older than the retention with their deliveries, but for those still to be sent; returns how many.

    Rules do not depend on them: an alert keeps its own state, and what it has taken in.
    """
    limit = now - timedelta(days=settings.OILWATCH_ALERT_DAYS)
    open_events = Delivery.objects.filter(state__in=OPEN).values("alert_event")
    old = AlertEvent.objects.filter(created_at__lt=limit).exclude(pk__in=open_events)
    return int(old.delete()[1].get("dashboard.AlertEvent", 0))
