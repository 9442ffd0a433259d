"""The shops with what they hold, and the moment the market is shown at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from dashboard.selectors.product_rows import UNLISTED
from scraping.models import Shop

FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ShopLine:
    """One shop as the filter lists it."""

    name: str
    adapter: str
    currency: str
    products: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class MarketMoment:
    """Which currency leads, and as of when: now, or the newest price there is where all is old."""

    currency: str
    at: datetime
    is_now: bool
    products: int
    newest: datetime | None


def shop_lines() -> list[ShopLine]:
    """Return the shops that hold products, by name."""
    rows: Any = (
        Shop.objects.annotate(
            products_held=Count("products", filter=~Q(products__proposal__in=UNLISTED)),
            newest=Max("products__latest_spell__last_seen"),
        )
        .filter(products_held__gt=0)
        .order_by("name")
        .values("name", "adapter", "currency", "newest", "products_held")
    )
    return [ShopLine(products=row.pop("products_held"), **row) for row in rows]


def market_moment(shops: list[ShopLine], *, shop: str, now: datetime) -> MarketMoment:
    """Choose the currency most products are in, of the one shop where the page is narrowed to it."""
    chosen = [line for line in shops if line.name == shop] or shops
    held: dict[str, int] = {}
    for line in chosen:
        held[line.currency] = held.get(line.currency, 0) + line.products
    currency = max(held, key=lambda name: (held[name], name), default="EUR")
    newest = max((line.newest for line in chosen if line.newest and line.currency == currency), default=None)
    is_now = newest is None or newest > now - FRESH
    at = now if is_now or newest is None else newest
    return MarketMoment(currency, at, is_now, sum(line.products for line in shops), newest)
