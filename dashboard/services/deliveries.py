"""Queue the deliveries of alert events, one for each channel or address; stop, queue again and release them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from dashboard.models import WAITING, Alert, AlertEvent, Delivery, DeliveryState, NotificationPreferences
from dashboard.notifications.channels.delivery_result import Reason
from dashboard.notifications.quiet_hours import day_begins, quiet_until
from dashboard.selectors.mail_addresses import mail_of, may_write_to
from dashboard.texts.confirm_message import VALID


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
        due.append(Delivery(alert_event=alert_event, user=alert.user, state=DeliveryState.FAILED, error=Reason.NOWHERE))
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


MOST_IN_ONE_MESSAGE = 20
SILENCE = timedelta(minutes=5)  # many times what one message may take
EXAMINED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """One message to be sent, by whoever holds this and nobody else."""

    message: UUID
    deliveries: tuple[Delivery, ...]
    preferences: NotificationPreferences


def claim_next(now: datetime) -> Claim | None:
    """Claim the next message that may be sent, or hold it back and go on; None when nothing is due.

    Ways that worked last time come first, so a slow or dead one never stands before other people's messages.
    """
    while True:
        waiting = _due(now).select_related("user", "channel")
        first = waiting.order_by(F("channel__failing_since").asc(nulls_first=True), "due_at", "pk").first()
        if first is None:
            return None
        claim = _claim_or_hold(first, now)
        if claim is not None:
            return claim


def _due(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state__in=WAITING, due_at__lte=now)


def _claim_or_hold(first: Delivery, now: datetime) -> Claim | None:
    with transaction.atomic():
        NotificationPreferences.objects.get_or_create(user_id=first.user_id)
        # One worker at a time decides for one person: the most of a day is counted under this lock.
        preferences = NotificationPreferences.objects.select_for_update().get(user_id=first.user_id)
        later = _not_before(preferences, now)
        if later is not None:
            _due(now).filter(user=first.user_id).update(state=DeliveryState.HELD, due_at=later)
            return None
        same = _due(now).filter(user=first.user_id, channel=first.channel_id, email=first.email)
        mail = first.email or mail_of(first.channel)
        if mail and not may_write_to(first.user, mail):
            _hold_for_a_yes(same, now)
            return None
        taken = list(same.select_for_update(skip_locked=True).order_by("pk")[:MOST_IN_ONE_MESSAGE])
        if not taken:
            return None
        message = uuid4()
        Delivery.objects.filter(pk__in=[each.pk for each in taken]).update(
            state=DeliveryState.SENDING, message=message, claimed_at=now, attempts=F("attempts") + 1
        )
        # Read before the commit: once the rows are let go, whoever removes the alert removes them.
        rows = Delivery.objects.filter(message=message).order_by("pk")
        chosen = rows.select_related(
            *("user", "channel__user", "alert_event__alert__shop"),
            *("alert_event__product__shop", "alert_event__product__latest_spell"),
        )
        return Claim(message, tuple(chosen), preferences)


def _hold_for_a_yes(waiting: QuerySet[Delivery], now: datetime) -> None:
    """Keep it until the address is confirmed, which sends it at once; what is older than the link is given up."""
    late = waiting.filter(alert_event__created_at__lt=now - VALID)
    late.update(state=DeliveryState.FAILED, error=Reason.UNCONFIRMED)
    waiting.update(state=DeliveryState.HELD, due_at=now + EXAMINED, error=Reason.UNCONFIRMED)


def _not_before(preferences: NotificationPreferences, now: datetime) -> datetime | None:
    """When the person may be disturbed, or None for now."""
    zone = ZoneInfo(preferences.timezone)
    quiet = quiet_until(now, zone=zone, begins=preferences.quiet_from, ends=preferences.quiet_until)
    if quiet is not None:
        return quiet
    today = Delivery.objects.filter(
        user=preferences.user_id,
        claimed_at__gte=day_begins(now, zone),
        state__in=[DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN],
    )
    if today.values("message").distinct().count() < preferences.most_a_day:
        return None
    return day_begins(now, zone, days=1)


def give_up_lost(now: datetime) -> int:
    """Close what a dead worker left half done: never twice, so perhaps not at all."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - SILENCE)
    return lost.update(state=DeliveryState.UNKNOWN, error=Reason.WORKER_STOPPED)
