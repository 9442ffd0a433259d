"""What was seen of the products that alerts watch, since the alerts last ran."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from dashboard.models import Alert, AlertKind
from forecasting.models import Forecast
from scraping.models import PriceSpell
from scraping.price_kinds import COLUMNS

History = dict[int, list[dict[str, Any]]]


def spells_seen(alerts: Sequence[Alert]) -> History:
    """Return by product, in time order, the spells these alerts need: the new ones and the days a low is among.

    An alert that has taken in nothing yet needs the spell that holds now.
    """
    if not alerts:
        return {}
    since = min((_needs(alert) for alert in alerts if alert.seen_until), default=None)
    return spells_since({alert.product_id for alert in alerts}, since=since)


def spells_since(products: Collection[int | None], *, since: datetime | None) -> History:
    """Return by product, in time order, the spells that hold now and those seen since a moment: one query."""
    wanted = Q(product__latest_spell=F("pk"))
    if since is not None:
        wanted |= Q(last_seen__gte=since)
    rows = (
        PriceSpell.objects.own()
        .filter(wanted, product__in=products)
        .order_by("first_seen")
        .values("product_id", "price", "litres", *COLUMNS, at=F("first_seen"), until=F("last_seen"), word=F("state"))
    )
    return _by_product(rows)


def _needs(alert: Alert) -> datetime:
    """From when on the alert needs the history; well before its days, to know that the history is that long."""
    seen_until = alert.seen_until
    assert seen_until is not None  # noqa: S101 - only called with alerts that have run before
    if alert.kind == AlertKind.LOWEST_IN_DAYS:
        return seen_until - timedelta(days=2 * (alert.days or 0) + 30)
    return seen_until


def advice_seen(alerts: Sequence[Alert]) -> History:
    """Return by product, in time order, the advice served since the alerts last ran.

    What cannot be bought or is past its date is no advice. An alert that has taken in nothing yet needs the
    advice that holds now.
    """
    if not alerts:
        return {}
    offers = {alert.product.pk: alert.product.latest_spell for alert in alerts if alert.product}
    served = Forecast.objects.served().filter(product__in=offers)
    newest = served.order_by("product_id", "-created_at").distinct("product_id").values("pk")
    since = min((alert.seen_until for alert in alerts if alert.seen_until), default=None)
    wanted = Q(pk__in=newest)
    if since is not None:
        wanted |= Q(created_at__gt=since)
    rows = served.filter(wanted).order_by("created_at")
    history: History = defaultdict(list)
    for product_id, at, advice in rows.values_list("product_id", "created_at", "advice"):
        offer = offers[product_id]
        available = offer is not None and offer.state == "in_stock"
        history[product_id].append(
            {
                "at": at,
                "until": at,
                "price": offer.price if offer else None,
                "litres": offer.litres if offer else None,
                "word": advice.current(at.date()).action if available else "none",
            }
        )
    return history


def _by_product(rows: Any) -> History:
    history: History = defaultdict(list)
    for row in rows:
        history[row["product_id"]].append(row)
    return history
