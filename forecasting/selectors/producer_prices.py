"""The producer price of oil, for a chart."""

import zoneinfo
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forecasting.market.grade_index import grade_index
from forecasting.models import MarketRole, MarketSeries
from forecasting.series import Series, Step, daily_series
from scraping.models import PriceSpell, Shop
from scraping.selectors import HistoryQuery, product_history


@dataclass(frozen=True, slots=True)
class MarketPrices:
    """One market series for a chart: prices in `currency` per `unit`, on the days one was known."""

    name: str
    currency: str
    unit: str
    days: tuple[date, ...]
    prices: tuple[float, ...]


def producer_prices(first: date, last: date) -> list[MarketPrices]:
    """The producer price between two days (both included); series without a price there are left out."""
    lines = []
    for series in MarketSeries.objects.filter(role=MarketRole.ORIGIN).select_related("product__shop"):
        rows = product_history(HistoryQuery(series.product_id, first=first, last=last), resolution="day")
        if rows:
            days, prices = zip(*((row["date"], float(row["price"])) for row in rows), strict=True)
            lines.append(MarketPrices(series.name, series.product.shop.currency, series.unit, days, prices))
    return lines


HISTORY = timedelta(days=1_300)  # what trainings look back on, and the months before that explain its first days


def producer_price_of(shop: Shop, *, until: date) -> Series | None:
    """The chained index of the market series in the shop's currency, up to a day; None where there is none.

    Not for the shop those series came with: it would explain itself. Two queries.
    """
    named = MarketSeries.objects.filter(role=MarketRole.ORIGIN, product__shop__currency=shop.currency)
    markets = dict(named.values_list("product_id", "product__shop_id"))
    if not markets or shop.pk in markets.values():
        return None
    rows: Any = (
        PriceSpell.objects.filter(product__in=markets, price__isnull=False)
        .filter(last_seen__date__gte=until - HISTORY, first_seen__date__lte=until)
        .order_by("product_id", "first_seen")
        .values_list("product_id", "product__shop__timezone", "first_seen", "last_seen", "price")
    )
    steps: dict[int, list[Step]] = {}
    for product_id, zone_name, first_seen, last_seen, price in rows:
        zone = zoneinfo.ZoneInfo(zone_name)
        first, last = first_seen.astimezone(zone).date(), last_seen.astimezone(zone).date()
        steps.setdefault(product_id, []).append(Step(first, last, float(price)))
    index = grade_index(
        [daily_series(spells, until=until, max_gap_days=0, key=str(key)) for key, spells in steps.items()]
    )
    return None if index is None else index.series("producer_price", index.end)
