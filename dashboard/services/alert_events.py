"""Work out which alerts' moment has come: a handful of queries for each batch of alerts, however many there are."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dashboard.models import Alert, AlertEvent, AlertKind
from dashboard.notifications.rules import AlertState, Event, Observation, Rule, advance
from dashboard.selectors.alert_news import advice_seen, spells_seen
from dashboard.services.addresses import ask_due
from dashboard.services.deliveries import queue_deliveries, want_again
from dashboard.services.send_deliveries import send_due
from forecasting.models import Forecast

BATCH = 500


def find_alert_events() -> int:
    """Take in what was seen since the last time; write each event and its deliveries once. Return how many triggered.

    The rows of a batch are locked while it is worked out and another worker passes them by, so an alert's standing,
    its alert event and its deliveries change together or not at all.
    """
    count, after = 0, 0
    while True:
        with transaction.atomic():
            batch = list(
                _with_news()
                .filter(pk__gt=after)
                .select_for_update(skip_locked=True, of=("self",))
                .select_related("user", "product__latest_spell")
                .order_by("pk")[:BATCH]
            )
            if not batch:
                return count
            after = batch[-1].pk
            count += _take_in(batch)


def _with_news() -> QuerySet[Alert]:
    """Active alerts on whose product something was seen that they have not taken in."""
    served = Forecast.objects.served().filter(product=OuterRef("product"))
    newest = served.order_by("-created_at").values("created_at")[:1]
    advice = Q(kind=AlertKind.ADVICE_BUY)
    unseen = Q(seen_until__isnull=True)
    return Alert.objects.annotate(newest_forecast=Subquery(newest)).filter(
        (~advice & Q(product__latest_spell__isnull=False))
        & (unseen | Q(product__latest_spell__first_seen__gt=F("seen_until")))
        | advice & Q(newest_forecast__isnull=False) & (unseen | Q(newest_forecast__gt=F("seen_until"))),
        active=True,
    )


def _take_in(batch: Sequence[Alert]) -> int:
    spells = spells_seen([alert for alert in batch if alert.kind != AlertKind.ADVICE_BUY])
    advice = advice_seen([alert for alert in batch if alert.kind == AlertKind.ADVICE_BUY])
    triggered: list[tuple[Alert, Event]] = []
    for alert in batch:
        history = (advice if alert.kind == AlertKind.ADVICE_BUY else spells).get(alert.product_id, [])
        seen = _as_compared(alert, history)
        new = seen[-1:] if alert.seen_until is None else seen
        state = AlertState(alert.armed, alert.reference, alert.seen_until)
        state, event = advance(rule_of(alert), state, new, past=seen)
        alert.armed, alert.reference, alert.seen_until = state.armed, state.reference, state.seen_until
        if event is not None:
            triggered.append((alert, event))
    new_events = _write(triggered)
    Alert.objects.bulk_update(batch, ["armed", "reference", "seen_until", "active"])
    queue_deliveries(new_events)
    return len(new_events)


def rule_of(alert: Alert) -> Rule:
    """Return the pure rule of an alert."""
    return Rule(
        kind=alert.kind,
        threshold=alert.threshold,
        percent=alert.percent,
        direction=alert.direction or "either",
        days=alert.days or 0,
        price_kind=alert.price_kind,
    )


def _as_compared(alert: Alert, history: list[dict[str, Any]]) -> list[Observation]:
    """Choose the price that the rule compares: of which kind, and the litre's or the pack's."""
    column = alert.price_column
    return [
        Observation(row["at"], row["until"], alert.compared(row[column], row["litres"]), row["word"]) for row in history
    ]


def _write(triggered: list[tuple[Alert, Event]]) -> list[AlertEvent]:
    """Write the events nobody has written yet; a rule that tells once is switched off with its event.

    What was stopped before it was sent is wanted again when a rule that was resumed finds it still holds.
    """
    if not triggered:
        return []
    earlier = AlertEvent.objects.filter(alert__in=[alert for alert, _ in triggered])
    event_ids = {(alert_id, event): pk for pk, alert_id, event in earlier.values_list("pk", "alert_id", "event")}
    new = []
    for alert, event in triggered:
        if (alert.pk, event.key) in event_ids:
            if want_again(alert_event_id=event_ids[alert.pk, event.key]):
                alert.active = not alert.once
            continue
        alert.active = not alert.once
        spell = alert.product.latest_spell
        new.append(
            AlertEvent(
                alert=alert,
                event=event.key,
                price=event.value,
                before=event.before,
                happened_at=event.at,
                spell=spell if spell and spell.first_seen == event.at else None,
            )
        )
    return AlertEvent.objects.bulk_create(new)


def check_alerts() -> int:
    """Write what triggered, then send what is due; return how many alert events were sent.

    Two workers at it, a worker that dies, a ring that comes twice: an event is written once (its row is unique, and
    the alert's standing changes in the same transaction) and sent at most once (see `send_deliveries`).
    """
    find_alert_events()
    sent = send_due()
    ask_due()
    return sent
