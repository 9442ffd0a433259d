"""Queue the deliveries of alert events, one for each channel or address; stop, queue again and release them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Case, F, Value, When
from django.utils import timezone

from dashboard.models import WAITING, Alert, AlertEvent, Delivery, DeliveryState

NOWHERE = "The alert has no e-mail address and no active channel, and its user has no e-mail address."


def queue_deliveries(alert_events: Sequence[AlertEvent]) -> None:
    """Write the deliveries of new alert events; an event without any channel gets a failed one, which is shown."""
    if not alert_events:
        return
    channels: dict[int, list[int]] = defaultdict(list)
    rows = Alert.channels.through.objects.filter(
        alert__in=[alert_event.alert_id for alert_event in alert_events], channel__enabled=True
    )
    for alert_id, channel_id in rows.values_list("alert_id", "channel_id"):
        channels[alert_id].append(channel_id)
    Delivery.objects.bulk_create(
        [delivery for alert_event in alert_events for delivery in _of(alert_event, channels[alert_event.alert_id])]
    )


def _of(alert_event: AlertEvent, channel_ids: list[int]) -> list[Delivery]:
    alert = alert_event.alert
    # The user's own address is for those who named nothing else.
    email = alert.email or ("" if channel_ids else alert.user.email)
    now = timezone.now()
    due = [
        Delivery(alert_event=alert_event, user=alert.user, channel_id=channel_id, due_at=now)
        for channel_id in channel_ids
    ]
    if email:
        due.append(Delivery(alert_event=alert_event, user=alert.user, email=email, due_at=now))
    if not due:
        due.append(Delivery(alert_event=alert_event, user=alert.user, state=DeliveryState.FAILED, error=NOWHERE))
    return due


def stop_deliveries(*, alert_ids: Iterable[int]) -> None:
    """Stop what is queued or held; what is being sent now is not tried again. Call it once the alerts are off.

    One statement: a row that a worker takes, or queues again, at this moment is scored by what it is afterwards.
    """
    alert_events = list(AlertEvent.objects.filter(alert__in=list(alert_ids)).values_list("pk", flat=True))
    on_its_way = When(state=DeliveryState.SENDING, then=F("state"))
    open_ones = Delivery.objects.filter(alert_event__in=alert_events, state__in=[*WAITING, DeliveryState.SENDING])
    open_ones.update(wanted=False, state=Case(on_its_way, default=Value(DeliveryState.STOPPED)))


def want_again(*, alert_event_id: int) -> bool:
    """Queue what was stopped of an event: its alert is on again, and it still holds. False where nothing was."""
    stopped = Delivery.objects.filter(alert_event=alert_event_id, state=DeliveryState.STOPPED)
    return bool(stopped.update(state=DeliveryState.QUEUED, wanted=True, due_at=timezone.now(), attempts=0, error=""))


def release_held(*, user_id: int) -> int:
    """Queue what is held for this person; whatever still stands in its way holds it back again."""
    held = Delivery.objects.filter(user=user_id, state=DeliveryState.HELD)
    return held.update(state=DeliveryState.QUEUED, due_at=timezone.now())
