"""Work out which alerts' moment has come: a handful of queries for each batch of alerts, however many there are."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dashboard.models import Alert, AlertKind
from dashboard.notifications.rules import AlertState, advance
from dashboard.selectors.alert_news import advice_seen, spells_seen
from dashboard.services.addresses import ask_due
from dashboard.services.deliveries import queue_deliveries
from dashboard.services.scope_events import find_scope_events
from dashboard.services.send_deliveries import send_due
from dashboard.services.triggered import Triggered, as_compared, rule_of, write_events
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
    triggered: list[Triggered] = []
    for alert in batch:
        product = alert.product
        assert product is not None  # noqa: S101 - `_with_news` joins the product
        history = (advice if alert.kind == AlertKind.ADVICE_BUY else spells).get(product.pk, [])
        seen = as_compared(alert, history)
        new = seen[-1:] if alert.seen_until is None else seen
        state = AlertState(alert.armed, alert.reference, alert.seen_until)
        state, event = advance(rule_of(alert), state, new, past=seen)
        alert.armed, alert.reference, alert.seen_until = state.armed, state.reference, state.seen_until
        if event is not None:
            triggered.append((alert, product, event))
    new_events = write_events(triggered)
    Alert.objects.bulk_update(batch, ["armed", "reference", "seen_until", "active"])
    queue_deliveries(new_events)
    return len(new_events)


def check_alerts() -> int:
    """Write what triggered, then send what is due; return how many alert events were sent.

    Two workers at it, a worker that dies, a ring that comes twice: an event is written once (its row is unique, and
    the alert's standing changes in the same transaction) and sent at most once (see `send_deliveries`).
    """
    find_alert_events()
    find_scope_events()
    sent = send_due()
    ask_due()
    return sent
