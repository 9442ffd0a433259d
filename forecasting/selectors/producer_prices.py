"""The producer price of oil, for a chart."""

from dataclasses import dataclass
from datetime import date

from forecasting.models import MarketRole, MarketSeries
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
