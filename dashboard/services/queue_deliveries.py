"""Turn firings into deliveries: one for each way the person wants to be told."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils import timezone

from dashboard.models import Alert, Delivery, DeliveryState, Firing

NOWHERE = "The alert names no e-mail address and no channel that is switched on, and its user has no address."


def queue_deliveries(firings: Sequence[Firing]) -> None:
    """Write the deliveries of new firings; one without any way to tell is written as failed, so that it is seen."""
    if not firings:
        return
    channels: dict[int, list[int]] = defaultdict(list)
    rows = Alert.channels.through.objects.filter(
        alert__in=[firing.alert_id for firing in firings], channel__enabled=True
    )
    for alert_id, channel_id in rows.values_list("alert_id", "channel_id"):
        channels[alert_id].append(channel_id)
    Delivery.objects.bulk_create(
        [delivery for firing in firings for delivery in _of(firing, channels[firing.alert_id])]
    )


def _of(firing: Firing, channel_ids: list[int]) -> list[Delivery]:
    alert = firing.alert
    # The user's own address is for those who named nothing else.
    email = alert.email or ("" if channel_ids else alert.user.email)
    now = timezone.now()
    found = [Delivery(firing=firing, user=alert.user, channel_id=channel_id, due_at=now) for channel_id in channel_ids]
    if email:
        found.append(Delivery(firing=firing, user=alert.user, email=email, due_at=now))
    if not found:
        found.append(Delivery(firing=firing, user=alert.user, state=DeliveryState.FAILED, error=NOWHERE))
    return found
