"""Take back what waits to be told of alerts that are stopped."""

from collections.abc import Iterable

from django.db.models import Case, F, Value, When
from django.utils import timezone

from dashboard.models import WAITING, Delivery, DeliveryState, Firing


def stop_deliveries(*, alert_ids: Iterable[int]) -> None:
    """Stop what is queued or held; what is being sent now is not tried again. Call it once the alerts are off.

    One statement: a row that a worker takes, or queues again, at this moment is judged by what it is afterwards.
    """
    firings = list(Firing.objects.filter(alert__in=list(alert_ids)).values_list("pk", flat=True))
    on_its_way = When(state=DeliveryState.SENDING, then=F("state"))
    open_ones = Delivery.objects.filter(firing__in=firings, state__in=[*WAITING, DeliveryState.SENDING])
    open_ones.update(wanted=False, state=Case(on_its_way, default=Value(DeliveryState.STOPPED)))


def want_again(*, firing_id: int) -> bool:
    """Queue what was stopped of a firing: its alert is on again, and the event still holds. False where nothing was."""
    stopped = Delivery.objects.filter(firing=firing_id, state=DeliveryState.STOPPED)
    return bool(stopped.update(state=DeliveryState.QUEUED, wanted=True, due_at=timezone.now(), attempts=0, error=""))
