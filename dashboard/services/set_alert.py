"""Set and remove the alerts of one person."""

from decimal import Decimal
from typing import Any

from dashboard.models import Alert
from scraping.models import Product

MOST_ALERTS = 200  # a person


class TooManyAlerts(Exception):
    """The person has as many alerts as anybody may have."""


def set_alert(*, user: Any, product: Product, kind: str, threshold: Decimal, email: str = "") -> Alert:
    """Ask to be told; the same rule set twice is one rule, switched on."""
    rule = {"user": user, "product": product, "kind": kind, "threshold": threshold}
    same = Alert.objects.filter(**rule)
    if not same.exists() and Alert.objects.filter(user=user).count() >= MOST_ALERTS:
        raise TooManyAlerts
    alert, _ = Alert.objects.update_or_create(**rule, defaults={"email": email, "active": True})
    return alert


def remove_alert(*, user: Any, alert_id: int) -> bool:
    """Remove one's own alert; False where there is none of that number."""
    return bool(Alert.objects.filter(user=user, pk=alert_id).delete()[0])
