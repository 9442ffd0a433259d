"""Which products a rule over many products watches, and which of them it finds met now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import DecimalField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from dashboard.models import Alert
from dashboard.selectors.doubtful_volumes import doubtful_volumes
from dashboard.selectors.product_rows import LISTED
from scraping.models import Adapter, Product, Shop


@dataclass(frozen=True, slots=True)
class Scope:
    """A grade (None: every oil), the largest pack in litres (None: any), one shop or all with prices in a currency."""

    currency: str
    simulated: bool = False
    shop: Shop | None = None
    grade: str | None = None
    most_litres: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A product on which a rule is met now, and what the rule compares of it."""

    product: Product
    value: Decimal


def scope_of(alert: Alert) -> Scope:
    """The scope of a rule that has one."""
    return Scope(alert.currency or "", bool(alert.simulated), alert.shop, alert.grade, alert.most_litres)


def products_in(scope: Scope, *, now: datetime) -> QuerySet[Product]:
    """The listed products of the scope whose latest offer is current: no older than a gap of their shop may be."""
    products = current_products(now).filter(shop__currency=scope.currency)
    demo = Q(shop__adapter=Adapter.DEMO)
    products = products.filter(demo if scope.simulated else ~demo)
    if scope.shop is not None:
        products = products.filter(shop=scope.shop)
    if scope.grade:
        products = products.filter(grade=scope.grade)
    if scope.most_litres is not None:
        products = products.filter(litres__lte=scope.most_litres)
    return products


def current_products(now: datetime) -> QuerySet[Product]:
    """Listed products with an offer that still counts as seen."""
    current = Product.objects.filter(LISTED, latest_spell__last_seen__gte=Value(now) - F("shop__max_gap"))
    return current.select_related("shop", "latest_spell")


def products_with_news(now: datetime) -> QuerySet[Product]:
    """Current products of which the rules have not taken in the offer, the grade or the volume: one join."""
    litres = Coalesce(F("litres"), Value(0), output_field=DecimalField())
    known = {"taken_in__spell": F("latest_spell"), "taken_in__grade": F("grade"), "taken_in__litres": litres}
    return current_products(now).exclude(**known).order_by("pk")


def is_in_scope(alert: Alert, product: Product) -> bool:
    """Whether a rule watches a (listed, current) product: `products_in` for one of them, without a query."""
    shop = product.shop
    return (
        (alert.currency, alert.simulated) == (shop.currency, shop.simulated)
        and alert.shop_id in {None, shop.pk}
        and alert.grade in {None, product.grade}
        and (alert.most_litres is None or (product.litres is not None and product.litres <= alert.most_litres))
    )


def met_now(alert: Alert, *, now: datetime) -> list[Met]:
    """The products of its scope on which the rule is met, the cheapest first; none whose volume is doubtful."""
    valued = _valued(alert, products_in(scope_of(alert), now=now))
    return [each for each in valued if alert.is_met_by(each.value)]


def _valued(alert: Alert, products: QuerySet[Product]) -> list[Met]:
    valued = [Met(product, value) for product in products if (value := alert.price_of(product)) is not None]
    if alert.by_litre and valued:
        doubtful = doubtful_volumes()
        valued = [each for each in valued if each.product.pk not in doubtful]
    return sorted(valued, key=lambda each: (each.value, each.product.pk))


@dataclass(frozen=True, slots=True)
class ScopePreview:
    """How many products a rule would watch, on how many it is met now, and the cheapest of all."""

    products: int
    met: int
    cheapest: Product | None
    value: Decimal | None
    by_litre: bool
    currency: str


def scope_preview(alert: Alert) -> ScopePreview:
    """Try out a rule, perhaps one that is not saved yet."""
    valued = _valued(alert, products_in(scope_of(alert), now=timezone.now()))
    met = sum(alert.is_met_by(each.value) for each in valued)
    first = valued[0] if valued else None
    return ScopePreview(
        products=len(valued),
        met=met,
        cheapest=first.product if first else None,
        value=first.value if first else None,
        by_litre=alert.by_litre,
        currency=alert.money_currency,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule may watch: one shop, or all of a currency; `value` names it in forms and addresses."""

    value: str
    shop: Shop | None
    currency: str
    simulated: bool
    products: int


def places(shops: Sequence[tuple[Shop, int]]) -> list[Place]:
    """The shops with their products, before each currency that several real shops (or several demo shops) share."""
    groups: dict[tuple[str, bool], list[tuple[Shop, int]]] = {}
    for shop, products in shops:
        groups.setdefault((shop.currency, shop.simulated), []).append((shop, products))
    listed = []
    for (currency, simulated), members in sorted(groups.items(), key=lambda group: (group[0][1], group[0][0])):
        if len(members) > 1:
            name = f"{currency}-demo" if simulated else currency
            listed.append(Place(name, None, currency, simulated, sum(products for _, products in members)))
        listed += [Place(str(shop.pk), shop, currency, simulated, products) for shop, products in members]
    return listed
