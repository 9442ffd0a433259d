"""From alerts to the pure rules and back: what a rule compares, and the rows of the events it found."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.models import Alert, AlertEvent
from dashboard.notifications.rules import Event, Observation, Rule
from dashboard.services.deliveries import want_again
from scraping.models import PriceSpell, Product

Triggered = tuple[Alert, Product, Event]


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


def as_compared(alert: Alert, history: Sequence[Mapping[str, Any]]) -> list[Observation]:
    """Choose the price that the rule compares: of which kind, and the litre's or the pack's."""
    column = alert.price_column
    return [
        Observation(row["at"], row["until"], alert.compared(row[column], row["litres"]), row["word"]) for row in history
    ]


def offer_as_compared(alert: Alert, spell: PriceSpell) -> Observation:
    """The same of one spell."""
    value = alert.compared(getattr(spell, alert.price_column), spell.litres)
    return Observation(spell.first_seen, spell.last_seen, value, spell.state)


def write_events(triggered: Sequence[Triggered]) -> list[AlertEvent]:
    """Write the events nobody has written yet; a rule that tells once is switched off (in memory) with its event.

    What was stopped before it was sent is wanted again when a rule that was resumed finds it still holds.
    """
    if not triggered:
        return []
    earlier = AlertEvent.objects.filter(
        alert__in={alert.pk for alert, _, _ in triggered}, product__in={product.pk for _, product, _ in triggered}
    )
    event_ids = {
        (alert_id, product_id, event): pk
        for pk, alert_id, product_id, event in earlier.values_list("pk", "alert_id", "product_id", "event")
    }
    new = []
    for alert, product, event in triggered:
        if (alert.pk, product.pk, event.key) in event_ids:
            if want_again(alert_event_id=event_ids[alert.pk, product.pk, event.key]):
                alert.active = not alert.once
            continue
        alert.active = not alert.once
        spell = product.latest_spell
        new.append(
            AlertEvent(
                alert=alert,
                product=product,
                event=event.key,
                price=event.value,
                before=event.before,
                happened_at=event.at,
                spell=spell if spell and spell.first_seen == event.at else None,
            )
        )
    return AlertEvent.objects.bulk_create(new)
