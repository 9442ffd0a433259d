"""Find the alerts whose moment has come and tell people, once for each event."""

from collections.abc import Iterator
from decimal import Decimal

import structlog
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from dashboard.models import Alert, AlertKind, Delivery
from scraping.models import PriceSpell

log = structlog.get_logger(__name__)
UNSENT_AT_A_TIME = 100


def check_alerts() -> int:
    """Write a delivery for each alert that its product's newest spell satisfies, then send what is unsent.

    The delivery is unique per alert and spell, so whatever dies in between, one event is written once.
    """
    fired = [
        Delivery(alert=alert, spell=spell, event=f"spell from {spell.first_seen.isoformat()}", price=price)
        for alert, spell, price in _satisfied()
    ]
    Delivery.objects.bulk_create(fired, ignore_conflicts=True)
    return _send_unsent()


def _satisfied() -> Iterator[tuple[Alert, PriceSpell, Decimal]]:
    alerts = Alert.objects.filter(active=True, product__latest_spell__price__isnull=False)
    for alert in alerts.select_related("product__latest_spell").iterator(1000):
        spell = alert.product.latest_spell
        if spell is None:
            continue
        price = spell.price if alert.kind == AlertKind.PRICE_BELOW else spell.price_per_litre
        if price is not None and price <= alert.threshold:
            yield alert, spell, price


def _send_unsent() -> int:
    sent = 0
    while (delivery_id := _next_unsent()) is not None and sent < UNSENT_AT_A_TIME:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("alert__product__shop", "alert__user")
                .filter(pk=delivery_id, sent_at__isnull=True, error="")
                .first()
            )
            if delivery is not None:
                _send(delivery)
                sent += 1
    return sent


def _next_unsent() -> int | None:
    return Delivery.objects.filter(sent_at__isnull=True, error="").order_by("id").values_list("pk", flat=True).first()


def _send(delivery: Delivery) -> None:
    alert, product = delivery.alert, delivery.alert.product
    address = alert.email or alert.user.email
    unit = "/l" if alert.kind == AlertKind.PER_LITRE_BELOW else ""
    title = " ".join((product.title or product.sku).split())  # one line: it becomes a header
    if not address:
        _note(delivery, "the alert names no e-mail address and its user has none")
        return
    try:
        send_mail(
            subject=f"{title[:80]}: {delivery.price:.2f} {product.shop.currency}{unit}",
            message=(
                f"{title}\nat {product.shop} now costs {delivery.price:.2f} {product.shop.currency}{unit}; "
                f"you asked to be told at {alert.threshold:.2f}."
            ),
            from_email=None,
            recipient_list=[address],
        )
    except (OSError, ValueError) as error:  # SMTP errors are OSErrors
        _note(delivery, str(error))
        return
    delivery.sent_at = timezone.now()
    delivery.save(update_fields=["sent_at"])


def _note(delivery: Delivery, error: str) -> None:
    log.warning("alert_not_sent", delivery=delivery.pk, error=error)
    delivery.error = error
    delivery.save(update_fields=["error"])
