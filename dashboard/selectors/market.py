"""The market's table: one page of products with their latest offer, its moves and three months of prices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from dashboard.history import Stretch, daily
from dashboard.query_params.facets import ProductGroup
from dashboard.query_params.market_query import GRADES, SIZES, MarketQuery, size_of
from dashboard.selectors.price_moves import MOVES
from dashboard.selectors.product_rows import LISTED, matching, product_rows
from dashboard.selectors.shops import MarketMoment
from dashboard.shop_page import shop_page
from forecasting.selectors.advice_now import products_advised
from scraping.lateness import is_late
from scraping.models import Adapter, PriceSpell, Product

PAGE = 50
SPARK_DAYS = 90


@dataclass(frozen=True, slots=True)
class MarketRow:
    """One product of the table."""

    id: int
    title: str
    sku: str
    brand: str
    grade: str
    litres: Decimal | None
    pack: int
    watched: bool
    shop: str
    adapter: str
    currency: str
    visit_interval: timedelta
    max_gap: timedelta
    state: str | None
    price: Decimal | None
    per_litre: Decimal | None
    coupon: str
    seen: datetime | None
    picture: str | None
    change_7: float | None = None
    change_30: float | None = None
    change_365: float | None = None
    above_low: float | None = None
    prices: tuple[tuple[date, float], ...] = ()

    @property
    def shop_page(self) -> str:
        """Where it is sold; empty for imported prices."""
        return shop_page(adapter=self.adapter, shop=self.shop, sku=self.sku)

    def late(self, now: datetime) -> bool:
        """Whether it should have been seen again by now; an import is never visited."""
        if self.seen is None or self.adapter == Adapter.IMPORT:
            return False
        return is_late(self.seen, now=now, visit_interval=self.visit_interval)


def market_products(
    query: MarketQuery, moment: MarketMoment, *, doubtful: frozenset[int] = frozenset()
) -> QuerySet[Product]:
    """Return the requested products in the requested order, those with a current and credible price first."""
    chosen = _searched(query, moment)
    if query.grade:
        chosen = chosen.filter(grade=query.grade)
    if query.shop:
        chosen = chosen.filter(shop__name=query.shop)
    if query.brand:
        chosen = chosen.filter(brand__iexact=query.brand)
    if query.size:
        size = SIZES[query.size]
        chosen = chosen.filter(litres__gt=size.over)
        chosen = chosen.filter(litres__lte=size.most) if size.most is not None else chosen
    current = Q(latest_spell__price__isnull=False, latest_spell__last_seen__gte=_held_until(moment))
    price_rank = Case(
        When(current & ~Q(pk__in=list(doubtful)), then=Value(0)),
        When(current, then=Value(1)),
        default=Value(2),
    )
    return _ordered(chosen.annotate(price_rank=price_rank), query.sort)


def product_groups(query: MarketQuery, moment: MarketMoment) -> list[ProductGroup]:
    """Return what words, stock and advice leave, by what the other filters tell apart: one query."""
    names = ("grade", "shop__name", "brand", "litres")
    rows: Any = _searched(query, moment).order_by().values_list(*names).annotate(products=Count("id"))
    return [ProductGroup(grade, shop, brand, size_of(litres), count) for grade, shop, brand, litres, count in rows]


def _searched(query: MarketQuery, moment: MarketMoment) -> QuerySet[Product]:
    demo = Q(shop__adapter=Adapter.DEMO)
    products = Product.objects.filter(LISTED, demo if moment.simulated else ~demo)
    if query.advice:
        products = products.filter(pk__in=products_advised(query.advice, today=timezone.now().date()))
    if query.in_stock:
        products = products.filter(latest_spell__state="in_stock", latest_spell__last_seen__gte=_held_until(moment))
    return products.filter(matching(query.words))


def _held_until(moment: MarketMoment) -> Any:
    return Value(moment.at) - F("shop__max_gap")


def _ordered(products: QuerySet[Product], sort: str) -> QuerySet[Product]:
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    if name == "title":
        return products.order_by(F("title").desc() if falling else F("title").asc(), "id")
    if name == "grade":
        rank = Case(
            *(When(grade=grade, then=Value(place)) for place, grade in enumerate(GRADES)), default=Value(len(GRADES))
        )
        cheapest = F("latest_spell__price_per_litre").asc(nulls_last=True)
        return products.order_by(F("price_rank") / 2, rank, F("price_rank"), cheapest, "id")
    field: Any = {
        "per_litre": "latest_spell__price_per_litre",
        "price": "latest_spell__price",
        "change7": MOVES["change_7"],
        "change": MOVES["change_30"],
        "change365": MOVES["change_365"],
        "low": MOVES["above_low"],
        "seen": "latest_spell__last_seen",
    }[name]
    value = F(field) if isinstance(field, str) else field
    way = value.desc(nulls_last=True) if falling else value.asc(nulls_last=True)
    return products.order_by(F("price_rank"), way, "id")


def market_rows(products: QuerySet[Product], *, page: int) -> list[MarketRow]:
    """Return one page of the table, with its moves and the prices for a sparkline: two queries."""
    begin = (page - 1) * PAGE
    return _with_prices(list(product_rows(MarketRow, products[begin : begin + PAGE], **MOVES)))


def _with_prices(rows: list[MarketRow]) -> list[MarketRow]:
    """Return the rows with 90 days of prices before each one's last visit."""
    stretches = recent_stretches(row.id for row in rows)
    filled = []
    for row in rows:
        prices = daily(stretches[row.id], max_gap=row.max_gap)
        if row.seen is None or not prices:
            filled.append(row)
            continue
        until = row.seen.date()
        spark = tuple(item for item in sorted(prices.items()) if item[0] > until - timedelta(days=SPARK_DAYS))
        filled.append(replace(row, prices=spark))
    return filled


def recent_stretches(product_ids: Iterable[int]) -> dict[int, list[Stretch]]:
    """Return the spells of the last 90 days of each product, counted from its own last visit."""
    rows: Any = (
        PriceSpell.objects.own()
        .filter(product_id__in=list(product_ids))
        .filter(last_seen__gte=F("product__latest_spell__last_seen") - timedelta(days=SPARK_DAYS))
        .order_by("product_id", "first_seen")
        .values_list("product_id", "first_seen", "last_seen", "price", "state")
    )
    stretches: dict[int, list[Stretch]] = defaultdict(list)
    for product_id, first, last, price, state in rows:
        stretches[product_id].append(Stretch(first, last, None if price is None else float(price), state))
    return stretches
