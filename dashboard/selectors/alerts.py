"""The alerts of one person, with what each product costs now and when the alert last fired."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from dashboard.models import Alert, AlertKind


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One rule; `now` is the price it is compared with."""

    id: int
    product_id: int
    title: str
    shop: str
    currency: str
    by_litre: bool
    threshold: Decimal
    now: Decimal | None
    active: bool
    last_fired: datetime | None


def alert_lines(user_id: int) -> list[AlertLine]:
    """One person's alerts, the newest first: one query."""
    rows: Any = (
        Alert.objects.filter(user=user_id)
        .annotate(last_fired=Max("deliveries__created_at"))
        .order_by("-id")
        .values_list(
            *("id", "product_id", "product__title", "product__sku", "product__shop__name"),
            *("product__shop__currency", "kind", "threshold", "active", "last_fired"),
            *("product__latest_spell__price", "product__latest_spell__price_per_litre"),
        )
    )
    return [
        AlertLine(
            id=pk,
            product_id=product_id,
            title=title or sku,
            shop=shop,
            currency=currency,
            by_litre=kind == AlertKind.PER_LITRE_BELOW,
            threshold=threshold,
            now=per_litre if kind == AlertKind.PER_LITRE_BELOW else price,
            active=active,
            last_fired=fired,
        )
        for pk, product_id, title, sku, shop, currency, kind, threshold, active, fired, price, per_litre in rows
    ]
