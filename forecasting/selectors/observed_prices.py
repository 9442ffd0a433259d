"""What was really seen, by product and day: the truth that published forecasts are scored by."""

import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Max
from django.utils import timezone

from forecasting.series import Floats, Step, daily_series
from scraping.models import Adapter, PriceSpell, Product, Shop

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class ObservedPrices:
    """One product's days from `first`: `carried` is filled over short silences, `seen` is nan on unseen days.

    From `begins` on it is another product than before: no earlier forecast can be scored by it.
    """

    first: date
    carried: Floats
    seen: Floats
    begins: date | None = None

    def after(self, cutoff: date, days: int) -> tuple[Floats, Floats]:
        """The observed and the carried prices [days] after a cutoff; nan where nothing is known."""
        unknown = np.full(days, np.nan)
        if not len(self.seen) or (self.begins and cutoff < self.begins):
            return unknown, unknown
        places = np.arange(1, days + 1) + (cutoff - self.first).days
        inside = (places >= 0) & (places < len(self.seen))
        safe = np.where(inside, places, 0)
        return np.where(inside, self.seen[safe], np.nan), np.where(inside, self.carried[safe], np.nan)


def last_closed_days() -> dict[Shop, date]:
    """The last day of each shop that is over: yesterday, or an import's newest day where that is earlier."""
    shops = Shop.objects.annotate(newest=Max("products__latest_spell__last_seen"))
    now = timezone.now()
    closed: dict[Shop, date] = {}
    for shop in shops.filter(newest__isnull=False):
        zone = zoneinfo.ZoneInfo(shop.timezone)
        yesterday = now.astimezone(zone).date() - DAY
        imported = shop.adapter == Adapter.IMPORT
        closed[shop] = min(shop.newest.astimezone(zone).date(), yesterday) if imported else yesterday
    return closed


def observed_prices(product_ids: Iterable[int], *, first: date, last: date) -> dict[int, ObservedPrices]:
    """The days of these products from `first` on to `last`; spells of another product under the same sku stay out."""
    products = {product.pk: product for product in Product.objects.filter(pk__in=product_ids).select_related("shop")}
    rows: Any = (  # two days more than asked for, because a shop's days are not those of UTC
        PriceSpell.objects.own()
        .filter(product__in=products, price__isnull=False)
        .filter(last_seen__date__gte=first - 2 * DAY, first_seen__date__lte=last + DAY)
        .order_by("product_id", "first_seen")
        .values_list("product_id", "first_seen", "last_seen", "price")
    )
    steps: dict[int, list[Step]] = {}
    for product_id, begin, end, price in rows.iterator(10_000):
        product = products[product_id]
        zone = zoneinfo.ZoneInfo(product.shop.timezone)
        since, until = max(begin.astimezone(zone).date(), first), end.astimezone(zone).date()
        if since <= until:
            steps.setdefault(product_id, []).append(Step(since, until, float(price)))
    return {key: _observed_prices(products[key], spells, last) for key, spells in steps.items()}


def _observed_prices(product: Product, steps: list[Step], last: date) -> ObservedPrices:
    series = daily_series(steps, until=last, max_gap_days=product.shop.max_gap.days)
    begins = product.series_since
    return ObservedPrices(
        series.start,
        series.prices,
        np.where(series.observed, series.prices, np.nan),
        begins.astimezone(zoneinfo.ZoneInfo(product.shop.timezone)).date() if begins else None,
    )
