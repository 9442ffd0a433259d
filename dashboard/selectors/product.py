"""Everything the page of one product shows, in few queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.history import Stretch
from dashboard.selectors.price_moves import MOVES
from dashboard.selectors.product_rows import product_rows
from dashboard.shop_page import shop_page
from scraping.lateness import is_late
from scraping.models import Adapter, PriceSpell, Product
from scraping.models.shop import is_switched_off
from scraping.offer import PriceKind
from scraping.price_kinds import COLUMN_OF


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product with its shop and its latest offer."""

    id: int
    title: str
    sku: str
    brand: str
    grade: str
    litres: Decimal | None
    pack: int
    watched: bool
    created_at: datetime
    shop: str
    adapter: str
    currency: str
    timezone: str
    delivery_place: str
    visit_interval: timedelta
    max_gap: timedelta
    state: str | None
    price: Decimal | None
    per_litre: Decimal | None
    list_price: Decimal | None
    regular_price: Decimal | None
    prime_price: Decimal | None
    subscribe_price: Decimal | None
    coupon_price: Decimal | None
    used_price: Decimal | None
    coupon: str | None
    shipping: Decimal | None
    seller: str | None
    condition: str | None
    seller_kind: str | None
    price_basis: str
    rating: Decimal | None
    reviews: int | None
    category: list[str]
    gtin: str
    seen: datetime | None
    series_since: datetime | None
    proposal: str
    picture: str | None
    change_7: float | None = None
    change_30: float | None = None
    change_365: float | None = None
    above_low: float | None = None

    @property
    def name(self) -> str:
        """Return its title, or its SKU while it was never visited."""
        return self.title or self.sku

    @property
    def shop_page(self) -> str:
        """Where it is sold; empty for imported prices."""
        return shop_page(adapter=self.adapter, shop=self.shop, sku=self.sku)

    @property
    def switched_off(self) -> bool:
        """Whether a setting keeps this server from reading its page."""
        return is_switched_off(self.adapter)

    def late(self, now: datetime) -> bool:
        """Whether it should have been seen again by now; an import is never visited."""
        if self.seen is None or self.adapter == Adapter.IMPORT:
            return False
        return is_late(self.seen, now=now, visit_interval=self.visit_interval)


def product_facts(product_id: int) -> ProductFacts | None:
    """Return one product with the moves of its price, or None where there is none."""
    return next(product_rows(ProductFacts, Product.objects.filter(pk=product_id), **MOVES), None)


def product_stretches(product_id: int, *, since: datetime | None = None) -> list[Stretch]:
    """Return the product's own spells, oldest first."""
    spells = PriceSpell.objects.own().filter(product_id=product_id).order_by("first_seen")
    if since:
        spells = spells.filter(last_seen__gte=since)
    rows: Any = spells.values_list("first_seen", "last_seen", "price", "state", "list_price", *_KINDS.values())
    return [
        Stretch(first, last, _number(price), state, _number(list_price), _seen(kinds))
        for first, last, price, state, list_price, *kinds in rows
    ]


_KINDS = {kind.value: column for kind, column in COLUMN_OF.items() if kind is not PriceKind.LIST}


def _seen(prices: list[Decimal | None]) -> dict[str, float]:
    return {kind: float(price) for kind, price in zip(_KINDS, prices, strict=True) if price is not None}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
