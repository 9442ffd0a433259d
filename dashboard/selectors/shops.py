"""The shops with what they hold, and the moment the market is shown at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from dashboard.selectors.product_rows import UNLISTED
from scraping.models import Adapter, Shop

FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ShopLine:
    """One shop as the filter lists it."""

    name: str
    adapter: str
    currency: str
    products: int
    newest: datetime | None

    @property
    def simulated(self) -> bool:
        """Whether its prices are made up."""
        return self.adapter == Adapter.DEMO


@dataclass(frozen=True, slots=True)
class MarketMoment:
    """Which currency leads, and as of when: now, or the newest price there is where all is old.

    `simulated`: of made-up prices alone; those and real ones are never shown as one market.
    """

    currency: str
    at: datetime
    is_now: bool
    products: int
    newest: datetime | None
    simulated: bool


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


def shows_simulated(shops: list[ShopLine], *, prices: str, shop: str = "") -> bool:
    """Whether the market of made-up prices is shown: where it is asked for, or the shop is one, or no price is real."""
    kinds = {line.simulated for line in shops}
    if len(kinds) < 2:
        return kinds == {True}
    if prices:
        return prices == "simulated"
    named = next((line for line in shops if line.name == shop), None)
    return named.simulated if named else not any(line.newest and not line.simulated for line in shops)


def market_moment(shops: list[ShopLine], *, shop: str, now: datetime) -> MarketMoment:
    """Choose the currency most products are in, of the one shop where the page is narrowed to it.

    The shops are of one kind: real ones, or simulated ones.
    """
    chosen = [line for line in shops if line.name == shop] or shops
    held: dict[str, int] = {}
    for line in chosen:
        held[line.currency] = held.get(line.currency, 0) + line.products
    currency = max(held, key=lambda name: (held[name], name), default="EUR")
    newest = max((line.newest for line in chosen if line.newest and line.currency == currency), default=None)
    is_now = newest is None or newest > now - FRESH
    at = now if is_now or newest is None else newest
    simulated = any(line.simulated for line in shops)
    return MarketMoment(currency, at, is_now, sum(line.products for line in shops), newest, simulated)


def market_moments(shops: list[ShopLine], *, now: datetime) -> list[MarketMoment]:
    """The moment of the real market and that of the simulated one, as far as there are shops of it."""
    kinds = [[line for line in shops if line.simulated is simulated] for simulated in (False, True)]
    return [market_moment(kind, shop="", now=now) for kind in kinds if kind]
