"""A shop's shelves as daily series, all to the same last day."""

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from forecasting.series import Series, Step, daily_series
from scraping.models import Adapter, PriceSpell, Shop

LONGEST_HISTORY = timedelta(days=1100)  # three years: older shelves say nothing about the next month


def catalogue_of(shop: Shop, *, product_ids: Iterable[int] = (), moment: datetime | None = None) -> list[Series]:
    """The daily price series of a shop's products (keys are product ids), all to the same last day.

    That day is today (or the day of `moment`) for a shop that is looked at, and the newest imported day for an
    import.
    """
    zone = zoneinfo.ZoneInfo(shop.timezone)
    rows = PriceSpell.objects.filter(product__shop=shop, price__isnull=False).order_by("product_id", "first_seen")
    newest = rows.order_by("-last_seen").values_list("last_seen", flat=True).first()
    if newest is None:
        return []
    until = (newest if shop.adapter == Adapter.IMPORT else moment or timezone.now()).astimezone(zone).date()
    wanted = list(product_ids)
    if wanted:
        rows = rows.filter(product__in=wanted)
    rows = rows.filter(last_seen__gte=newest - LONGEST_HISTORY)
    rows = rows.filter(Q(product__series_since__isnull=True) | Q(first_seen__gte=F("product__series_since")))
    return _series(rows, shop, until, zone)


def _series(rows: Iterable[PriceSpell], shop: Shop, until: date, zone: zoneinfo.ZoneInfo) -> list[Series]:
    steps: dict[int, list[Step]] = {}
    grades: dict[int, str] = {}
    values = rows.values_list("product_id", "product__grade", "first_seen", "last_seen", "price")  # type: ignore[attr-defined]
    for product_id, grade, first_seen, last_seen, price in values.iterator(10_000):
        first, last = first_seen.astimezone(zone).date(), last_seen.astimezone(zone).date()
        steps.setdefault(product_id, []).append(Step(first, last, float(price)))
        grades[product_id] = grade
    return [
        daily_series(of_product, until=until, key=str(product_id), group=f"{shop.name} {grades[product_id]}")
        for product_id, of_product in steps.items()
    ]
